"""Does this packet get through the security group, and by which rule?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from labs.grading.network.rules.flows import Flow, admits
from labs.grading.network.rules.rule import GROUP, Rule
from labs.grading.quiz.generators.kind import Drawing, fenced, first_fair, option
from labs.grading.quiz.generators.packets import (
    Place,
    drawn_address,
    drawn_place,
    drawn_port,
    drawn_traffic,
    group_of,
    numbered,
    packet_words,
)
from labs.grading.said import say
from labs.grading.tries.packets import miss_of

NAME = "does-the-packet-get-in"
TITLE = say("Does the packet get in?")
SECTION = "the-parts-of-a-rule"
CODES = (
    "sg.packet-blocked",
    "sg.packet-admitted",
    "sg.wrong-group",
    "sg.range-too-wide",
)

COUNTS = {1: 2, 2: 3, 3: 4}
GROUPS = ("sg-web", "sg-app", "sg-office")


@dataclass(frozen=True, slots=True)
class Case:
    lines: Sequence[str]
    rules: tuple[Rule, ...]
    flow: Flow

    @property
    def open(self) -> list[int]:
        """The numbers of the rules that let it in."""
        return [n for n, rule in enumerate(self.rules, start=1) if admits(rule, self.flow)]


def draw(chance: Random, level: int) -> Drawing:
    wanted = chance.random() < 0.6
    case = first_fair(lambda: fair(drawn(chance, level), wanted))
    packet = packet_words(case.flow)
    text = f"A security group has these inbound rules:\n\n{fenced(numbered(case.lines))}\n\n"
    return {
        "kind": "single",
        "text": f"{text}A packet comes: **{packet}**. Does it get in?",
        "options": [*options_of(case), nothing_opens(case)],
    }


def fair(case: Case, wanted: bool) -> Case | None:
    is_fair = len(case.open) == wanted and len(set(case.rules)) == len(case.rules)
    return case if is_fair else None


def drawn(chance: Random, level: int) -> Case:
    places = [drawn_place(chance, level) for _number in range(COUNTS[level])]
    traffic = [drawn_traffic(chance, level) for _place in places]
    sources = [place.block for place in places]
    if level > 1 and chance.random() < 0.5:
        sources[-1] = chance.choice(GROUPS)
    pairs = zip(traffic, sources, strict=True)
    lines = [f"{some} from {source}" for some, source in pairs]
    return Case(lines, group_of(lines), drawn_flow(chance, level, places, traffic))


def drawn_flow(chance: Random, level: int, places: Sequence[Place], traffic: Sequence[str]) -> Flow:
    protocol = "udp" if level > 1 and chance.random() < 0.25 else "tcp"
    port = drawn_port(chance, traffic)
    address = drawn_address(chance, places)
    if level > 1 and chance.random() < 0.3:  # whoever carries a group has an address all the same
        return Flow(protocol, port, address, (chance.choice(GROUPS),))
    return Flow(protocol, port, address)


def options_of(case: Case) -> Iterator[Drawing]:
    for number, rule in enumerate(case.rules, start=1):
        is_open = number in case.open
        reason = f"Not rule {number}. {miss(rule, case.flow)}"
        if is_open:
            reason = f"Protocol, port and source of rule {number} fit, and one rule is enough."
        yield option(f"Yes: rule {number} lets it in.", reason, right=is_open)


def miss(rule: Rule, flow: Flow) -> str:
    by_group = rule.source.kind == GROUP
    return str(miss_of(rule, flow.protocol, flow.port, by_group=by_group))


def nothing_opens(case: Case) -> Drawing:
    words = "No: no rule lets it in."
    if case.open:
        return option(words, f"Rule {case.open[0]} does.")
    reason = "A security group only allows: what no rule lets in is kept out, in silence."
    return option(words, reason, right=True)
