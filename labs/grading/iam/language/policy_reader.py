"""What JSON value is a policy, and what AWS would say when it is not.

`read_policy` never fails: it returns the statements it could read and the problems it found. AWS's
own words (MalformedPolicyDocument) are used where they are public.
Source: IAM User Guide, "Grammar of the IAM JSON policy language".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from labs.grading.iam.language.documents import ConditionEntry, Policy, Problem, Statement
from labs.grading.json_text import Path
from labs.grading.said import say

VERSIONS = ("2012-10-17", "2008-10-17")
STATEMENT_KEYS = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)
PRINCIPAL_TYPES = ("AWS", "Service", "Federated", "CanonicalUser")


def read_policy(value: object) -> Policy:
    """The policy in any JSON value, with every problem of its form."""
    if not isinstance(value, dict):
        return Policy(problems=(wrong(say("A policy is a JSON object with a Statement."), ()),))
    problems: list[Problem] = []
    statements = tuple(read_statements(value, problems))
    problems += top_problems(value)
    version = value.get("Version", "2008-10-17")
    return Policy(version if isinstance(version, str) else "", statements, tuple(problems))


def wrong(message: str, path: Path, code: str = "iam.malformed") -> Problem:
    return Problem(code, message, path, unreadable=True)


def top_problems(value: Mapping[str, object]) -> Iterator[Problem]:
    for key in value:
        if key not in ("Version", "Id", "Statement"):
            yield Problem(
                "iam.unknown-element",
                say('A policy has no element "{key}".', key=key),
                (key,),
                at_key=True,
            )
    if not isinstance(value.get("Id", ""), str):
        yield Problem("iam.malformed", say("Id is text."), ("Id",))
    if "Version" in value and value["Version"] not in VERSIONS:
        message = say(
            "The policy version is the version of the language, not a date of yours: "
            '"2012-10-17". AWS: Policy document must be version 2012-10-17 or greater.'
        )
        yield Problem("iam.version", message, ("Version",))


def read_statements(value: Mapping[str, object], problems: list[Problem]) -> Iterator[Statement]:
    found = value.get("Statement")
    if isinstance(found, dict):
        yield from read_statement(found, ("Statement",), problems)
    elif isinstance(found, list):
        for index, item in enumerate(found):
            yield from read_statement(item, ("Statement", index), problems)
    else:
        problems.append(
            wrong(
                say("A policy needs a Statement: an object or a list of objects."), ("Statement",)
            )
        )


def read_statement(item: object, path: Path, problems: list[Problem]) -> Iterator[Statement]:
    if not isinstance(item, dict):
        problems.append(wrong(say("A statement is a JSON object."), path))
        return
    reader = StatementReader(item, path, problems)
    statement = reader.statement()
    if statement is not None:
        yield statement


class StatementReader:
    """Reads one statement, noting problems as it goes."""

    def __init__(self, item: Mapping[str, object], path: Path, problems: list[Problem]) -> None:
        self.item, self.path, self.problems = item, path, problems

    def statement(self) -> Statement | None:
        self.unknown_elements()
        effect = self.effect()
        actions, not_actions = self.texts("Action")
        resources, not_resources = self.texts("Resource")
        principals, not_principals = self.principals()
        conditions = tuple(self.conditions())
        sid = self.item.get("Sid", "")
        if not isinstance(sid, str):
            self.note("iam.malformed", say("Sid is text."), "Sid")
        if effect is None:
            return None
        return Statement(
            effect=effect,
            actions=actions,
            resources=resources,
            principals=principals,
            not_actions=not_actions,
            not_resources=not_resources,
            not_principals=not_principals,
            conditions=conditions,
            sid=sid if isinstance(sid, str) else "",
            path=self.path,
        )

    def note(self, code: str, message: str, *rest: str | int, unreadable: bool = False) -> None:
        self.problems.append(Problem(code, message, (*self.path, *rest), unreadable=unreadable))

    def unknown_elements(self) -> None:
        for key in self.item:
            if key not in STATEMENT_KEYS:
                twin = next(
                    (known for known in STATEMENT_KEYS if known.lower() == key.lower().rstrip("s")),
                    None,
                )
                message = say('A statement has no element "{key}".', key=key)
                if twin:
                    message = say(
                        'A statement has no element "{key}". Did you mean "{twin}"?',
                        key=key,
                        twin=twin,
                    )
                self.problems.append(
                    Problem("iam.unknown-element", message, (*self.path, key), at_key=True)
                )

    def effect(self) -> str | None:
        effect = self.item.get("Effect")
        if effect in ("Allow", "Deny"):
            return str(effect)
        if effect is None:
            self.note(
                "iam.effect",
                say('A statement needs an Effect: "Allow" or "Deny".'),
                unreadable=True,
            )
            return None
        if isinstance(effect, str) and effect.capitalize() in ("Allow", "Deny"):
            message = say(
                'Effect is "{effect}", with exactly these capital and small letters.',
                effect=effect.capitalize(),
            )
            self.note("iam.effect", message, "Effect", unreadable=True)
            # Refused all the same, but what else is wrong in the statement is found as well
            return effect.capitalize()
        self.note("iam.effect", say('Effect is "Allow" or "Deny".'), "Effect", unreadable=True)
        return None

    def twin(self, name: str) -> tuple[str, bool]:
        """Which of the element and its Not-twin is written; both together are a problem."""
        if name in self.item and "Not" + name in self.item:
            message = say("A statement has {name} or Not{name}, not both.", name=name)
            path = (*self.path, "Not" + name)
            self.problems.append(
                Problem("iam.malformed", message, path, at_key=True, unreadable=True)
            )
        negated = name not in self.item and "Not" + name in self.item
        return ("Not" + name if negated else name), negated

    def texts(self, name: str) -> tuple[tuple[str, ...] | None, bool]:
        element, negated = self.twin(name)
        if element not in self.item:
            return None, False
        values = as_texts(self.item[element])
        if values is None:
            self.note(
                "iam.malformed",
                say("{element} is text or a list of texts.", element=element),
                element,
                unreadable=True,
            )
            return (), negated
        if not values:
            self.note(
                "iam.malformed",
                say("{element} is an empty list: the statement matches nothing.", element=element),
                element,
            )
        return values, negated

    def principals(self) -> tuple[dict[str, tuple[str, ...]] | None, bool]:
        element, negated = self.twin("Principal")
        if element not in self.item:
            return None, False
        found = self.item[element]
        if found == "*":
            return {"*": ("*",)}, negated
        if not isinstance(found, dict):
            message = say(
                '{element} is "*" or an object such as {"AWS": "arn:…"} or {"Service": '
                '"….amazonaws.com"}. AWS: Invalid principal in policy.',
                element=element,
            )
            self.note("iam.principal-form", message, element, unreadable=True)
            return {}, negated
        return {
            kind: self.principal_names(element, kind, names) for kind, names in found.items()
        }, negated

    def principal_names(self, element: str, kind: str, names: object) -> tuple[str, ...]:
        values = as_texts(names)
        if kind not in PRINCIPAL_TYPES:
            message = say(
                '"{kind}" is no kind of principal: AWS, Service, Federated or CanonicalUser.',
                kind=kind,
            )
            self.note("iam.principal-form", message, element, kind)
        if values is None:
            self.note(
                "iam.principal-form",
                say("{kind} is text or a list of texts.", kind=kind),
                element,
                kind,
                unreadable=True,
            )
        return values or ()

    def conditions(self) -> Iterator[ConditionEntry]:
        blocks = self.item.get("Condition", {})
        if not isinstance(blocks, dict):
            message = say("Condition is an object: operator, then key, then values.")
            self.note("iam.malformed", message, "Condition", unreadable=True)
            return
        for operator, block in blocks.items():
            if isinstance(block, dict):
                for key, values in block.items():
                    yield self.condition(operator, key, values)
            else:
                message = say('"{operator}" holds an object: key, then values.', operator=operator)
                self.note("iam.malformed", message, "Condition", operator, unreadable=True)

    def condition(self, operator: str, key: str, values: object) -> ConditionEntry:
        texts = condition_texts(values)
        if texts is None:
            message = say(
                'The values of "{key}" are text, numbers or true/false, or a list of them.', key=key
            )
            self.note("iam.malformed", message, "Condition", operator, key, unreadable=True)
        return ConditionEntry(
            operator=operator,
            key=key,
            values=texts or (),
            path=(*self.path, "Condition", operator, key),
        )


def as_texts(value: object) -> tuple[str, ...] | None:
    """Text or a list of texts as a tuple; None for anything else."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def condition_texts(value: object) -> tuple[str, ...] | None:
    """Condition values may also be numbers and booleans."""
    items: Sequence[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str | int | float) for item in items):
        return None
    return tuple(str(item).lower() if isinstance(item, bool) else str(item) for item in items)
