"""Does a packet get through a network ACL, and its answer back?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from labs.grading.network.exercise.acl_exercise import read_acl_answer
from labs.grading.network.exercise.conversations import decide, passes
from labs.grading.network.rules.acl import Acl, AclRule
from labs.grading.network.rules.flows import Flow
from labs.grading.quiz.generators.kind import Drawing, fenced, first_fair, option
from labs.grading.quiz.generators.packets import (
    Place,
    drawn_address,
    drawn_place,
    drawn_port,
    packet_words,
)
from labs.grading.said import say
from labs.grading.tries.packets import miss_of

NAME = "there-and-back"
TITLE = say("Through the network ACL and back")
SECTION = "network-acls"
CODES = (
    "nacl.packet-blocked",
    "nacl.packet-admitted",
    "nacl.reply-blocked",
    "nacl.order",
    "nacl.no-effect",
)

INBOUND = {1: 2, 2: 3, 3: 4}
OUTBOUND = {1: 1, 2: 2, 3: 3}
PORTS = ("80", "443", "22", "0-1023", "443", "all")
BACK = ("1024-65535", "32768-65535", "443", "0-1023", "1024-50000")
CLIENT_PORTS = (1025, 33000, 50123, 61000)
MOST_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    acl: Acl
    flow: Flow
    back_port: int

    def rules(self, inbound: bool) -> tuple[AclRule, ...]:
        return self.acl.direction(inbound)

    def decider(self, inbound: bool) -> AclRule | None:
        return decide(self.rules(inbound), self.flow, None if inbound else self.back_port)

    def port(self, inbound: bool) -> int:
        return self.flow.port if inbound else self.back_port


# Where it ends: on the way in or back (None: it gets through), and by which rule (None: the last)
@dataclass(frozen=True, slots=True)
class End:
    inbound: bool | None
    rule: AclRule | None = None


THROUGH = End(None)


def end_of(case: Case) -> End:
    for inbound in (True, False):
        rule = case.decider(inbound)
        if not passes(rule):
            return End(inbound, rule)
    return THROUGH


def draw(chance: Random, level: int) -> Drawing:
    wanted = chance.choice((None, True, False))
    case = first_fair(lambda: fair(drawn(chance, level), wanted))
    ends = chosen_ends(chance, case)
    text = f"A subnet's network ACL:\n\n{fenced(case.text)}\n\n"
    packet = packet_words(case.flow)
    asked = f"A packet comes: **{packet}**; its sender waits at port **{case.back_port}**."
    return {
        "kind": "single",
        "text": f"{text}{asked} What becomes of it?",
        "options": [
            option(end_words(end), reason_of(case, end), right=end == end_of(case)) for end in ends
        ],
    }


def fair(case: Case, wanted: bool | None) -> Case | None:
    """Enough can be asked, and no two rules of a direction say the same."""
    for inbound in (True, False):
        said = [(one.allow, one.rule) for one in case.rules(inbound)]
        if len(set(said)) < len(said):
            return None
    return case if end_of(case).inbound is wanted and len(list(ends_of(case))) > 2 else None


def drawn(chance: Random, level: int) -> Case:
    places = [drawn_place(chance, min(level, 2)) for _number in range(INBOUND[level])]
    there = [drawn_rule(chance, place, PORTS, level) for place in places]
    home = [drawn_rule(chance, chance.choice(places), BACK, level) for _n in range(OUTBOUND[level])]
    text = "\n".join(["inbound:", *numbered(there, "from"), "outbound:", *numbered(home, "to")])
    traffic = [f"tcp {ports}" for _effect, ports, _block in there if ports != "all"] or ["tcp 443"]
    flow = Flow("tcp", drawn_port(chance, traffic), drawn_address(chance, places))
    return Case(text, read_acl_answer(text).acl, flow, chance.choice(CLIENT_PORTS))


def drawn_rule(
    chance: Random, place: Place, ports: Sequence[str], level: int
) -> tuple[str, str, str]:
    effect = "deny" if chance.random() < (0.3 if level == 1 else 0.4) else "allow"
    block = "0.0.0.0/0" if chance.random() < 0.4 else place.block
    return effect, chance.choice(ports), block


def numbered(rules: Sequence[tuple[str, str, str]], way: str) -> Iterator[str]:
    for number, (effect, ports, block) in enumerate(rules, start=1):
        traffic = "all" if ports == "all" else f"tcp {ports}"
        yield f"  - {number * 100} {effect} {traffic} {way} {block}"


def ends_of(case: Case) -> Iterator[End]:
    """Everything that one could think of."""
    yield THROUGH
    for inbound in (True, False):
        denies = [one for one in case.rules(inbound) if not one.allow]
        yield from (End(inbound, rule) for rule in (*denies, None))


def chosen_ends(chance: Random, case: Case) -> list[End]:
    right = end_of(case)
    others = [end for end in ends_of(case) if end != right]
    return [right, *chance.sample(others, min(len(others), MOST_OPTIONS - 1))]


def end_words(end: End) -> str:
    if end.inbound is None:
        return "It gets in, and its answer gets out."
    where = "It does not get in" if end.inbound else "It gets in, but its answer does not get out"
    return f"{where}: {by(end.rule)}."


def by(rule: AclRule | None) -> str:
    return (
        "no rule matches, and the last one denies the rest"
        if rule is None
        else f"rule {rule.number} stops it"
    )


def reason_of(case: Case, end: End) -> str:
    right = end_of(case)
    if end == right:
        return " ".join(step(case, inbound) for inbound in ways(right))
    if end.inbound is None or right.inbound is True or end.inbound == right.inbound:
        return f"{about(case, end)}{step(case, right.inbound is not False)}"
    return f"{about(case, end)}{step(case, end.inbound)}"


def ways(end: End) -> tuple[bool, ...]:
    return (True,) if end.inbound else (True, False)


def about(case: Case, end: End) -> str:
    """Why the rule that an option names is not the one."""
    if end.rule is None or end.inbound is None:
        return ""
    decider = case.decider(end.inbound)
    if decider and decider.number < end.rule.number:
        return f"Rule {end.rule.number} is not looked at any more. "
    if end.rule is decider:
        return ""
    miss = miss_of(end.rule.rule, case.flow.protocol, case.port(end.inbound))
    return f"Not rule {end.rule.number}. {miss} "


def step(case: Case, inbound: bool) -> str:
    rule = case.decider(inbound)
    way = "in" if inbound else "back, to the sender's port"
    if rule is None:
        return f"On the way {way}, no rule matches, so the last one denies it."
    effect = "allows" if rule.allow else "denies"
    return f"On the way {way}, rule {rule.number} is the first that matches, and it {effect}."
