"""A lifecycle configuration of Amazon S3: filters, and what is done to which versions when.

Amazon S3 User Guide: Lifecycle configuration elements (intro-lifecycle-rules).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.json_document import Path

STANDARD = "STANDARD"
# The waterfall: each may go to those after it, but for NOT_FROM (Amazon S3 User Guide:
# Transitioning objects, "Supported transitions").
CLASSES = (
    STANDARD,
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
)
RANK = {name: number for number, name in enumerate(CLASSES)}
NOT_FROM = {"ONEZONE_IA": ("GLACIER_IR",)}
ARCHIVES = ("GLACIER", "DEEP_ARCHIVE")
SMALL = 128 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Filter:
    """All of it must fit; sizes are in bytes, and both bounds are exclusive."""

    prefix: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    above: int | None = None
    below: int | None = None

    @property
    def has_sizes(self) -> bool:
        return self.above is not None or self.below is not None

    def takes(self, key: str, tags: Mapping[str, str], size: int) -> bool:
        """Amazon S3 User Guide: Adding filters to Lifecycle rules."""
        return (
            key.startswith(self.prefix)
            and all(tags.get(name) == value for name, value in self.tags.items())
            and (self.above is None or size > self.above)
            and (self.below is None or size < self.below)
        )

    def takes_key(self, key: str) -> bool:
        """Of what has neither tags nor a size: a delete marker, an upload that is not complete."""
        return key.startswith(self.prefix) and not self.tags and not self.has_sizes


@dataclass(frozen=True, slots=True)
class When:
    """So many days after something, or a date (an ordinal of `datetime.date`)."""

    days: int | None = None
    date: int | None = None

    def due(self, since: int) -> int:
        """The midnight at which it is due: the days are added to the time at which it began, and
        the result rounded up to the next midnight UTC (the same page, "Lifecycle rules based on
        an object's age")."""
        return self.date if self.date is not None else since + (self.days or 0) + 1


@dataclass(frozen=True, slots=True)
class Move:
    """A transition. `keep`: the newest noncurrent versions that it leaves alone."""

    when: When
    target: str
    keep: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    filter: Filter
    enabled: bool
    moves: tuple[Move, ...] = ()
    expires: When | None = None
    clears_markers: bool = False
    old_moves: tuple[Move, ...] = ()
    old_expires: When | None = None
    old_keep: int = 0
    aborts: int | None = None
    path: Path = ()
    small_to_archives: bool = False  # objects below 128 KB move there, too

    def times(self) -> tuple[When, ...]:
        """Every time that it names."""
        found = [one.when for one in (*self.moves, *self.old_moves)]
        found += [one for one in (self.expires, self.old_expires) if one]
        return (*found, *((When(self.aborts),) if self.aborts else ()))


@dataclass(frozen=True, slots=True)
class Configuration:
    rules: tuple[Rule, ...]

    @property
    def enabled(self) -> tuple[Rule, ...]:
        return tuple(one for one in self.rules if one.enabled)
