"""A lab about a bucket of Amazon S3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from labs.grading.json_document import JsonDocument
from labs.grading.lifecycles.buckets.life import UPLOAD, Thing, Version
from labs.grading.lifecycles.buckets.midnights import live
from labs.grading.lifecycles.buckets.reader import read_configuration
from labs.grading.lifecycles.buckets.rules import Configuration
from labs.grading.lifecycles.comparison.fates import Fate, Gap
from labs.grading.lifecycles.comparison.things import ThingSort, things
from labs.grading.lifecycles.exercise.bucket_causes import takes, why_not
from labs.grading.lifecycles.exercise.bucket_states import fate
from labs.grading.lifecycles.exercise.world import Cause, Read
from labs.grading.refusal import Refusal
from labs.grading.said import filled, say

MORE_DAYS = 120  # after everything that the rules name
LOOK_AT_RULE = say("Look at rule {rule}: it does this.")


@dataclass(frozen=True, slots=True)
class BucketWorld:
    """`start` and `last` are ordinals of dates."""

    things: tuple[Thing, ...]
    start: int
    last: int
    versioned: bool
    sorts: tuple[ThingSort, ...]

    def read(self, document: JsonDocument) -> Read:
        found = read_configuration(document)
        return Read(found.configuration, found.refusals)

    def named(self, rules: Configuration) -> dict[str, list[Fate]]:
        return {one.name: self.lived(one, rules, self.last) for one in self.things}

    def cases(self, rules: Sequence[Configuration]) -> Iterator[Thing]:
        return things(self.sorts, rules, start=self.start, versioned=self.versioned)

    def fates(self, rules: Configuration, case: Thing, both: Sequence[Configuration]) -> list[Fate]:
        return self.lived(case, rules, last_midnight(both, self.start))

    def lived(self, thing: Thing, rules: Configuration, last: int) -> list[Fate]:
        versions = live(thing, rules, start=self.start, last=last, versioned=self.versioned)
        return fates_of(versions)

    def smaller(self, case: Thing) -> Iterator[Thing]:
        return iter(())

    def told(self, case: Thing) -> str:
        first = case.steps[0]
        what = (
            say("{key} ({size}, upload begun on {day})", key=case.key, size=size_words(case.size),
                day=self.day(first.day))
            if first.what == UPLOAD
            else say("{key} ({size}, created on {day})", key=case.key, size=size_words(case.size),
                     day=self.day(first.day))
        )  # fmt: skip
        tags = ", ".join(f"{name}={value}" for name, value in case.tags.items())
        return say("{object} with {tags}", object=what, tags=tags) if tags else what

    def cause(self, rules: Configuration, gap: Gap, case: Thing | None, subject: str) -> Cause:
        if gap.mine and gap.mine.by and gap.too_much:
            return Cause(filled(LOOK_AT_RULE, rule=gap.mine.by), gap.mine.path)
        thing = case or next(one for one in self.things if one.name == subject)
        return why_not(rules, thing, gap)

    def day(self, day: int) -> str:
        return date.fromordinal(day).isoformat()

    def warnings(self, rules: Configuration) -> list[Refusal]:
        found = []
        for rule in rules.rules:
            if not rule.enabled:
                words = say("This rule does nothing: its Status is Disabled.")
                found.append(Refusal("lifecycle.disabled", words, (*rule.path, "Status")))
            elif not any(takes(rule, one) for one in (*self.things, *self.probes())):
                words = say("Look at this filter: it takes nothing of this lab.")
                found.append(Refusal("lifecycle.selects-nothing", words, (*rule.path, "Filter")))
        return found

    def probes(self) -> Iterator[Thing]:
        for sort in self.sorts:
            for size in sort.sizes:
                yield sort.thing([], size)


def fates_of(versions: Sequence[Version]) -> list[Fate]:
    """Numbered by who made them: what the rules add, the other rules may not add."""
    found: list[Fate] = []
    numbers = {"user": 0, "rule": 0}
    for version in versions:
        who = "rule" if version.events[0].rule else "user"
        numbers[who] += 1
        found.append(fate(version, who, numbers[who], len(versions)))
    return found


def last_midnight(both: Sequence[Configuration], start: int) -> int:
    """When everything that the rules name is over; two waits may follow each other."""
    times = [when for one in both for rule in one.rules for when in rule.times()]
    days = max((one.days or 0 for one in times), default=0)
    dates = max((one.date or 0 for one in times), default=0)
    return min(max(start, dates) + 2 * days + MORE_DAYS, date.max.toordinal())


def size_words(size: int) -> str:
    if size and size % 1_000_000 == 0:
        return f"{size // 1_000_000} MB"
    if size and size % 1024 == 0:
        return f"{size // 1024} KB"
    return f"{size} B"
