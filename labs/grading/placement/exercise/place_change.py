"""One change of a placement."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.placement.zones.placement import Placement


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """`words` say what to do and why, of `thing`. `after`: what is written instead of its line,
    where more than that line changes."""

    words: str
    thing: str
    placement: Placement
    after: str = ""
