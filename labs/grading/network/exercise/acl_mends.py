"""Changes that may mend a network ACL: an element of a rule, a rule out or in, or its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from labs.grading.cure import Mend
from labs.grading.network.exercise.acl_exercise import AclAnswer
from labs.grading.network.exercise.rule_mends import (
    RuleChange,
    difference_in_words,
    parts_of,
    weight_of,
)
from labs.grading.network.rules.acl import LAST_NUMBER, Acl, AclRule
from labs.grading.network.rules.rule import Rule
from labs.grading.said import joined, say

AclRules = tuple[AclRule, ...]
AclChange = RuleChange[AclRule]


def acl_mends(answer: AclAnswer, expected: Acl) -> list[Mend]:
    """In both directions, the smallest changes first."""
    found = [
        (change.size, mend_of(answer, inbound, change))
        for inbound in (True, False)
        for change in changes(answer.acl.direction(inbound), expected.direction(inbound), inbound)
    ]
    return [mend for _size, mend in sorted(found, key=lambda row: row[0])]


def mend_of(answer: AclAnswer, inbound: bool, change: AclChange) -> Mend:
    ordered = tuple(sorted(change.rules, key=lambda one: one.number))
    acl = replace(answer.acl, **{"inbound" if inbound else "outbound": ordered})
    at = answer.document.position(change.path) if change.path else None
    after = replace(answer, acl=acl)
    return Mend(change.sentence, change.before, change.after, after, at, weight_of(len(ordered)))


def changes(mine: AclRules, theirs: AclRules, inbound: bool) -> Iterator[AclChange]:
    missing = [one for one in theirs if not any(same(one, other) for other in mine)]
    for index, rule in enumerate(mine):
        rest = mine[:index] + mine[index + 1 :]
        yield from other_places(rule, rest, inbound)
        if any(same(rule, wanted) for wanted in theirs):
            continue
        yield taken_out(rule, rest, inbound)
        for wanted in missing:
            yield rewritten(rule, wanted, rest, inbound)
        yield from split_up(rule, missing, rest, inbound)
    for wanted in missing:
        yield from put_in(mine, wanted, inbound)


def same(mine: AclRule, theirs: AclRule) -> bool:
    """But for the number: only the order counts."""
    return (mine.allow, mine.rule) == (theirs.allow, theirs.rule)


def taken_out(rule: AclRule, rest: AclRules, inbound: bool) -> AclChange:
    words = rule.words(inbound=inbound)
    sentence = say("Remove {rule}: nobody asked for it.", rule=words)
    return RuleChange(sentence, words, "", rest, rule.rule.path, 1)


def rewritten(rule: AclRule, wanted: AclRule, rest: AclRules, inbound: bool) -> AclChange:
    changed = AclRule(rule.number, wanted.allow, replace(wanted.rule, path=rule.rule.path))
    sentence, size = difference(rule, wanted, inbound)
    before, after = (one.words(inbound=inbound) for one in (rule, changed))
    return RuleChange(sentence, before, after, (*rest, changed), rule.rule.path, size)


def difference(rule: AclRule, wanted: AclRule, inbound: bool) -> tuple[str, int]:
    if rule.rule == wanted.rule:
        return effect_words(rule), 0
    if rule.allow and wanted.allow:
        return difference_in_words(rule.rule, wanted.rule, inbound=inbound)
    if rule.allow != wanted.allow:
        return say("Rewrite rule {number}.", number=rule.number), 4
    if rule.rule.contains(wanted.rule):
        return say("Narrow rule {number}: it denies more than it should.", number=rule.number), 0
    return say("Change rule {number}: it does not deny what it should.", number=rule.number), 0


def split_up(
    rule: AclRule, missing: Sequence[AclRule], rest: AclRules, inbound: bool
) -> Iterator[AclChange]:
    """An allow that stands for several narrower ones, written with the numbers that follow."""
    allows = [one.rule for one in missing if one.allow]
    parts = parts_of(rule.rule, allows) if rule.allow else []
    if len(parts) < 2:
        return
    made = tuple(numbered(parts, rule, {one.number for one in rest}))
    words = rule.words(inbound=inbound)
    sentence = say("Replace {rule} by {number} rules.", number=len(made), rule=words)
    after = joined((one.words(inbound=inbound) for one in made), "\n")
    yield RuleChange(sentence, words, after, (*rest, *made), rule.rule.path, 2)


def numbered(parts: Sequence[Rule], rule: AclRule, used: Set[int]) -> Iterator[AclRule]:
    """In the place of `rule`, and at the free numbers after it."""
    free = (number for number in range(rule.number, LAST_NUMBER) if number not in used)
    for number, part in zip(free, parts, strict=False):
        yield AclRule(number, True, replace(part, path=rule.rule.path))


def effect_words(rule: AclRule) -> str:
    number = rule.number
    if rule.allow:
        return say(
            "Make rule {number} a deny: it lets through what must be stopped.", number=number
        )
    return say("Make rule {number} an allow: it stops what must get through.", number=number)


def other_places(rule: AclRule, rest: AclRules, inbound: bool) -> Iterator[AclChange]:
    """Before each other rule of the other effect, and after it."""
    sentence = say(
        "Move rule {number}: rules are tried from the lowest number up.",
        number=rule.number,
    )
    for other in rest:
        if other.allow == rule.allow:
            continue
        number = other.number - 1 if other.number < rule.number else other.number + 1
        if number < 1 or any(one.number == number for one in rest):
            continue
        moved = replace(rule, number=number)
        before, after = (one.words(inbound=inbound) for one in (rule, moved))
        yield RuleChange(sentence, before, after, (*rest, moved), rule.rule.path, 0)


def put_in(mine: AclRules, wanted: AclRule, inbound: bool) -> Iterator[AclChange]:
    """Before all others, after all others, and at its own number where that is free."""
    used = {one.number for one in mine}
    first, last = min(used, default=100), max(used, default=0)
    places = dict.fromkeys((wanted.number, first - 1, last + 10))
    for number in places:
        if number >= 1 and number not in used:
            added = AclRule(number, wanted.allow, replace(wanted.rule, path=()))
            words = added.words(inbound=inbound)
            sentence = missing_words(wanted, inbound)
            yield RuleChange(sentence, "", words, (*mine, added), None, 1)


def missing_words(wanted: AclRule, inbound: bool) -> str:
    if not wanted.allow:
        return say("Add a deny: somebody gets through who must be stopped.")
    if inbound:
        return say("Add an inbound rule: something that is needed does not get in.")
    return say("Add an outbound rule: something that is needed does not get out.")
