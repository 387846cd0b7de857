"""What is written twice, in other words or in the same.

Source: IAM Access Analyzer, "Access Analyzer policy check reference": redundant action, resource,
condition value, principal and statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from labs.grading.iam.language import operands
from labs.grading.iam.language.documents import ConditionEntry, Policy, Problem, Statement
from labs.grading.iam.language.operators import read_operator
from labs.grading.iam.language.principals import account_named
from labs.grading.iam.lint.coverage import MOST_COVERED, MOST_COVERS, all_covered, is_covered
from labs.grading.iam.lint.shortening import short
from labs.grading.iam.lint.work import Work
from labs.grading.json_text import Path
from labs.grading.said import say

MOST_NAMES = 60
MOST_STATEMENTS = 100


def redundancy_problems(policy: Policy, work: Work) -> Iterator[Problem]:
    statements = policy.statements[:MOST_STATEMENTS]
    for statement in statements:
        for element, names in elements(statement):
            yield from redundant_names(element, names, statement.path, work)
        yield from redundant_principals(statement)
        for entry in statement.conditions[:MOST_NAMES]:
            yield from redundant_values(entry, work)
    yield from redundant_statements(statements, work)


def elements(statement: Statement) -> Iterator[tuple[str, Sequence[str]]]:
    yield "NotAction" if statement.not_actions else "Action", statement.actions or ()
    yield "NotResource" if statement.not_resources else "Resource", statement.resources or ()


def redundant_names(
    element: str, names: Sequence[str], path: Path, work: Work
) -> Iterator[Problem]:
    """In the Not-elements as well: what is covered there changes nothing either."""
    lower = element.endswith("Action")
    texts = [text.lower() if lower else text for text in names[:MOST_NAMES]]
    if len(texts) < 2 or not work.affords(len(texts) ** 2):
        return
    code = "iam.redundant-action" if lower else "iam.redundant-resource"
    for index in range(len(texts)):
        cover = cover_of(texts, index)
        if cover is not None:
            message = say(
                "Leave {name} out: {cover} says it already.",
                name=short(names[index]),
                cover=short(names[cover]),
            )
            yield Problem(code, message, (*path, element, index), severity="advice")


def cover_of(texts: Sequence[str], index: int) -> int | None:
    """The other text that covers this one; of two equal ones the first stays."""
    for other, cover in enumerate(texts):
        if other == index or not is_covered(cover, texts[index]):
            continue
        if cover != texts[index] or other < index:
            return other
    return None


def redundant_principals(statement: Statement) -> Iterator[Problem]:
    for kind, names in (statement.principals or {}).items():
        seen: set[str] = set()
        element = "NotPrincipal" if statement.not_principals else "Principal"
        for index, name in enumerate(names[:MOST_NAMES]):
            known = account_named(name) or name
            beside_all = name != "*" and "*" in names and kind == "AWS"
            if (known in seen or beside_all) and kind != "*":
                message = say("Leave {name} out: it is named already.", name=short(name))
                path = (*statement.path, element, kind, index)
                yield Problem("iam.redundant-principal", message, path, severity="advice")
            seen.add(known)


def redundant_values(entry: ConditionEntry, work: Work) -> Iterator[Problem]:
    values = entry.values[:MOST_NAMES]
    if len(values) < 2 or not work.affords(len(values) ** 2):
        return
    found = next((index for index in range(len(values)) if is_redundant(entry, values, index)), -1)
    if found >= 0:
        message = say(
            'Leave "{value}" out: another value says it already.', value=short(values[found])
        )
        yield Problem("iam.redundant-value", message, (*entry.path, found), severity="advice")


def is_redundant(entry: ConditionEntry, values: Sequence[str], index: int) -> bool:
    operator = read_operator(entry.operator)
    if values[index] in values[:index]:
        return True
    if operator is None:
        return False
    others = [text for text in values if text != values[index]]
    if operator.family == "ip":
        return any(holds_network(other, values[index]) for other in others)
    if operator.family == "arn":
        return any(is_covered(other, values[index]) for other in others)
    if operator.name.endswith("Like"):
        return any(is_covered_text(other, values[index]) for other in others)
    # Of several limits one is the widest
    return operator.family in ("number", "date") and "Than" in operator.name


def is_covered_text(wide: str, narrow: str) -> bool:
    """Colons mean nothing in a text."""
    return ":" not in wide and is_covered(wide, narrow.replace(":", "-"))


def holds_network(wide: str, narrow: str) -> bool:
    one, other = operands.network(wide), operands.network(narrow)
    if one is None or other is None or one == other:
        return False
    return one[0] == other[0] and one[1] <= other[1] and other[2] <= one[2]


def redundant_statements(statements: Sequence[Statement], work: Work) -> Iterator[Problem]:
    for index, statement in enumerate(statements):
        for other, cover in enumerate(statements):
            if other == index or not work.affords(cost_of(cover, statement)):
                continue
            if says_all_of(cover, statement) and (
                other < index or not says_all_of(statement, cover)
            ):
                message = say(
                    "This statement changes nothing: statement {number} says all of it already.",
                    number=other + 1,
                )
                yield Problem("iam.redundant-statement", message, statement.path, severity="advice")
                break


def cost_of(cover: Statement, statement: Statement) -> int:
    pairs = len(cover.actions or ()) * len(statement.actions or ())
    return 2 + min(pairs, MOST_COVERS * MOST_COVERED)


def says_all_of(cover: Statement, statement: Statement) -> bool:
    if cover.effect != statement.effect or cover.not_principals or statement.not_principals:
        return False
    if not names_all_of(cover.principals, statement.principals):
        return False
    if not conditions_of(cover) <= conditions_of(statement):
        return False
    return elements_cover(
        (cover.not_actions, cover.actions), (statement.not_actions, statement.actions), True
    ) and elements_cover(
        (cover.not_resources, cover.resources),
        (statement.not_resources, statement.resources),
        False,
    )


def names_all_of(
    wide: Mapping[str, Sequence[str]] | None, narrow: Mapping[str, Sequence[str]] | None
) -> bool:
    if wide is None or narrow is None:
        return wide is narrow
    if "*" in wide:
        return True
    return all(set(names) <= set(wide.get(kind, ())) for kind, names in narrow.items())


def conditions_of(statement: Statement) -> frozenset[tuple[str, str, frozenset[str]]]:
    return frozenset(
        (entry.operator.lower(), entry.key.lower(), frozenset(entry.values))
        for entry in statement.conditions
    )


def elements_cover(
    wide: tuple[bool, Sequence[str] | None],
    narrow: tuple[bool, Sequence[str] | None],
    lower: bool,
) -> bool:
    if wide[0] or narrow[0]:
        return wide == narrow
    return (wide[1] is None and narrow[1] is None) or all_covered(wide[1], narrow[1], lower=lower)
