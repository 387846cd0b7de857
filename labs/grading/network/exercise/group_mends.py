"""Changes that may mend the rules of a security group, or of several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from labs.grading.cure import Mend
from labs.grading.errors import Position
from labs.grading.network.exercise.rule_mends import RuleChange, by_size, rule_changes, weight_of
from labs.grading.network.rules.answers import GroupAnswer, GroupRules, GroupsAnswer
from labs.grading.network.rules.rule import Path, Rule
from labs.grading.network.rules.table import as_table
from labs.grading.said import say

Locate = Callable[[Path], Position]


def group_mends(answer: GroupAnswer, expected: GroupRules) -> list[Mend]:
    """In both directions, the smallest changes first."""
    found = [
        (change, replace(answer, rules=rules))
        for change, rules in group_changes(answer.rules, expected)
    ]
    return in_order(found, answer.document.position, weight_of(number_of_rules([answer.rules])))


def groups_mends(answer: GroupsAnswer, expected: Mapping[str, GroupRules]) -> list[Mend]:
    """Of every group that is asked for."""
    found = [
        (change, replace(answer, groups={**answer.groups, name: rules}))
        for name, wanted in expected.items()
        if name in answer.groups
        for change, rules in group_changes(answer.groups[name], wanted)
    ]
    missing = [
        missing_group(answer, name, wanted)
        for name, wanted in expected.items()
        if name not in answer.groups
    ]
    weight = weight_of(number_of_rules(answer.groups.values()))
    return [*missing, *in_order(found, answer.document.position, weight)]


def number_of_rules(groups: Iterable[GroupRules]) -> int:
    return sum(len(one.inbound) + len(one.outbound or ()) for one in groups)


def missing_group(answer: GroupsAnswer, name: str, wanted: GroupRules) -> Mend:
    lines = [f"{name}:", *(f"  - {line}" for line in as_table(wanted.inbound))]
    after = replace(answer, groups={**answer.groups, name: wanted})
    sentence = say("Write down the rules of the group {name} too.", name=name)
    return Mend(sentence, "", "\n".join(lines), after)


def group_changes(
    mine: GroupRules, theirs: GroupRules
) -> Iterator[tuple[RuleChange[Rule], GroupRules]]:
    for change in rule_changes(mine.inbound, theirs.inbound, inbound=True):
        yield change, replace(mine, inbound=change.rules)
    outbound, wanted = mine.effective_outbound, theirs.effective_outbound
    for change in rule_changes(outbound, wanted, inbound=False):
        yield change, replace(mine, outbound=change.rules)
    if mine.outbound is not None and theirs.outbound is None:
        sentence = say("Leave the outbound rules as they are: a group begins with everything out.")
        before = "\n".join(as_table(mine.outbound, inbound=False))
        yield RuleChange(sentence, before, "", (), None, 1), replace(mine, outbound=None)


def in_order(found: list[tuple[RuleChange[Rule], Any]], locate: Locate, weight: int) -> list[Mend]:
    answers = {id(change): answer for change, answer in found}
    return [
        Mend(
            change.sentence,
            change.before,
            change.after,
            answers[id(change)],
            locate(change.path) if change.path else None,
            weight,
        )
        for change in by_size([change for change, _answer in found])
    ]
