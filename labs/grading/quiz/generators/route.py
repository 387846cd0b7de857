"""Which route of a table does a packet take?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from labs.grading.network.addresses.plan import size
from labs.grading.quiz.generators.kind import Drawing, fenced, first_fair, option
from labs.grading.said import say
from labs.grading.tries.addresses import read_ipv4
from labs.grading.tries.kind import Row
from labs.grading.tries.route import Line, read_routes, rows_of

NAME = "which-route-wins"
TITLE = say("Which route wins?")
SECTION = "routes-and-gateways"
CODES = ("net.no-egress", "net.no-gateway", "net.not-public", "net.not-private", "walk.stopped")

COUNTS = {1: 3, 2: 4, 3: 4}
# Blocks with their targets; those of level 3 lie in each other
VPC = "10.0.0.0/16 local"
PLAIN = (
    "0.0.0.0/0 igw",
    "10.1.0.0/16 pcx-billing",
    "172.16.0.0/12 vgw-office",
    "192.168.0.0/16 tgw",
)
NESTED = (
    "0.0.0.0/0 nat-a",
    "10.0.0.0/8 tgw",
    "10.1.0.0/16 pcx-billing",
    "10.1.128.0/17 vgw-office",
    "172.16.0.0/12 vgw-home",
    "172.20.0.0/16 pcx-test",
    "203.0.113.0/24 eni-proxy",
)
CLOSE = (
    "0.0.0.0/0 nat-a",
    "10.0.0.0/8 tgw",
    "10.1.64.0/18 pcx-billing",
    "10.1.96.0/19 vgw-office",
    "10.1.96.0/22 eni-proxy",
    "10.1.0.0/17 pcx-test",
    "10.1.112.0/20 vgw-home",
)
TABLES = {1: PLAIN, 2: NESTED, 3: CLOSE}
NETWORKS = {
    1: ("10.0.3", "10.1.3", "172.20.1", "192.168.7", "198.51.100", "10.2.3"),
    2: ("10.0.3", "10.1.3", "10.1.200", "10.7.3", "172.20.1", "172.30.1", "203.0.113"),
    3: ("10.1.97", "10.1.100", "10.1.111", "10.1.70", "10.1.120", "10.1.3", "10.1.130"),
}


@dataclass(frozen=True, slots=True)
class Case:
    lines: Sequence[Line]
    address: str

    @property
    def number(self) -> int:
        return read_ipv4("destination", self.address)

    @property
    def holding(self) -> list[Line]:
        return [one for one in self.lines if one.block.first <= self.number <= one.block.last]

    @property
    def winner(self) -> Line | None:
        return min(self.holding, key=lambda one: size(one.block), default=None)

    @property
    def rows(self) -> list[Row]:
        return list(rows_of(self.lines, self.holding, self.winner))


def draw(chance: Random, level: int) -> Drawing:
    case = first_fair(lambda: drawn(chance, level))
    table = "\n".join(f"{one.block.name:<16} {one.target}" for one in case.lines)
    return {
        "kind": "single",
        "text": f"A subnet's route table:\n\n{fenced(table)}\n\n"
        f"A machine in it sends a packet to `{case.address}`. Where does it go?",
        "options": [*(target(case, n) for n in range(len(case.lines))), nowhere(case)],
    }


def drawn(chance: Random, level: int) -> Case | None:
    """From level 2 on more than one route holds the address, mostly."""
    some = chance.sample(TABLES[level], COUNTS[level] - 1)
    lines = read_routes("\n".join((VPC, *some)))
    chance.shuffle(lines)
    case = Case(lines, f"{chance.choice(NETWORKS[level])}.{chance.randint(4, 250)}")
    is_easy = len(case.holding) < level and chance.random() < 0.9
    return None if is_easy else case


def target(case: Case, number: int) -> Drawing:
    line, row = case.lines[number], case.rows[number]
    words = f"To `{line.target}`, by `{line.block.name}`."
    return option(words, str(row.why), right=line is case.winner)


def nowhere(case: Case) -> Drawing:
    words = "Nowhere: it is dropped."
    if case.winner is None:
        return option(
            words, "No block holds the address, and there is no route for the rest.", right=True
        )
    return option(words, f"`{case.winner.block.name}` holds the address, so there is a way.")
