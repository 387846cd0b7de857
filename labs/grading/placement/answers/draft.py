"""A placement while it is put together, and what could not be placed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from labs.grading.errors import Position
from labs.grading.names.exercise.answers import SHOWN
from labs.grading.placement.answers.entries import zone_named
from labs.grading.placement.zones.placement import Disk
from labs.grading.placement.zones.world import World
from labs.grading.said import Said, say


@dataclass(frozen=True, slots=True)
class Mistake:
    code: str
    message: Said
    at: Position


@dataclass(slots=True)
class Draft:
    """A placement while it is put together."""

    world: World
    typed: frozenset[str] = frozenset()  # the names of everything that was written
    tiers: dict[str, dict[str, int]] = field(default_factory=dict)
    pairs: dict[str, dict[str, str]] = field(default_factory=dict)
    mounts: dict[str, list[str]] = field(default_factory=dict)
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    instances: dict[str, str] = field(default_factory=dict)
    disks: dict[str, Disk] = field(default_factory=dict)
    snapshots: dict[str, str] = field(default_factory=dict)
    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, code: str, message: Said, at: Position) -> None:
        self.mistakes.append(Mistake(code, message, at))

    def named(self, text: str, names: Iterable[str]) -> str:
        """The name that is meant, in whichever case; the text itself where none is."""
        return next((name for name in names if name.lower() == text.lower()), text)

    def zone(self, text: str, at: Position) -> str:
        """The zone that is meant; a mistake, and "", where there is none of that name."""
        zone = zone_named(text, self.world.zones)
        if not zone:
            words = say(
                "“{name}” is none of the zones {zones}.",
                name=text[:SHOWN],
                zones=", ".join(self.world.zones),
            )
            self.wrong("unknown-zone", words, at)
        return zone
