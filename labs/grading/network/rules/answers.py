"""A learner's text → the rules of one group or of several, as JSON or in the readable form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from labs.grading.errors import AnswerError, RuleError
from labs.grading.json_text import read_json
from labs.grading.network.rules.flat_rules import FLAT, flat_rules
from labs.grading.network.rules.permissions import everything, read_permissions
from labs.grading.network.rules.printed import (
    GROUPS,
    is_printed,
    printed_group,
    printed_groups,
    rules_taken,
)
from labs.grading.network.rules.rule import Path, Rule
from labs.grading.network.rules.table import read_table
from labs.grading.said import say

# The keys under which each direction may stand; the second is what `describe-security-groups` calls
# it.
INBOUND, OUTBOUND = ("inbound", "IpPermissions"), ("outbound", "IpPermissionsEgress")
MAX_GROUPS = 50


class Document(Protocol):
    """A value and where its parts stand in the text."""

    @property
    def value(self) -> object: ...

    def position(self, path: Path = ()) -> tuple[int, int]: ...

    def key_position(self, path: Path) -> tuple[int, int]: ...


@dataclass(frozen=True, slots=True)
class GroupRules:
    """One group's rules. `outbound` is None where the answer leaves the default:
    everything to everywhere."""

    inbound: tuple[Rule, ...]
    outbound: tuple[Rule, ...] | None = None

    @property
    def effective_outbound(self) -> tuple[Rule, ...]:
        return everything() if self.outbound is None else self.outbound

    def direction(self, inbound: bool) -> tuple[Rule, ...]:
        return self.inbound if inbound else self.effective_outbound


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    rules: GroupRules
    document: Document


@dataclass(frozen=True, slots=True)
class GroupsAnswer:
    """Several groups by id."""

    groups: Mapping[str, GroupRules]
    document: Document


def read_group_answer(text: str) -> GroupAnswer:
    """`{"inbound": […], "outbound": […]}`, a bare list (inbound), what the CLI prints or takes, or
    the readable form. AnswerError: unreadable."""
    document = read_document(text)
    try:
        return GroupAnswer(read_one_group(document.value), document)
    except RuleError as error:
        raise as_answer_error(error, document) from None


def read_groups_answer(text: str) -> GroupsAnswer:
    """`{"sg-web": {"inbound": […]}, …}` or the readable form with the groups' ids as headings."""
    document = read_document(text)
    try:
        return GroupsAnswer(read_groups(document.value), document)
    except RuleError as error:
        raise as_answer_error(error, document) from None


def read_document(text: str) -> Document:
    """JSON when the text begins like JSON, else the readable form."""
    return read_json(text) if is_json(text) else read_table(text)


def is_json(text: str) -> bool:
    """True when the text begins as JSON does; otherwise it is meant as lines."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[", '"')


def read_groups(value: object) -> dict[str, GroupRules]:
    if not isinstance(value, dict):
        raise RuleError(
            (), say('Expected the groups by their ids: { "sg-web": { "inbound": […] }, … }.')
        )
    if is_printed(value, GROUPS):
        printed = islice(printed_groups(value), MAX_GROUPS)
        return {one.name: read_group(one.rules, one.path) for one in printed}
    if len(value) > MAX_GROUPS:
        raise RuleError((), say("More than {most} groups.", most=MAX_GROUPS))
    return {name: read_group(rules, (name,)) for name, rules in value.items()}


def read_one_group(value: object) -> GroupRules:
    """In any of the forms in which the CLI prints or takes the rules of one group."""
    if not isinstance(value, dict):
        return read_group(value, ())
    if FLAT in value:
        return GroupRules(flat_rules(value, egress=False), flat_rules(value, egress=True) or None)
    if GROUPS in value:
        return read_group(*printed_group(value))
    return read_group(rules_taken(value), ())


def read_group(value: object, path: Path) -> GroupRules:
    if isinstance(value, list):
        return GroupRules(read_permissions(value, path))
    if not isinstance(value, dict):
        raise RuleError(
            path,
            say('Expected { "inbound": [ … ], "outbound": [ … ] } or a list of inbound rules.'),
        )
    for key in value:
        if key not in (*INBOUND, *OUTBOUND):
            raise RuleError(
                (*path, key),
                say('Unknown key “{key}”: use "inbound" and "outbound".', key=key[:60]),
                at_key=True,
            )
    inbound = read_direction(value, INBOUND, path)
    return GroupRules(inbound or (), read_direction(value, OUTBOUND, path))


def read_direction(
    value: Mapping[str, object], keys: tuple[str, str], path: Path
) -> tuple[Rule, ...] | None:
    present = [key for key in keys if key in value]
    if len(present) > 1:
        raise RuleError(
            (*path, present[1]),
            say(
                "“{one}” and “{other}” mean the same: keep one.",
                one=present[0],
                other=present[1],
            ),
            at_key=True,
        )
    return read_permissions(value[present[0]], (*path, present[0])) if present else None


def as_answer_error(error: RuleError, document: Document) -> AnswerError:
    line, column = (
        document.key_position(error.path) if error.at_key else document.position(error.path)
    )
    return AnswerError(error.message, line, column)
