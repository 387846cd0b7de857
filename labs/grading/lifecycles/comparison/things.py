"""Objects on which two configurations are tried: each sort, of each size, of some ages; in a
versioned bucket with some histories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from labs.grading.lifecycles.buckets.life import DELETE, PUT, UPLOAD, Step, Thing
from labs.grading.lifecycles.buckets.rules import Configuration

AGES = (-3, 60, 1000)  # days before the configuration; below 0: after it
MOST_VERSIONS = 12
GAPS = (1, 40)


@dataclass(frozen=True, slots=True)
class ThingSort:
    """Objects of one kind. `sizes` in bytes; `uploads`: some uploads never end."""

    name: str
    key: str
    tags: Mapping[str, str] = field(default_factory=dict)
    sizes: tuple[int, ...] = (1_000_000,)
    uploads: bool = False

    def thing(self, steps: Sequence[Step], size: int) -> Thing:
        return Thing(self.key, tuple(steps), size, self.tags, self.name)


def things(
    sorts: Sequence[ThingSort],
    configurations: Sequence[Configuration],
    *,
    start: int,
    versioned: bool,
) -> Iterator[Thing]:
    """The plainest first."""
    for sort in sorts:
        for size in sort.sizes:
            for age in AGES:
                yield sort.thing([Step(start - age)], size)
        if sort.uploads:
            yield sort.thing([Step(start + 3, UPLOAD)], sort.sizes[0])
    if versioned:
        most = most_versions(configurations)
        for sort in sorts:
            for steps in histories(start, most):
                yield sort.thing(steps, sort.sizes[0])


def most_versions(configurations: Sequence[Configuration]) -> int:
    """Two more than any rule keeps."""
    rules = [rule for one in configurations for rule in one.rules]
    kept = [rule.old_keep for rule in rules]
    kept += [move.keep for rule in rules for move in rule.old_moves]
    return min(max(kept, default=0) + 3, MOST_VERSIONS)


def histories(start: int, most: int) -> Iterator[list[Step]]:
    for number in (1, 2, most):
        for gap in GAPS:
            steps = [Step(start + 1 + gap * place, PUT) for place in range(number)]
            if number > 1:
                yield steps
            if number == 1 or gap == 1:
                yield [*steps, Step(steps[-1].day + 20, DELETE)]
    yield [Step(start - 200), Step(start - 100), Step(start - 50, DELETE)]
