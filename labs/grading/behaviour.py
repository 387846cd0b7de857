"""What wrong answers of one class do, whatever names and numbers their variant has: "lets this
through to that". Mistakes are counted by it.

A kind derives it from a finding as it is stored (`Classifier`), so that old verdicts count, too.
Stored is a key, its parts apart from each other by `|`: what the answer does, with what, and where.
What a key says in words the engines tell: each adds its own to `VERBS`, `RELATIONS` and `PLACES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from labs.grading.report import Finding
from labs.grading.said import Said, filled, say

LONGEST = 160
BETWEEN = "|"

VERBS: dict[str, Said] = {}
RELATIONS: dict[str, Said] = {}  # how the thing stands to what the task names
PLACES: dict[str, Said] = {}


@runtime_checkable
class Classifier(Protocol):
    """A kind may say what class of answers a failed finding belongs to."""

    # The key; "" where its code says all. `solution` tells what the task names.
    def behaviour(self, finding: Finding, solution: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Behaviour:
    verb: str
    what: str = ""
    where: str = ""
    when: str = ""

    @property
    def key(self) -> str:
        parts = (self.verb, self.what, self.where, self.when)
        return BETWEEN.join(part.replace(BETWEEN, " ") for part in parts).rstrip(BETWEEN)[:LONGEST]


def read_key(key: str) -> Behaviour:
    return Behaviour(*key.split(BETWEEN, 3))


def words_of(key: str) -> str:
    """A key of another version stands for itself."""
    found = read_key(key)
    if found.verb not in VERBS:
        return key
    did = filled(VERBS[found.verb], what=place_words(found.what), where=place_words(found.where))
    return say("{did}, with {condition}", did=did, condition=found.when) if found.when else did


def place_words(place: str) -> str:
    relation, _blank, thing = place.partition(" ")
    if thing and relation in RELATIONS:
        return filled(RELATIONS[relation], thing=thing)
    if thing in PLACES:  # `tcp high-port`
        return say("{protocol} to {port}", protocol=relation, port=PLACES[thing])
    return PLACES.get(place, place)
