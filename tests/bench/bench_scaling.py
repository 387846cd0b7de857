"""What the scaling engine costs, in processor time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from labs.grading.grade import exercise_of
from labs.grading.kinds import KINDS
from labs.grading.scaling.group.answers import read_group
from labs.grading.scaling.simulation.simulator import simulate
from labs.source import LabSource, read_catalog
from tests.bench.bench_network import median_cpu
from tests.bench.row import Effort, Row

KIND = "asg-scaling-policy"
GOAL = ("ours <= 50",)


def rows(effort: Effort) -> Iterator[Row]:
    for lab in read_catalog(Path(settings.CATALOG_DIR)):
        if lab.kind == KIND:
            yield from lab_rows(lab, effort)


def lab_rows(lab: LabSource, effort: Effort) -> Iterator[Row]:
    variant = lab.variants[0]
    exercise = exercise_of(KINDS[KIND], table=variant.table, files=variant.files)
    answers = [variant.solution, *variant.right.values(), *variant.wrong.values()]
    taken = [
        median_cpu(lambda text=text: exercise.grade(text, with_cure=True), effort)
        for text in answers
    ]
    tasks, world = exercise.spec.tasks, exercise.spec.world
    note = f"the worst of {len(answers)} answers; days: {len(tasks)}, hidden ones too"
    yield Row(f"a verdict on {lab.slug}", max(taken), "ms CPU", goals=GOAL, note=note)
    group, day = read_group(variant.solution).group, tasks[0].day
    taken_by_one = median_cpu(lambda: simulate(group, day, world), effort)
    yield Row(
        f"simulate a day of {lab.slug}", taken_by_one, "ms CPU", note=f"{len(day.load)} minutes"
    )
