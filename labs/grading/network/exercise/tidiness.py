"""Mistakes of writing: ranges the wrong way round, host bits, rules twice or without effect,
too many rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.network.exercise.direction import Direction, Mistake
from labs.grading.network.rules.permissions import read_address
from labs.grading.network.rules.rule import IPV4, IPV6, LAST_ADDRESS, Rule
from labs.grading.network.rules.words import rule_words
from labs.grading.said import say

QUOTA = 60  # VPC quotas: inbound or outbound rules per security group


def find_reversed(direction: Direction) -> Iterator[Mistake]:
    for rule in direction.learner:
        if rule.is_reversed:
            message = say(
                "FromPort {low} is above ToPort {high}: EC2 refuses the rule; it admits nothing.",
                low=rule.low,
                high=rule.high,
            )
            yield Mistake("sg.range-reversed", message, rule.path)


def find_host_bits(direction: Direction) -> Iterator[Mistake]:
    for rule in direction.learner:
        source = rule.source
        if source.kind not in LAST_ADDRESS or not has_host_bits(rule):
            continue
        size = source.last - source.first + 1
        many = say("{size} addresses", size=size) if size <= 2**32 else say("a whole IPv6 network")
        one = f"{rule.written.partition('/')[0]}/{32 if source.kind == IPV4 else 128}"
        yield Mistake(
            "sg.host-bits",
            say(
                "{written} is read as {block}: {many}. One host is {one}.",
                written=rule.written,
                block=source.name,
                many=many,
                one=one,
            ),
            rule.path,
        )


def has_host_bits(rule: Rule) -> bool:
    address = read_address(rule.written.partition("/")[0])
    return address is not None and int(address) != rule.source.first


def find_repetitions(direction: Direction) -> Iterator[Mistake]:
    """Rules that stand twice, and rules that another one contains."""
    seen: set[Rule] = set()
    for rule in direction.learner:
        words = rule_words(rule, inbound=direction.inbound)
        container = next(
            (other for other in direction.learner if other != rule and other.contains(rule)), None
        )
        if rule in seen:
            yield Mistake(
                "sg.duplicate-rule",
                say("{rule} is here twice: EC2 refuses the second one.", rule=words),
                rule.path,
            )
        elif container is not None and not rule.is_reversed:
            message = say(
                "{rule} has no effect: {wider} already admits all of it.",
                rule=words,
                wider=rule_words(container, inbound=direction.inbound),
            )
            yield Mistake("sg.contained-rule", message, rule.path)
        seen.add(rule)


def find_too_many(direction: Direction) -> Iterator[Mistake]:
    for family, number in (
        (family, count_rules(direction.learner, family)) for family in (IPV4, IPV6)
    ):
        if number > QUOTA:
            name = "IPv4" if family == IPV4 else "IPv6"
            parts = {"number": number, "family": name, "quota": QUOTA}
            message = (
                say("{number} inbound rules for {family}; a group holds {quota}.", **parts)
                if direction.inbound
                else say("{number} outbound rules for {family}; a group holds {quota}.", **parts)
            )
            yield Mistake("sg.too-many-rules", message)


def count_rules(rules: Sequence[Rule], family: str) -> int:
    """Rules that count towards the family's quota; a group or a prefix list counts for both
    families."""
    other = IPV6 if family == IPV4 else IPV4
    return sum(rule.source.kind != other for rule in set(rules))
