"""What became of one image or version: how it stands from which day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from labs.grading.json_document import Path
from labs.grading.said import Said


@dataclass(frozen=True, slots=True)
class State:
    """From this day on. `level` is higher the colder something is kept, and highest once it is
    gone. `plain` is a word for what a rule did, empty where somebody did something. `by` names that
    rule, `path` leads to it. `what` tells versions apart: "marker", "noncurrent".
    """

    day: int
    level: int
    words: Said
    plain: str = ""
    by: str = ""
    path: Path = ()
    what: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """`key` is what the same subject has under any rules; the states are in their order."""

    key: tuple[str, int]
    name: Said | str
    states: tuple[State, ...]

    def on(self, day: int) -> State | None:
        """How it stands on the day; None where it is not there yet."""
        found = [one for one in self.states if one.day <= day]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Gap:
    """The first day on which a subject stands otherwise than it should."""

    name: Said | str
    day: int
    mine: State | None
    wanted: State | None
    too_much: bool


def gaps(mine: Sequence[Fate], wanted: Sequence[Fate]) -> tuple[Gap | None, Gap | None]:
    """The earliest at which something is gone or colder than it should be, and the earliest at
    which something is not as far as it should be."""
    ours, theirs = by_key(mine), by_key(wanted)
    much: list[Gap] = []
    little: list[Gap] = []
    for key in dict.fromkeys([*theirs, *ours]):
        for gap in gaps_of(ours.get(key), theirs.get(key)):
            (much if gap.too_much else little).append(gap)
    return earliest(much), earliest(little)


def by_key(fates: Sequence[Fate]) -> Mapping[tuple[str, int], Fate]:
    return {fate.key: fate for fate in fates}


def gaps_of(mine: Fate | None, wanted: Fate | None) -> list[Gap]:
    """At most one of each sort."""
    states = [*(mine.states if mine else ()), *(wanted.states if wanted else ())]
    name = mine.name if mine else wanted.name if wanted else ""
    found: dict[bool, Gap] = {}
    for day in sorted({one.day for one in states}):
        ours, theirs = (fate.on(day) if fate else None for fate in (mine, wanted))
        difference = level(ours) - level(theirs)
        if difference:
            too_much = difference > 0
            found.setdefault(too_much, Gap(name, day, ours, theirs, too_much))
    return list(found.values())


def level(state: State | None) -> int:
    return state.level if state else -1


def earliest(found: list[Gap]) -> Gap | None:
    return min(found, key=lambda gap: gap.day, default=None)
