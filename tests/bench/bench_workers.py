"""How many verdicts a second a worker with two children stores, and what each takes of a processor.

The floor is the same worker with the same rows, messages and commits, and without any check.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from django.conf import settings

from labs.grading.grade import grade
from labs.models import Submission, Variant
from labs.packed import as_text
from labs.queue import enqueue
from labs.source import read_catalog
from portal.accounts.models import User
from tests.bench.acts import answer, crowd_of
from tests.bench.processes import family, seconds_of
from tests.bench.row import Effort, Row
from tests.bench.without_checks import READY_REPORT
from tests.compose import SERVICES
from tests.deployment import Deployment

LAB = "read-one-bucket"
LEARNERS = 20
PATIENCE = 300  # seconds
GOALS = ("ratio >= 0.6", "ours >= 120")

Answer = tuple[Variant, str]


def rows(effort: Effort) -> Iterator[Row]:
    crowd_of(LEARNERS)
    number = effort.times(200)
    variant = Variant.objects.get(lab__slug=LAB, number=0)
    right = [(variant, variant.solution)] * number
    wrong = [(variant, answer(one)) for one in range(number)]
    mixed = list(islice(cycle(of_all_labs()), number))
    floor = spent_on(wrong, "tests.bench.without_checks")
    yield from of_worker("right answers to one lab", right, floor, *GOALS)
    yield from of_worker("wrong answers to one lab", wrong, floor, *GOALS)
    yield from of_worker("answers to all labs", mixed, floor)


@dataclass(frozen=True, slots=True)
class Spent:
    per_second: float  # verdicts
    cpu_ms: float  # of the worker and what came from it, for each verdict


def of_worker(name: str, answers: list[Answer], floor: Spent, *goals: str) -> Iterator[Row]:
    ours = spent_on(answers, "portal")
    note = f"{len(answers)} answers of {LEARNERS} learners"
    yield Row(name, ours.per_second, "verdicts/s", floor.per_second, goals, note)
    yield Row(f"{name}, each", ours.cpu_ms, "ms CPU", floor.cpu_ms)


def of_all_labs() -> list[Answer]:
    """Half of them right."""
    variants = {
        variant.lab.slug: variant
        for variant in Variant.objects.filter(number=0).select_related("lab")
    }
    found = []
    for lab in read_catalog(Path(settings.CATALOG_DIR)):
        source = lab.variants[0]
        texts = (source.solution, next(iter(source.wrong.values())))
        found += [(variants[lab.slug], text) for text in texts]
    return found


def spent_on(answers: list[Answer], app: str) -> Spent:
    """All wait, and their messages with them, before the worker comes."""
    deployment = Deployment(os.environ | {READY_REPORT: str(ready_report())})
    waiting = hand_in(answers)
    command = [app if word == "portal" else word for word in SERVICES["worker"]["command"]]
    deployment.launch("worker", command)
    try:
        return until_done(waiting, deployment.processes["worker"].pid)
    finally:
        deployment.stop("worker")


def ready_report() -> Path:
    variant = Variant.objects.select_related("lab").get(lab__slug=LAB, number=0)
    report = grade(
        variant.lab.kind_module,
        table=variant.table,
        files=variant.files,
        text=answer(0),
        starter=variant.starter,
        with_cure=True,
    )
    path = Path(os.environ["HOME"]) / "report.json"
    path.write_text(as_text(report.as_json()))
    return path


def hand_in(answers: list[Answer]) -> list[int]:
    learners = cycle(User.objects.filter(email__endswith="@load.example"))
    return [
        enqueue(next(learners), variant, text=text, key=uuid.uuid4()).pk
        for variant, text in answers
    ]


def until_done(waiting: list[int], worker: int) -> Spent:
    """Without the first tenth, in which each child comes to life."""
    begun, cpu = wait_for(waiting, len(waiting) // 10), seconds_of(family(worker))
    wait_for(waiting, len(waiting))
    cpu = seconds_of(family(worker)) - cpu
    ours = Submission.objects.filter(pk__in=waiting)
    assert set(ours.values_list("state", flat=True)) == {"graded"}
    times = sorted(ours.values_list("finished_at", flat=True))[begun:]
    seconds = (times[-1] - times[0]).total_seconds() if times else 0
    return Spent((len(times) - 1) / seconds if seconds else 0, 1000 * cpu / max(1, len(times)))


def wait_for(waiting: list[int], number: int) -> int:
    """How many are done once it is at least that many."""
    ours = Submission.objects.filter(pk__in=waiting)
    deadline = time.monotonic() + PATIENCE
    while (done := len(waiting) - ours.open().count()) < number:
        assert time.monotonic() < deadline, "the worker did not come to an end"
        time.sleep(0.1)
    return done
