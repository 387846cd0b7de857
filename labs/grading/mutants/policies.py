"""Policy documents, broken: a statement or a value left out, an action or a resource widened, a
condition dropped, turned or loosened, another principal.

What is changed are the elements of the IAM User Guide's "IAM JSON policy element reference", and
the operators of "Condition operators".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from labs.grading.json_text import Path, read_json
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, at, cut, put, renamed, values_at, written

VALUES = ("Action", "NotAction", "Resource", "NotResource")
OPPOSITES = {"Allow": "Deny", "Deny": "Allow"}
NEGATION = re.compile(r"^(String|Arn|Date|Numeric)(Not)?(Equals|Like)")
TURNED = {"true": "false", "false": "true"}
STRANGER = "999988887777"
ACCOUNT = re.compile(r"\b\d{12}\b")
SERVICE = "codebuild.amazonaws.com"
MORE = {"Action": "iam:CreateUser", "Resource": "arn:aws:s3:::somebody-else/*"}


def broken_policies(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    for name, changed in broken_trees(tree):
        yield written(name, changed)


def broken_trees(tree: Json, path: Path = ()) -> Iterator[tuple[str, Json]]:
    """Of the policy that stands at the path."""
    statements = (*path, "Statement")
    many = isinstance(at(tree, statements), list)
    for number, (place, statement) in enumerate(values_at(tree, statements), start=1):
        if many:
            yield f"without statement {number}", cut(tree, place)
            yield f"more than statement {number}", put(tree, place, more_than(statement))
        for words, changed in broken_statement(tree, place):
            yield f"statement {number}: {words}", changed


def more_than(statement: Json) -> Json:
    """An Allow of everything on the same resources: a Deny turned, or an Allow without bounds."""
    kept = ("Sid", "Effect", "Principal", "Resource")
    return {key: statement[key] for key in kept if key in statement} | {
        "Effect": "Allow",
        "Action": "*",
    }


def broken_statement(tree: Json, path: Path) -> Iterator[tuple[str, Json]]:
    statement = at(tree, path)
    effect = OPPOSITES[statement["Effect"]]
    yield f"Effect {effect}", put(tree, (*path, "Effect"), effect)
    for element in VALUES:
        if element in statement:
            yield from broken_values(tree, (*path, element))
    if "Principal" in statement:
        yield from broken_principal(tree, (*path, "Principal"))
    yield "only for some", put(tree, (*path, "Condition"), only_some(statement))
    if "Condition" in statement:
        yield "without Condition", cut(tree, (*path, "Condition"))
        yield from broken_conditions(tree, (*path, "Condition"))


def only_some(statement: Json) -> Json:
    """The statement's condition, and one more that few callers meet."""
    block = statement.get("Condition", {})
    key = "aws:PrincipalTag/team"
    return block | {"StringEquals": block.get("StringEquals", {}) | {key: "x"}}


def broken_values(tree: Json, path: Path) -> Iterator[tuple[str, Json]]:
    element = str(path[-1])
    found = list(values_at(tree, path))
    for place, value in found:
        if len(found) > 1:
            yield f"{element} without {value}", cut(tree, place)
        for other in other_values(element, value):
            if other != value:
                yield f"{element} {other} for {value}", put(tree, place, other)
    more = MORE["Action" if "Action" in element else "Resource"]
    yield f"{element} with {more}", put(tree, path, [*(value for _place, value in found), more])


def other_values(element: str, value: str) -> Iterator[str]:
    """Wider, narrower, and something else."""
    if value == "*":
        return
    yield "*"
    if "Action" in element:
        service, _, name = value.partition(":")
        yield f"{service}:*"
        yield f"{value}*"
        verb = re.match(r"[A-Z][a-z]+", name)
        yield f"{service}:{verb[0]}*" if verb else f"{service}:Get*"
    else:
        yield from other_resources(value)


def other_resources(value: str) -> Iterator[str]:
    head, _, tail = value.rpartition("/")
    if tail == "*":
        yield head
        yield f"{head}*"
        yield f"{head}/x/*"
        yield f"{head.rpartition('/')[0] or head}/*"
    else:
        yield f"{value}*"
        yield f"{value}-x"
        yield f"{value}/*"
    yield ACCOUNT.sub(STRANGER, value)
    yield ACCOUNT.sub("*", value)


def broken_conditions(tree: Json, path: Path) -> Iterator[tuple[str, Json]]:
    block = at(tree, path)
    for operator, entries in block.items():
        for other in other_operators(operator):
            if other not in block:
                yield f"{other} for {operator}", renamed(tree, (*path, operator), other)
        for key in entries:
            place = (*path, operator, key)
            if len(block) > 1 or len(entries) > 1:
                without = (*path, operator) if len(entries) == 1 else place
                yield f"without {operator} {key}", cut(tree, without)
            yield from broken_operands(tree, place)


def other_operators(operator: str) -> Iterator[str]:
    if found := NEGATION.match(operator):
        plain = operator[found.end() :]
        negation = "" if found[2] else "Not"
        yield f"{found[1]}{negation}{found[3]}{plain}"
        other = "Like" if found[3] == "Equals" else "Equals"
        yield f"{found[1]}{found[2] or ''}{other}{plain}"
    loose = operator.removesuffix("IfExists")
    yield loose if loose != operator else f"{operator}IfExists"


def broken_operands(tree: Json, path: Path) -> Iterator[tuple[str, Json]]:
    key, found = path[-1], list(values_at(tree, path))
    for place, value in found:
        if len(found) > 1:
            yield f"{key} without {value}", cut(tree, place)
        for other in other_operands(str(value)):
            if other != value:
                yield f"{key} {other} for {value}", put(tree, place, other)


def other_operands(value: str) -> Iterator[str]:
    if value in TURNED:
        yield TURNED[value]
        return
    yield f"{value}*"
    yield "*"
    yield f"{value}-x"
    if value.endswith("/*"):
        yield value.removesuffix("*")
        yield f"{value.removesuffix('/*')}*"
    yield ACCOUNT.sub(STRANGER, value)


def broken_principal(tree: Json, path: Path) -> Iterator[tuple[str, Json]]:
    principal = at(tree, path)
    if principal != "*":
        yield "Principal *", put(tree, path, "*")
        yield "NotPrincipal for Principal", renamed(tree, path, "NotPrincipal")
    else:
        yield "Principal of a stranger", put(tree, path, {"AWS": STRANGER})
        return
    for kind in principal:
        for place, value in values_at(tree, (*path, kind)):
            for other in other_principals(value):
                if other != value:
                    yield f"Principal {other} for {value}", put(tree, place, other)
        yield f"a service besides {kind}", put(tree, path, principal | {"Service": SERVICE})
        yield f"a stranger besides {kind}", put(tree, path, principal | {"AWS": STRANGER})


def other_principals(value: str) -> Iterator[str]:
    if value.endswith(".amazonaws.com"):
        yield SERVICE
        yield f"x{value}"
        return
    yield ACCOUNT.sub(STRANGER, value)
    found = ACCOUNT.search(value)
    if found:
        yield f"arn:aws:iam::{found[0]}:root"
        yield f"arn:aws:iam::{found[0]}:role/somebody"
