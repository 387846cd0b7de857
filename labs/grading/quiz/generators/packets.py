"""Rules of security groups and packets, drawn and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from labs.grading.network.rules.answers import read_group_answer
from labs.grading.network.rules.flows import Flow
from labs.grading.network.rules.rule import Rule
from labs.grading.network.rules.words import way_words

# A block, an address in it and one that is near it and outside
BLOCKS = (
    ("0.0.0.0/0", "198.51.100.9", ""),
    ("203.0.113.7/32", "203.0.113.7", "203.0.113.8"),
    ("203.0.113.0/24", "203.0.113.77", "203.0.112.77"),
    ("10.0.0.0/16", "10.0.7.20", "10.1.7.20"),
    ("10.0.4.0/24", "10.0.4.20", "10.0.5.20"),
)
# Where one has to count bits
NARROW = (
    ("10.0.4.0/23", "10.0.5.20", "10.0.6.20"),
    ("203.0.113.64/26", "203.0.113.100", "203.0.113.130"),
    ("10.0.16.0/20", "10.0.31.9", "10.0.32.9"),
    ("198.51.100.128/25", "198.51.100.200", "198.51.100.100"),
)
PORTS = ("22", "80", "443", "3306", "5432", "8080")
RANGES = ("8000-8100", "1024-65535", "0-1023", "5000-6000")


@dataclass(frozen=True, slots=True)
class Place:
    block: str
    inside: str
    outside: str


def drawn_place(chance: Random, level: int) -> Place:
    some = BLOCKS if level == 1 else (*BLOCKS, *NARROW)
    return Place(*chance.choice(NARROW if level == 3 and chance.random() < 0.5 else some))


def drawn_traffic(chance: Random, level: int) -> str:
    protocol = "udp" if level > 1 and chance.random() < 0.2 else "tcp"
    ports = chance.choice(RANGES if level > 1 and chance.random() < 0.35 else PORTS)
    return f"{protocol} {ports}"


def drawn_address(chance: Random, places: Sequence[Place]) -> str:
    """Inside one of the blocks, or just beside it."""
    place = chance.choice(places)
    return (place.outside if chance.random() < 0.4 else "") or place.inside


def drawn_port(chance: Random, traffic: Sequence[str]) -> int:
    """One that a rule is about, or a neighbour."""
    low, _, high = chance.choice(traffic).split()[1].partition("-")
    return chance.choice((int(low), int(high or low), int(low), int(high or low) + 1)) % 65536


def group_of(lines: Sequence[str]) -> tuple[Rule, ...]:
    return read_group_answer(inbound(lines)).rules.inbound


def inbound(lines: Sequence[str]) -> str:
    return "\n".join(["inbound:", *(f"  - {line}" for line in lines)])


def numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{number}.  {line}" for number, line in enumerate(lines, start=1))


def packet_words(flow: Flow) -> str:
    return str(way_words(flow.words(), flow.far_end(), inbound=True))
