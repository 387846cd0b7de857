"""Mistakes that open too much: risky ports for the whole world, everything at once, ranges,
return traffic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from labs.grading.network.exercise.direction import Direction, Mistake
from labs.grading.network.rules.algebra import Rectangle, subtract
from labs.grading.network.rules.protocols import ALL, DATABASES, HIGH_RISK, WITH_PORTS
from labs.grading.network.rules.rule import EVERYWHERE, LAST_ADDRESS, Rule
from labs.grading.network.rules.words import port_words, rule_words
from labs.grading.said import say

WIDE = 1000  # a range of more ports than this is hardly ever meant
EPHEMERAL_START, EPHEMERAL_END = (
    1024,
    60999,
)  # return traffic: any range that reaches from above the first to the second
OPEN_PORTS = (
    ("sg.ssh-open", (22,)),
    ("sg.rdp-open", (3389,)),
    ("sg.database-open", tuple(sorted(DATABASES))),
    ("sg.risky-port-open", tuple(sorted(HIGH_RISK - DATABASES - {22, 3389}))),
)


def find_open_ports(direction: Direction) -> Iterator[Mistake]:
    """Risky ports that every address may reach, by one rule or by several together (0.0.0.0/1 and
    128.0.0.0/1)."""
    if not direction.inbound:
        return
    for code, ports in OPEN_PORTS:
        for port, kind in open_ports(direction, ports):
            name = port_words("TCP", port)
            rule = widest_match(direction.learner, kind, port)
            yield Mistake(
                code,
                say(
                    "{port} is open to the whole world ({block}).",
                    port=name,
                    block=EVERYWHERE[kind],
                ),
                rule.path if rule else (),
            )
            break  # one port of each sort says enough


def open_ports(direction: Direction, ports: Iterable[int]) -> Iterator[tuple[int, str]]:
    for port in ports:
        for kind in LAST_ADDRESS:
            if is_open_to_world(direction.learner, kind, port) and not is_open_to_world(
                direction.expected, kind, port
            ):
                yield port, kind


def is_open_to_world(rules: Sequence[Rule], kind: str, port: int) -> bool:
    """True when every address of the family reaches the TCP port."""
    admitted = [
        Rectangle(rule.source.first, rule.source.last, rule.low, rule.high)
        for rule in rules_reaching(rules, kind, port)
    ]
    return bool(admitted) and not any(
        subtract([Rectangle(0, LAST_ADDRESS[kind], port, port)], admitted)
    )


def rules_reaching(rules: Iterable[Rule], kind: str, port: int) -> list[Rule]:
    return [
        rule
        for rule in rules
        if rule.source.kind == kind
        and rule.protocol in (ALL, "tcp")
        and rule.low <= port <= rule.high
    ]


def widest_match(rules: Iterable[Rule], kind: str, port: int) -> Rule | None:
    return max(
        rules_reaching(rules, kind, port),
        key=lambda rule: rule.source.last - rule.source.first,
        default=None,
    )


def find_wide_rules(direction: Direction) -> Iterator[Mistake]:
    for rule in direction.excess:
        words = rule_words(rule, inbound=direction.inbound)
        if rule.protocol == ALL:
            yield Mistake(
                "sg.all-traffic",
                say("{rule}: that is more than the task asks for.", rule=words),
                rule.path,
            )
        elif rule.protocol in WITH_PORTS and direction.inbound and is_return_traffic(rule):
            message = say(
                "{rule} looks like a rule for answers. Groups are stateful: answers need no rule.",
                rule=words,
            )
            yield Mistake("sg.return-traffic", message, rule.path)
        elif rule.protocol in WITH_PORTS and rule.high - rule.low >= WIDE:
            message = say(
                "{rule}: these are {number} ports, more than the task asks for.",
                rule=words,
                number=rule.high - rule.low + 1,
            )
            yield Mistake("sg.range-too-wide", message, rule.path)


def is_return_traffic(rule: Rule) -> bool:
    return (
        rule.low >= EPHEMERAL_START and rule.high >= EPHEMERAL_END and rule.high - rule.low >= WIDE
    )
