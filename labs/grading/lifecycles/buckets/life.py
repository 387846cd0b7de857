"""What becomes of one key of a bucket: versions, midnight by midnight.

Amazon S3 User Guide: Lifecycle configuration elements (actions of versioned buckets, delete
markers); Examples of S3 Lifecycle configurations ("Overlapping filters, conflicting lifecycle
actions"): permanent deletion wins over transition, transition over the creation of delete markers,
the cheaper class over the other, INTELLIGENT_TIERING over all but the archives.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from labs.grading.lifecycles.buckets.rules import STANDARD, Configuration, Rule

PUT, DELETE, UPLOAD = "put", "delete", "upload"
MOST_MIDNIGHTS = 400


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does on a day (an ordinal), in its course: never at midnight."""

    day: int
    what: str = PUT


@dataclass(frozen=True, slots=True)
class Thing:
    """A key, what its versions have in common, and what is done to it."""

    key: str
    steps: tuple[Step, ...]
    size: int = 1_000_000
    tags: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """On which day something happened to a version: `what` is "put", "moved", "noncurrent",
    "marker" or "gone"; `rule` did it, None where somebody did."""

    day: int
    what: str
    storage: str
    rule: Rule | None = None


@dataclass(slots=True)
class Version:
    """`since`: the day on which its successor came, None while it is current."""

    created: int
    marker: bool
    storage: str = STANDARD
    since: int | None = None
    gone: int | None = None
    upload: bool = False
    events: list[Event] = field(default_factory=list)

    def note(self, day: int, what: str, rule: Rule | None = None) -> None:
        self.events.append(Event(day, what, self.storage, rule))


@dataclass(slots=True)
class Life:
    """The versions, oldest first, and the midnights that may matter."""

    thing: Thing
    configuration: Configuration
    versioned: bool
    versions: list[Version] = field(default_factory=list)
    agenda: list[int] = field(default_factory=list)
    known: set[int] = field(default_factory=set)

    def there(self) -> list[Version]:
        return [one for one in self.versions if one.gone is None]

    def current(self) -> Version | None:
        there = self.there()
        return there[-1] if there and there[-1].since is None else None

    def noncurrent(self) -> list[Version]:
        """The newest first."""
        return [one for one in reversed(self.there()) if one.since is not None]

    def rules(self) -> Iterator[Rule]:
        """Those that take this key."""
        for rule in self.configuration.enabled:
            if rule.filter.takes(self.thing.key, self.thing.tags, self.thing.size):
                yield rule

    def key_rules(self) -> Iterator[Rule]:
        for rule in self.configuration.enabled:
            if rule.filter.takes_key(self.thing.key):
                yield rule

    def look_at(self, day: int) -> None:
        if day not in self.known:
            self.known.add(day)
            heapq.heappush(self.agenda, day)

    def look_after(self, day: int) -> None:
        """At every midnight at which a rule may do something because of this day."""
        self.look_at(day + 1)
        for rule in self.configuration.enabled:
            for when in rule.times():
                self.look_at(max(day + 1, when.due(day)))

    def add(self, day: int, *, marker: bool, rule: Rule | None = None) -> None:
        """Another version, on top of the current one."""
        below = self.current()
        if below is not None and self.versioned:
            below.since = day
            below.note(day, "noncurrent", rule)
        elif below is not None:
            self.remove(below, day, rule)
        if self.versioned or not marker:
            self.versions.append(Version(day, marker))
            self.versions[-1].note(day, "marker" if marker else PUT, rule)
        self.look_after(day)

    def remove(self, version: Version, day: int, rule: Rule | None) -> None:
        version.gone = day
        version.note(day, "gone", rule)
        self.look_at(day + 1)


def steps_of(steps: Sequence[Step]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = {}
    for step in steps:
        found.setdefault(step.day, []).append(step)
    return found
