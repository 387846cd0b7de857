"""A lab whose kind belongs to the tests, answers to it that were checked, and a worker that does
what there is to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from labs.grading.kinds import KINDS
from labs.models import Lab, Submission
from labs.tasks import bell, check
from lessons.models import Course
from portal.accounts.models import User
from portal.regrades.models import Regrade, RegradedAnswer, Stage
from portal.regrades.work import work
from tests.labs.kinds import words
from tests.rows import make_lab, make_submission


@pytest.fixture(autouse=True)
def _kind_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "words", words)
    bell.reset()


@pytest.fixture
def lab(course: Course) -> Lab:
    """Wants the words allow and read."""
    lab = make_lab(course, "say-it", kind="words", section="policy-structure")
    lab.variants.update(table={"wanted": ["allow", "read"]}, starter="say", solution="allow read")
    return lab


@pytest.fixture
def checked(lab: Lab) -> Callable[..., Submission]:
    """An answer with its verdict."""

    def hand_in(user: User, text: str) -> Submission:
        submission = make_submission(user, lab, text)
        check(submission.pk)
        submission.refresh_from_db()
        return submission

    return hand_in


def change(lab: Lab, *wanted: str) -> None:
    """The lab wants other words from now on."""
    lab.variants.update(table={"wanted": list(wanted)})


def done(regrade: Regrade) -> Regrade:
    """Once the worker has nothing left to do with it; its pauses are over at once."""
    while Regrade.objects.at_work().exists():
        Regrade.objects.update(due_at=timezone.now())
        work()
    regrade.refresh_from_db()
    return regrade


def dry_run(lab: Lab, by: User) -> Regrade:
    regrade = done(Regrade.objects.begin(lab, by=by))
    assert regrade.stage == Stage.READY
    return regrade


def applied(lab: Lab, by: User, **how: Any) -> Regrade:
    regrade = dry_run(lab, by)
    assert regrade.apply(**{"lowers": False, "reason": "", "site": "http://testserver"} | how)
    return done(regrade)


def effects(regrade: Regrade) -> dict[str, str]:
    """By texts."""
    rows = RegradedAnswer.objects.filter(regrade=regrade).select_related("submission")
    return {one.submission.text: str(one.effect) for one in rows}


def fates(regrade: Regrade) -> dict[str, str]:
    rows = RegradedAnswer.objects.filter(regrade=regrade).select_related("submission")
    return {one.submission.text: str(one.fate) for one in rows}


def history(submission: Submission) -> list[tuple[str, int]]:
    return [(one.made_by, one.percent) for one in submission.grades.order_by("pk")]


def current(submission: Submission) -> tuple[str, int]:
    submission.refresh_from_db()
    assert submission.grade is not None
    return submission.grade.made_by, submission.grade.percent
