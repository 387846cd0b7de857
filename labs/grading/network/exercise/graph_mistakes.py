"""What people often get wrong in several security groups that refer to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

from labs.grading.network.exercise.direction import Direction, Mistake
from labs.grading.network.exercise.mistakes import find_mistakes
from labs.grading.network.rules.answers import GroupRules, GroupsAnswer
from labs.grading.network.rules.rule import GROUP
from labs.grading.network.rules.words import rule_words
from labs.grading.said import say

Expected = Mapping[str, GroupRules]


def all_mistakes(answer: GroupsAnswer, expected: Expected, given: set[str]) -> list[Mistake]:
    """Missing and unknown groups, then the known mistakes of every group that is asked for.
    `given` are the groups that the network has besides."""
    found = [
        Mistake(
            "sg.group-missing",
            say(
                "The group {group} is missing: it keeps the default, nothing in, everything out.",
                group=name,
            ),
        )
        for name in expected
        if name not in answer.groups
    ]
    known = {*expected, *given}
    for name, group in answer.groups.items():
        found.extend(
            Mistake(
                "sg.unknown-group",
                say("No host here is in {group}.", group=rule.source.name),
                rule.path,
            )
            for rule in (*group.inbound, *(group.outbound or ()))
            if rule.source.kind == GROUP and rule.source.name not in known
        )
        if name not in known:
            found.append(
                Mistake(
                    "sg.unknown-group", say("The task knows no group {group}.", group=name), (name,)
                )
            )
        if name in expected:
            found.extend(group_mistakes(name, group, expected[name]))
    return [*found, *misplaced_rules(answer, expected)]


def group_mistakes(name: str, group: GroupRules, wanted: GroupRules) -> list[Mistake]:
    return find_mistakes(inbound_of(name, group, wanted), outbound_of(name, group, wanted))


def inbound_of(name: str, group: GroupRules, wanted: GroupRules) -> Direction:
    return Direction.between(group.inbound, wanted.inbound, group=name)


def outbound_of(name: str, group: GroupRules, wanted: GroupRules) -> Direction:
    return Direction.between(
        group.effective_outbound, wanted.effective_outbound, inbound=False, group=name
    )


def misplaced_rules(answer: GroupsAnswer, expected: Expected) -> Iterator[Mistake]:
    """Inbound rules that are right, and stand on another group than the one that misses them."""
    empty = GroupRules(())
    directions = {
        name: inbound_of(name, answer.groups.get(name, empty), wanted)
        for name, wanted in expected.items()
    }
    for here, there in permutations(directions, 2):
        for rule in directions[here].excess:
            if rule in directions[there].missing:
                message = say(
                    "{rule} is on {here}, and is missing on {there}.",
                    rule=rule_words(rule),
                    here=here,
                    there=there,
                )
                yield Mistake("sg.rule-on-other-group", message, rule.path)
