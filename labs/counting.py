"""Efforts and mistakes of verdicts from before they were written, and anew of whatever somebody
wrote without them: a worker of the version before, for one. Once a day, some grades at a time, and
each grade once; `manage.py count_mistakes` does it at once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import takewhile
from typing import Any

from django.db import transaction
from django.utils import timezone

from labs.cleaning import Cleaner
from labs.grading.report import FORMAT, Finding
from labs.mistakes import Key, keys_of
from labs.models import Chore, Effort, Grade, Mistake, State, Submission
from labs.models.efforts import VERDICT, Verdict, counted, verdict_of, world_of
from labs.old_reports import read_report

logger = logging.getLogger(__name__)

AT_ONCE = 100
SETTLED = timedelta(minutes=10)  # what is younger may stand before one that is not yet written
COUNTED = ("failed", "since", "last_at", "passed_at", "latest", "best")


def count_some(chore: Chore, *, settled: timedelta = SETTLED) -> int:
    """Grades come in the order of their keys: what was counted is not looked at again."""
    rows = Grade.objects.filter(pk__gt=chore.mark).select_related("submission__lab")
    before = timezone.now() - settled
    some = rows.defer("submission__text").order_by("pk")[:AT_ONCE]
    grades = list(takewhile(lambda one: one.created_at < before, some))
    if grades:
        count(grades)
        chore.move_on(grades[-1].pk)
    return len(grades)


@transaction.atomic
def count(grades: list[Grade]) -> None:
    """Those that are the current ones tell the mistakes."""
    current = [one for one in grades if one.submission.grade_id == one.pk]
    Mistake.objects.filter(submission__in=[one.submission_id for one in current]).delete()
    Mistake.objects.bulk_create(mistake for one in current for mistake in stored_mistakes(one))
    count_efforts({(one.submission.user_id, one.submission.lab_id) for one in grades})


def stored_mistakes(grade: Grade) -> Iterator[Mistake]:
    if not grade.passed:
        one = grade.submission
        about = {"submission_id": one.pk, "user_id": one.user_id, "lab_id": one.lab_id}
        for key in stored_keys(grade.stored_report, one):
            yield Mistake(made_at=one.created_at, **key._asdict(), **about)


def stored_keys(data: Mapping[str, Any], submission: Submission) -> list[Key]:
    """Of the whole report no more than what failed is read."""
    try:
        found, refused = failed_in(data)
    except (TypeError, KeyError, ValueError):  # no reader understands it, and no page shows it
        logger.warning("the verdict of submission %s cannot be read", submission.pk)
        return []
    world = world_of(submission.variant_id, submission.lab)
    return keys_of(found, submission.lab.kind, world, refused=refused)


def failed_in(data: Mapping[str, Any]) -> tuple[list[Finding], str]:
    if data.get("format") != FORMAT:
        old = read_report(data)
        return list(old.findings), old.refused
    failed = (row for row in data["findings"] if not row["passed"])
    return [Finding.from_json(row) for row in failed], str(data.get("refused") or "")


def count_efforts(pairs: set[tuple[int, int]]) -> None:
    """(user, lab), each by all of its answers."""
    Effort.objects.bulk_create(
        [
            Effort(user_id=user, lab_id=lab, **found)
            for (user, lab), rows in answers_of(pairs).items()
            if (found := counted(rows))
        ],
        update_conflicts=True,
        unique_fields=["user", "lab"],
        update_fields=COUNTED,
    )


def answers_of(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[Verdict]]:
    wanted: dict[tuple[int, int], list[Verdict]] = {pair: [] for pair in pairs}
    rows = Submission.objects.filter(
        user__in={user for user, _lab in wanted},
        lab__in={lab for _user, lab in wanted},
        state=State.GRADED,
    ).order_by("created_at", "pk")
    for user, lab, *row in rows.values_list("user_id", "lab_id", *VERDICT):
        if (user, lab) in wanted:
            wanted[user, lab].append(verdict_of(*row))
    return wanted


COUNTING = [Cleaner("counting", "verdicts counted", count_some)]
