"""How a version stands, as tables and findings say it."""

from __future__ import annotations

from labs.grading.lifecycles.buckets.life import UPLOAD, Event, Version
from labs.grading.lifecycles.buckets.rules import RANK
from labs.grading.lifecycles.comparison.fates import Fate, State
from labs.grading.said import Said, filled, say

GONE = 100
MARKER, MARKER_GONE = 1, 2
BY = say("{what}, by {rule}")
IN_CLASS, OLD = say("in {storage}"), say("noncurrent, in {storage}")
WORDS = {
    "gone": say("gone"),
    "marker": say("a delete marker on top"),
    UPLOAD: say("an upload without an end"),
}


def fate(version: Version, who: str, number: int, versions: int) -> Fate:
    """`number` counts the versions of the same origin, from 1."""
    states = [state(event, version) for event in version.events]
    return Fate((who, number), name_of(version, who, number, versions), tuple(states))


def name_of(version: Version, who: str, number: int, versions: int) -> Said | str:
    if version.marker:
        return say("the delete marker")
    return say("version {number}", number=number) if versions > 1 else ""


def state(event: Event, version: Version) -> State:
    by = event.rule.name if event.rule else ""
    words = words_of(event, version)
    if by:
        words = filled(BY, what=words, rule=by[:60])
    path = event.rule.path if event.rule else ()
    return State(
        event.day, level_of(event, version), words, plain(event), by, path, sort_of(event, version)
    )


def sort_of(event: Event, version: Version) -> str:
    if version.marker:
        return "marker"
    return "noncurrent" if old_by(event, version) else ""


def plain(event: Event) -> str:
    """What a rule did; nothing of what somebody did."""
    if event.rule is None or event.what == "noncurrent":
        return ""
    return event.storage if event.what == "moved" else event.what


def level_of(event: Event, version: Version) -> int:
    if version.marker:
        return MARKER_GONE if event.what == "gone" else MARKER
    return GONE if event.what == "gone" else RANK[event.storage]


def words_of(event: Event, version: Version) -> Said:
    if event.what in WORDS:
        return WORDS[event.what]
    if version.marker:
        return say("noncurrent")
    return filled(OLD if old_by(event, version) else IN_CLASS, storage=event.storage)


def old_by(event: Event, version: Version) -> bool:
    return version.since is not None and event.day >= version.since and event.what != "put"
