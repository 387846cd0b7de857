"""Policy variables that stand for nothing.

Source: IAM User Guide, "IAM policy elements: Variables and tags"; "Access Analyzer policy check
reference": missing brace or quote, empty variable, unsupported space, element and operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from labs.grading.iam.language.documents import Policy, Problem, Statement
from labs.grading.iam.language.operators import read_operator
from labs.grading.iam.lint.shortening import short
from labs.grading.json_text import Path
from labs.grading.said import Said, say

MOST_TEXTS = 60
SPECIAL = ("*", "?", "$")
INSIDE = re.compile(r"(?P<key>[^,']*?)(?:, *'(?P<default>[^']*)')?")
# Numbers, dates and addresses take none ("where you can use policy variables")
WITHOUT_VARIABLES = frozenset(("number", "date", "ip", "binary", "null"))


def variable_problems(policy: Policy) -> Iterator[Problem]:
    for statement in policy.statements[:40]:
        for path, text in texts_of(statement):
            if "${" not in text:
                continue
            if not policy.variables:
                message = say(
                    'Write "Version": "2012-10-17": policy variables need it, and here ${…} is '
                    "plain text."
                )
                yield Problem("iam.variable-version", message, path, severity="warning")
            elif wrong := next(filter(None, map(fault_of, variables_in(text))), None):
                yield Problem("iam.variable-form", wrong, path, severity="error")
        yield from misplaced(statement)


def texts_of(statement: Statement) -> Iterator[tuple[Path, str]]:
    element = "NotResource" if statement.not_resources else "Resource"
    for index, text in enumerate((statement.resources or ())[:MOST_TEXTS]):
        yield (*statement.path, element, index), text
    for entry in statement.conditions[:MOST_TEXTS]:
        yield from ((entry.path, text) for text in entry.values[:MOST_TEXTS])


def variables_in(text: str) -> Iterator[str]:
    """What stands behind each `${`, up to the brace if there is one."""
    for piece in text.split("${")[1:]:
        inside, brace, _ = piece.partition("}")
        yield inside + brace


def fault_of(variable: str) -> Said | None:
    if not variable.endswith("}"):
        return say("Close the variable with a brace: ${{name}…", name=short(variable))
    inside = variable.removesuffix("}")
    if inside in SPECIAL:
        return None
    if not inside.strip():
        return say("Name the variable: ${} is empty.")
    if inside.count("'") % 2:
        return say("Close the quote of the variable's default value.")
    found = INSIDE.fullmatch(inside)
    if found is None or " " in found["key"]:
        return say("Leave the space out of the variable {name}.", name=short(f"${{{inside}}}"))
    return None


def misplaced(statement: Statement) -> Iterator[Problem]:
    for index, text in enumerate((statement.actions or ())[:MOST_TEXTS]):
        if "${" in text:
            element = "NotAction" if statement.not_actions else "Action"
            message = say("Write it out: there are no variables in {element}.", element=element)
            path = (*statement.path, element, index)
            yield Problem("iam.variable-element", message, path, severity="warning")
    for entry in statement.conditions[:MOST_TEXTS]:
        found = read_operator(entry.operator)
        has_variable = any("${" in text for text in entry.values[:MOST_TEXTS])
        if has_variable and found and found.family in WITHOUT_VARIABLES:
            message = say(
                "Write it out: {operator} compares with no variable.", operator=found.name
            )
            yield Problem("iam.variable-element", message, entry.path, severity="warning")
    for kind, names in (statement.principals or {}).items():
        if any("${" in name for name in names):
            element = "NotPrincipal" if statement.not_principals else "Principal"
            message = say("Write it out: there are no variables in {element}.", element=element)
            path = (*statement.path, element, kind)
            yield Problem("iam.variable-element", message, path, severity="warning")
