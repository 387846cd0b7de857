"""What a check costs through the checker process, by kind, for right and for wrong answers:
processor time of both processes.

The floor is the same check in this process: what remains is what the limits cost.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings

from labs import checker
from labs.grading.kinds import KINDS
from labs.source import LabSource, VariantSource, read_catalog
from tests.bench.clock import Work, cpu_ms, in_turns, share
from tests.bench.processes import cpu_clock
from tests.bench.row import Effort, Row

SECONDS = 10.0
MOST_WRONG = 3  # of one lab


def rows(effort: Effort) -> Iterator[Row]:
    catalog = read_catalog(Path(settings.CATALOG_DIR))
    for kind in KINDS:
        labs = [lab for lab in catalog if lab.kind == kind]
        yield of_answers(f"{kind}, right", kind, right(labs), effort)
        yield of_answers(f"{kind}, wrong", kind, wrong(labs), effort)
    checker.leave()


Answers = Sequence[tuple[VariantSource, str]]


def right(labs: list[LabSource]) -> Answers:
    return [(lab.variants[0], lab.variants[0].solution) for lab in labs]


def wrong(labs: list[LabSource]) -> Answers:
    firsts = [lab.variants[0] for lab in labs]
    return [(one, text) for one in firsts for text in list(one.wrong.values())[:MOST_WRONG]]


def of_answers(name: str, kind: str, answers: Answers, effort: Effort) -> Row:
    ours: list[float] = []
    floor: list[float] = []
    for variant, text in answers:
        works = {
            "ours": lambda variant=variant, text=text: check(kind, variant, text),
            "floor": lambda variant=variant, text=text: check_here(kind, variant, text),
        }
        taken = in_turns(works, effort.times(3), clock=of_both, warming_up=1)
        ours.append(statistics.median(taken["ours"]))
        floor.append(statistics.median(taken["floor"]))
    note = f"{len(answers)} answers, the dearest {share(ours, 1):.0f} ms"
    return Row(name, statistics.median(ours), "ms CPU", floor=statistics.median(floor), note=note)


def of_both(work: Work) -> float:
    """Of this process and of the checker, which may be a new one."""
    pid = checker.checker_of_thread().pid
    before = cpu_clock(pid) if pid else 0.0
    here = cpu_ms(work)
    now = checker.checker_of_thread().pid
    there = cpu_clock(now) - (before if now == pid else 0.0) if now else 0.0
    return here + 1000 * there


def check(kind: str, variant: VariantSource, text: str) -> object:
    return checker.check_in_child(kind, Stored(variant), text, seconds=SECONDS)


def check_here(kind: str, variant: VariantSource, text: str) -> object:
    table, files = json.dumps(variant.table), json.dumps(variant.files)
    exercise = checker.exercise_for(kind, table, files, variant.starter)
    return exercise.grade(text, with_cure=True)


class Stored:
    """A variant as the database has it."""

    def __init__(self, source: VariantSource) -> None:
        self.table, self.files = dict(source.table), dict(source.files)
        self.starter = source.starter
