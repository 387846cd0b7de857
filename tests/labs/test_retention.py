"""What labs lets go after its time, and what always stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from labs.models import Chore, Draft, Grade, KeptText, Lab, Submission
from labs.progress import lab_progress_of
from labs.retention import SIGNS, abridge_reports
from labs.tasks import check
from labs.verdicts import verdict_of
from lessons.models import Completion, Course, Lesson
from portal.accounts.models import User
from portal.cohorts.grid import grid_of
from portal.cohorts.models import Cohort
from tests.labs.test_differences import report
from tests.rows import make_grade, make_submission

LONG_AGO = timezone.now() - timedelta(days=800)
LATELY = timezone.now() - timedelta(days=700)
GONE = "what it showed beyond them is gone"


def checked(user: User, lab: Lab, text: str) -> Submission:
    submission = make_submission(user, lab, text)
    check(submission.pk)
    return Submission.objects.select_related("grade", "lab").get(pk=submission.pk)


def age_grades(when: Any = LONG_AGO) -> None:
    Grade.objects.update(created_at=when)


def clean() -> None:
    call_command("clean", verbosity=0)


@pytest.fixture
def failed(lea: User, lab: Lab) -> Submission:
    return checked(lea, lab, "allow")


def test_an_old_verdict_keeps_its_checks_and_loses_its_cases(failed: Submission):
    before = report(22, 80)
    assert any(one.cases for one in before.findings)
    assert before.outcomes
    Grade.objects.update(report=before.as_json(), created_at=LONG_AGO)
    clean()
    after = Grade.objects.get().read_report()
    assert [(one.code, one.passed, one.points, one.message) for one in after.findings] == [
        (one.code, one.passed, one.points, one.message) for one in before.findings
    ]
    assert (after.earned, after.earnable, after.passed) == (
        before.earned,
        before.earnable,
        before.passed,
    )
    assert not any(one.cases or one.counterexample for one in after.findings)
    assert (after.outcomes, dict(after.extra), after.cure, after.abridged) == ((), {}, None, True)


def test_the_page_says_that_something_is_gone(failed: Submission):
    assert GONE not in " ".join(verdict_of(failed).notes)
    age_grades()
    clean()
    fresh = Submission.objects.select_related("grade", "lab").get()
    shown = verdict_of(fresh)
    assert GONE in " ".join(shown.notes)
    assert (shown.state, shown.score) == ("failed", verdict_of(failed).score)


def test_a_younger_verdict_stays_whole(failed: Submission):
    age_grades(LATELY)
    clean()
    assert Grade.objects.get().report == failed.grade.report


def test_zero_days_keep_everything(failed: Submission, settings):
    settings.KEEP_REPORTS_DAYS = 0
    age_grades()
    clean()
    assert Grade.objects.get().report == failed.grade.report


def test_what_was_abridged_is_not_looked_at_again(lea: User, lab: Lab, monkeypatch):
    monkeypatch.setattr("labs.retention.REPORTS_AT_ONCE", 2)
    for text in ("allow", "read", "say"):
        checked(lea, lab, text)
    Grade.objects.update(created_at=LONG_AGO)
    chore, _made = Chore.objects.get_or_create(name="reports")
    assert [abridge_reports(chore) for _time in range(3)] == [2, 1, 0]
    assert chore.mark == Grade.objects.order_by("pk").last().pk
    checked(lea, lab, "write")
    assert abridge_reports(chore) == 0


def test_a_report_of_an_older_form_is_abridged_too(failed: Submission):
    Grade.objects.update(report=None, unpacked_report=failed.grade.report, created_at=LONG_AGO)
    clean()
    grade = Grade.objects.get()
    assert grade.read_report().abridged
    assert grade.unpacked_report == {}


def test_a_report_that_nobody_can_read_is_no_obstacle(lea: User, lab: Lab, caplog):
    first, second = (make_grade(make_submission(lea, lab), 1) for _number in range(2))
    Grade.objects.filter(pk=first.pk).update(report={"format": 2, "nonsense": 1})
    age_grades()
    clean()
    assert Grade.objects.get(pk=second.pk).read_report().abridged
    assert f"grade {first.pk} cannot be read" in caplog.text


@pytest.fixture
def typed(lea: User, lab: Lab) -> None:
    """lea left a draft and a kept text behind, and was not seen since."""
    variant = lab.variants.get()
    Draft.objects.create(user=lea, lab=lab, variant=variant, text="x", saved_at=LONG_AGO)
    KeptText.objects.create(user=lea, lab=lab, variant=variant, text="y", kept_at=LONG_AGO)
    User.objects.update(date_joined=LONG_AGO, last_login=LONG_AGO)


def texts() -> tuple[int, int]:
    return Draft.objects.count(), KeptText.objects.count()


def test_what_somebody_typed_goes_when_they_were_not_here_for_long(typed: None):
    clean()
    assert texts() == (0, 0)


def test_zero_days_keep_what_was_typed(typed: None, settings):
    settings.KEEP_TEXTS_DAYS = 0
    clean()
    assert texts() == (1, 1)


def test_who_never_signed_in_by_password_counts_since_they_joined(typed: None):
    User.objects.update(last_login=None, date_joined=LATELY)
    clean()
    assert texts() == (1, 1)


def test_who_signed_in_lately_keeps_an_old_draft(typed: None):
    User.objects.update(last_login=LATELY)
    clean()
    assert texts() == (1, 1)


def sign(model: Any, lea: User, lab: Lab, course: Course) -> None:
    """lea was here: a row of that kind."""
    lesson = course.lessons.first()
    if model is Submission:
        make_submission(lea, lab, created_at=LATELY)
    elif model is Completion:
        Completion.objects.create(user=lea, lesson=lesson, completed_at=LATELY)
    elif model.__name__ == "Place":
        lesson.remember_place(lea)
    elif model.__name__ == "Margin":
        model.objects.create(user=lea, section=lesson.sections.first(), saved_at=LATELY)
    else:
        model.objects.update(**{SIGNS[model]: LATELY})


@pytest.mark.parametrize("model", SIGNS, ids=lambda model: model.__name__)
def test_whoever_does_something_here_keeps_what_they_typed(
    typed: None, lea: User, lab: Lab, course: Course, model: Any
):
    sign(model, lea, lab, course)
    clean()
    assert texts() == (1, 1)


def statistics(cohort: Cohort) -> list[Any]:
    grid = grid_of(cohort)
    return [
        [row.cells for row in grid.page(grid.briefs, grid.content.groups).rows],
        lab_progress_of(User.objects.all(), Lab.objects.all()),
        list(Grade.objects.order_by("pk").values("points", "max_points", "passed", "created_at")),
        list(Completion.objects.order_by("pk").values()),
        list(Submission.objects.order_by("pk").values()),
    ]


def test_scores_completions_and_answers_stay(lea: User, mia: User, lab: Lab, cohort: Cohort):
    for user, text in ((lea, "allow"), (lea, "allow read"), (mia, "say")):
        checked(user, lab, text)
        Lesson.objects.first().complete(user)
    Submission.objects.update(created_at=LONG_AGO)
    Completion.objects.update(completed_at=LONG_AGO)
    User.objects.update(date_joined=LONG_AGO, last_login=LONG_AGO)
    age_grades()
    before = statistics(cohort)
    clean()
    assert Grade.objects.first().read_report().abridged
    assert statistics(cohort) == before
