"""The answers that a lab's own folder holds, each judged once by its engine: what ten thousand
learners would hand in is one of a few, and so is what is said of it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from labs.grading.errors import AnswerError, Undecided
from labs.grading.grade import Exercise, exercise_of
from labs.packed import Packed, packed
from labs.source import LabSource, VariantSource, read_catalog


@dataclass(frozen=True, slots=True)
class Judged:
    text: str
    points: int
    most: int
    passed: bool
    report: Packed
    engine: str

    @property
    def percent(self) -> int:
        return 100 * self.points // self.most if self.most else 0


@dataclass(frozen=True, slots=True)
class Answers:
    """To one variant of a lab. `wrong` begins with what most people write."""

    wrong: tuple[Judged, ...]
    right: tuple[Judged, ...]

    def mistake(self, chance: random.Random, *, at_least: int = 0) -> Judged:
        """One that scores no less than what somebody had before, where there is one."""
        better = [one for one in self.wrong if one.percent >= at_least] or list(self.wrong)
        weights = [2 ** (len(better) - number) for number in range(len(better))]
        return chance.choices(better, weights)[0]


ByVariant = dict[tuple[str, int], Answers]  # slug of the lab, number of the variant


def judged_catalog(slugs: Iterable[str] | None = None) -> ByVariant:
    """Of every lab in the catalog, or of these; what cannot be judged is left out."""
    wanted = None if slugs is None else set(slugs)
    labs = [
        lab
        for lab in read_catalog(Path(settings.CATALOG_DIR))
        if wanted is None or lab.slug in wanted
    ]
    found = {(lab.slug, one.number): answers_of(lab, one) for lab in labs for one in lab.variants}
    return {key: answers for key, answers in found.items() if answers.wrong and answers.right}


def answers_of(lab: LabSource, variant: VariantSource) -> Answers:
    exercise = exercise_of(
        lab.kind_module, table=variant.table, files=variant.files, starter=variant.starter
    )
    texts = dict.fromkeys(
        [*variant.wrong.values(), variant.starter, variant.solution, *variant.right.values()]
    )
    found = list(judged(exercise, texts))
    return Answers(
        tuple(one for one in found if not one.passed), tuple(one for one in found if one.passed)
    )


def judged(exercise: Exercise, texts: Iterable[str]) -> Iterator[Judged]:
    for text in texts:
        try:
            report = exercise.grade(text, with_cure=True)
        except (AnswerError, Undecided):
            continue
        yield Judged(
            text=text,
            points=report.earned,
            most=report.earnable,
            passed=report.passed,
            report=packed(report.as_json()),
            engine=exercise.kind.VERSION,
        )
