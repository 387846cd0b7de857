"""Histories → rows, some thousand at a time. Keys are given here and not by the database, so that
answers and their grades can name each other without a second look at any row."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

from labs.models import Draft, Effort, Grade, Mistake, State, Submission
from portal.seeding.counted import Mistakes, efforts
from portal.seeding.histories import Attempt

Row = TypeVar("Row", bound=models.Model)
AT_ONCE = 5_000
A_WHILE = timedelta(seconds=2)
FAULT = "the check did not end in time"
Tell = Callable[[str], None]


def in_parts(rows: Iterable[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def write(model: Any, rows: Iterable[Row]) -> list[Row]:
    """With their keys."""
    found: list[Row] = []
    for some in in_parts(rows):
        found += model.objects.bulk_create(some, batch_size=1000)
    return found


def next_key(model: Any) -> int:
    return 1 + (model.objects.aggregate(last=Max("pk"))["last"] or 0)


def write_attempts(
    attempts: Sequence[Attempt],
    *,
    crowd: int,
    hashes: dict[int, str],
    chance: random.Random,
    tell: Tell,
) -> None:
    """In the order of time, as if they had come in."""
    first, first_grade, done = next_key(Submission), next_key(Grade), 0
    ordered = sorted(attempts, key=lambda one: (one.at, one.user))
    mistakes = Mistakes(hashes)
    for some in in_parts(enumerate(ordered)):
        rows = [
            submission(one, pk=first + n, grade=first_grade + n, crowd=crowd, chance=chance)
            for n, one in some
        ]
        Submission.objects.bulk_create(rows, batch_size=1000)
        grades = [
            grade(one, pk=first_grade + n, submission=first + n, content_hash=hashes[one.lab])
            for n, one in some
            if not one.faulted
        ]
        Grade.objects.bulk_create(grades, batch_size=1000)
        wrong = (row for n, one in some for row in mistakes.rows(one, first + n))
        Mistake.objects.bulk_create(wrong, batch_size=1000)
        done += len(some)
        tell(f"{done:,} of {len(attempts):,} answers")
    write(Effort, efforts(enumerate(ordered, start=first)))
    settle_sequences([Submission, Grade])


def submission(
    one: Attempt, *, pk: int, grade: int, crowd: int, chance: random.Random
) -> Submission:
    return Submission(
        pk=pk,
        user_id=one.user,
        lab_id=one.lab,
        variant_id=one.variant,
        text=one.answer.text,
        key=uuid.UUID(int=chance.getrandbits(128)),
        state=State.FAULTED if one.faulted else State.GRADED,
        created_at=one.at,
        claimed_at=one.at,
        finished_at=one.at + A_WHILE,
        next_publish=one.at,
        fault=FAULT if one.faulted else "",
        grade_id=None if one.faulted else grade,
        change_shown_at=one.at + 30 * A_WHILE if one.hinted else None,
        solution_shown_at=one.at + 60 * A_WHILE if one.looked else None,
        crowd=crowd,
        tries=1,
        publishes=1,
    )


def grade(one: Attempt, *, pk: int, submission: int, content_hash: str) -> Grade:
    return Grade(
        pk=pk,
        submission_id=submission,
        points=one.answer.points,
        max_points=one.answer.most,
        passed=one.answer.passed,
        report=one.answer.report,
        engine_version=one.answer.engine,
        content_hash=content_hash,
        created_at=one.at + A_WHILE,
    )


def settle_sequences(written: Sequence[type[models.Model]]) -> None:
    """PostgreSQL counts on from what it gave out itself."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(sql)


def write_drafts(attempts: Iterable[Attempt]) -> None:
    """What stands in the editor of labs that were not passed: the last answer."""
    last = {(one.user, one.lab): one for one in attempts}
    write(
        Draft,
        (
            Draft(
                user_id=one.user,
                lab_id=one.lab,
                variant_id=one.variant,
                text=one.answer.text,
                saved_at=one.at,
            )
            for one in last.values()
            if not one.answer.passed
        ),
    )


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def set_times(model: Any, field: str, times: dict[int, datetime]) -> None:
    """Of a column that is filled when a row is saved."""
    rows = [model(pk=pk, **{field: at}) for pk, at in times.items()]
    model.objects.bulk_update(rows, [field], batch_size=500)
