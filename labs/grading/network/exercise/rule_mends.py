"""Small changes to a list of security group rules that bring it nearer to the expected list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from labs.grading.network.rules.protocols import protocol_words
from labs.grading.network.rules.rule import EVERYWHERE, GROUP, Path, Rule
from labs.grading.network.rules.words import rule_words, source_words, traffic_words
from labs.grading.said import joined, say

Rules = tuple[Rule, ...]
Row = TypeVar("Row")
PAIRS_OF_ONE_CHECK = 100  # of rules; so many more weigh one check more


@dataclass(frozen=True, slots=True)
class RuleChange(Generic[Row]):
    """`rules` are those of one direction afterwards, of a group or an ACL. `path` leads to the rule
    in the answer; None for one that is missing. Of two changes that do the same the smaller `size`
    is meant."""

    sentence: str
    before: str
    after: str
    rules: tuple[Row, ...]
    path: Path | None
    size: int


def weight_of(rules: int) -> int:
    """Of a check, for `Mend.weight`: it compares every rule with every other."""
    return 1 + rules**2 // PAIRS_OF_ONE_CHECK


def rule_changes(mine: Rules, theirs: Rules, *, inbound: bool) -> Iterator[RuleChange[Rule]]:
    """One element of one rule, then one rule out or in, then one rule written anew."""
    missing = [rule for rule in theirs if rule not in mine]
    for index, rule in enumerate(mine):
        if rule in theirs:
            continue
        yield taken_out(mine, index, inbound)
        for wanted in missing:
            yield rewritten(mine, index, wanted, inbound)
        yield from split_up(mine, index, missing, inbound)
    for wanted in missing:
        yield put_in(mine, wanted, inbound)


def taken_out(mine: Rules, index: int, inbound: bool) -> RuleChange[Rule]:
    words = rule_words(mine[index], inbound=inbound)
    sentence = say("Remove {rule}: nobody asked for it.", rule=words)
    rest = mine[:index] + mine[index + 1 :]
    return RuleChange(sentence, words, "", rest, mine[index].path, 1)


def put_in(mine: Rules, wanted: Rule, inbound: bool) -> RuleChange[Rule]:
    sentence = (
        say("Add a rule: something that is needed does not get in.")
        if inbound
        else say("Add an outbound rule: something that is needed does not get out.")
    )
    rules = (*mine, replace(wanted, path=()))
    return RuleChange(sentence, "", rule_words(wanted, inbound=inbound), rules, None, 1)


def rewritten(mine: Rules, index: int, wanted: Rule, inbound: bool) -> RuleChange[Rule]:
    rule = mine[index]
    sentence, size = difference_in_words(rule, wanted, inbound=inbound)
    rules = (*mine[:index], replace(wanted, path=rule.path), *mine[index + 1 :])
    before, after = (rule_words(one, inbound=inbound) for one in (rule, wanted))
    return RuleChange(sentence, before, after, rules, rule.path, size)


def split_up(
    mine: Rules, index: int, missing: Sequence[Rule], inbound: bool
) -> Iterator[RuleChange[Rule]]:
    """One rule that stands for several: all that it contains, or the same traffic from others."""
    rule = mine[index]
    meant = parts_of(rule, missing)
    if len(meant) < 2:
        return
    words = rule_words(rule, inbound=inbound)
    rules = (*mine[:index], *(replace(one, path=rule.path) for one in meant), *mine[index + 1 :])
    after = joined((rule_words(one, inbound=inbound) for one in meant), "\n")
    sentence = say("Replace {rule} by {number} rules.", rule=words, number=len(meant))
    yield RuleChange(sentence, words, after, rules, rule.path, 2)


def parts_of(rule: Rule, missing: Sequence[Rule]) -> list[Rule]:
    def same_traffic(wanted: Rule) -> bool:
        return (rule.protocol, rule.low, rule.high) == (wanted.protocol, wanted.low, wanted.high)

    return [wanted for wanted in missing if rule.contains(wanted) or same_traffic(wanted)]


def difference_in_words(rule: Rule, wanted: Rule, *, inbound: bool) -> tuple[str, int]:
    """What is wrong with a rule, and how much: 0 for one element, 2 for several."""
    same_source = rule.source == wanted.source
    same_ports = (rule.low, rule.high) == (wanted.low, wanted.high)
    if rule.protocol == wanted.protocol and same_ports:
        return source_difference(rule, wanted, inbound), 0
    if same_source and rule.protocol == wanted.protocol:
        return port_difference(rule, wanted), 0
    if same_source:
        contained = rule.contains(wanted)
        return (port_difference(rule, wanted) if contained else protocol_difference(rule)), 0
    words = rule_words(rule, inbound=inbound)
    return say("Rewrite {rule}: traffic and address are both wrong.", rule=words), 2


def source_difference(rule: Rule, wanted: Rule, inbound: bool) -> str:
    parts = {"source": source_words(rule.source), "traffic": traffic_words(rule)}
    if wanted.source.kind == GROUP and rule.source.kind in EVERYWHERE:
        return say("For {traffic}, name a security group in place of {source}.", **parts)
    if rule.contains(wanted):
        return (
            say("Narrow {source} for {traffic}: it lets in more than is needed.", **parts)
            if inbound
            else say("Narrow {source} for {traffic}: it lets out more than is needed.", **parts)
        )
    if wanted.contains(rule):
        return say("Widen {source} for {traffic}: somebody who needs it is left out.", **parts)
    return say("Name a source other than {source} for {traffic}.", **parts)


def port_difference(rule: Rule, wanted: Rule) -> str:
    parts = {"source": source_words(rule.source), "traffic": traffic_words(rule)}
    if rule.contains(wanted):
        return say("Narrow {traffic} for {source}: it opens more than is needed.", **parts)
    if wanted.contains(rule):
        return say("Widen {traffic} for {source}: more is needed.", **parts)
    return say("Change {traffic} for {source}: the number is wrong.", **parts)


def protocol_difference(rule: Rule) -> str:
    return say(
        "Use a protocol other than {protocol} for {source}.",
        protocol=protocol_words(rule.protocol),
        source=source_words(rule.source),
    )


def by_size(changes: Sequence[RuleChange[Row]]) -> list[RuleChange[Row]]:
    return sorted(changes, key=lambda change: change.size)
