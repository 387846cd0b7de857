"""What was typed, thing by thing, whether it was written by things or by zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labs.grading.errors import Position
from labs.grading.names.exercise.answers import Item
from labs.grading.placement.answers.reader import PlacementAnswer

ALIASES = {"zones": "", "az": "zone", "azs": "", "availabilityzone": "zone"}
NO = {"", "no", "off", "false", "0", "disabled"}
YES = {"yes", "on", "true", "1", "enabled", "x", "here"}


@dataclass(frozen=True, slots=True)
class Entry:
    """`thing` has `value` for `part`. `part` is "" where no part was named."""

    thing: str
    part: str
    value: str
    at: Position

    @property
    def of_zone(self) -> str:
        """The part, where it is the name of a zone or the like; `zone: eu-west-2a` names none."""
        return "" if self.part == "zone" else self.part


def entries_of(answer: PlacementAnswer, zones: Sequence[str]) -> Iterator[Entry]:
    """In the order in which they were typed."""
    for name, item in answer.items.items():
        zone = zone_named(name, zones)
        if zone:
            yield from below_a_zone(zone, item)
        elif not item.parts:
            yield Entry(name.strip(), "", "", item.at)
        else:
            for part, given in item.parts.items():
                yield Entry(name.strip(), ALIASES.get(part, part), given.text, given.at)


def below_a_zone(zone: str, item: Item) -> Iterator[Entry]:
    for part, given in item.parts.items():
        if part:
            yield Entry(part, zone, given.text, given.at)
        else:  # eu-west-2a: [web, web, database]
            yield from (Entry(thing, zone, "1", given.at) for thing in values_of(given.text))


def zone_named(text: str, zones: Sequence[str]) -> str:
    """The zone that is meant: `eu-west-2a`, `2a` or `a`; "" where none is."""
    text = text.strip().strip("\"'").lower()
    if text in zones:
        return text
    found = [zone for zone in zones if text in (zone[-2:], zone[-1:])] if text else []
    return found[0] if len(found) == 1 else ""


def values_of(text: str) -> list[str]:
    """`[a, b]`, `a, b` or `a b`."""
    return text.strip("[]() ").replace(",", " ").replace('"', " ").replace("'", " ").split()
