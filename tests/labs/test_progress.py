from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from labs.lab_state import UNTOUCHED, LabState
from labs.models import Lab, State
from labs.own_answers import FEW, own_answers, recent_verdicts
from labs.progress import (
    CourseLabProgress,
    lab_progress_of,
    labs_of,
    passed_labs,
    progress_by_lab,
    submissions_of,
    with_progress,
)
from labs.shelves import shelf_of
from lessons.models import Course
from portal.accounts.models import User
from tests.rows import make_grade, make_lab, make_submission

Queries = Callable[[int], object]


def test_a_lab_never_opened_is_new(lea: User, lab: Lab) -> None:
    assert lab_progress_of([lea], [lab]) == {}
    assert with_progress([lab], lea)[0].progress == UNTOUCHED


def test_the_best_score_counts(lea: User, lab: Lab) -> None:
    for points in (1, 3, 2):
        make_grade(make_submission(lea, lab), points)
    progress = lab_progress_of([lea], [lab])[lea.pk, lab.pk]
    assert (progress.state, progress.percent, progress.attempts) == (LabState.TRIED, 75, 3)


def test_what_was_passed_once_stays_passed(lea: User, lab: Lab) -> None:
    make_grade(make_submission(lea, lab), 4)
    make_grade(make_submission(lea, lab), 1)
    make_submission(lea, lab)
    progress = lab_progress_of([lea], [lab])[lea.pk, lab.pk]
    assert (progress.state, progress.passed, progress.percent) == (LabState.PASSED, True, 100)


def test_a_fault_of_ours_is_no_attempt(lea: User, lab: Lab) -> None:
    make_submission(lea, lab, state=State.FAULTED)
    progress = lab_progress_of([lea], [lab])[lea.pk, lab.pk]
    assert (progress.state, progress.percent, progress.attempts, progress.faults) == (
        LabState.FAULTED,
        None,
        0,
        1,
    )


def test_a_queued_answer_is_waiting(lea: User, lab: Lab) -> None:
    make_grade(make_submission(lea, lab), 1)
    make_submission(lea, lab)
    assert lab_progress_of([lea], [lab])[lea.pk, lab.pk].state == LabState.WAITING


def test_a_grade_of_nothing_divides_nothing_by_zero(lea: User, lab: Lab) -> None:
    make_grade(make_submission(lea, lab), 0, 0)
    assert lab_progress_of([lea], [lab])[lea.pk, lab.pk].percent is None


def test_one_query_for_the_whole_cohort(
    lea: User, mia: User, lab: Lab, django_assert_num_queries: Queries
) -> None:
    other = make_lab(lab.course, "other", kind="words")
    make_grade(make_submission(lea, lab), 2)
    make_grade(make_submission(mia, other), 4)
    with django_assert_num_queries(1):
        progress = lab_progress_of([lea, mia], [lab, other])
    assert set(progress) == {(lea.pk, lab.pk), (mia.pk, other.pk)}


def test_only_the_labs_that_were_asked_for_are_told(lea: User, lab: Lab, course: Course) -> None:
    other = make_lab(course, "say-more", kind="words")
    for one in (lab, other):
        make_submission(lea, one)
    assert list(lab_progress_of([lea], [other])) == [(lea.pk, other.pk)]


def test_a_course_says_how_many_labs_are_passed(
    lea: User, lab: Lab, course: Course, other_course: Course, django_assert_num_queries: Queries
) -> None:
    make_lab(course, "second", kind="words")
    make_grade(make_submission(lea, lab), 4)
    labs = labs_of([course, other_course])
    with django_assert_num_queries(1):
        progress = progress_by_lab(own_answers(lea, labs))
    own, other = (
        passed_labs(shelf_of(one.pk, one.edition), progress) for one in (course, other_course)
    )
    assert (own, own.percent) == ((1, 2), 50)
    assert other == (0, 0)


@pytest.mark.parametrize(("passed", "percent"), [(0, 0), (1, 1), (199, 99), (200, 100)])
def test_100_percent_are_all_labs_and_0_percent_none(passed: int, percent: int) -> None:
    assert CourseLabProgress(passed, 200).percent == percent


def test_submissions_of_a_learner_are_newest_first(
    lea: User, mia: User, lab: Lab, course: Course
) -> None:
    first, second = make_submission(lea, lab), make_submission(lea, lab)
    make_submission(mia, lab)
    assert list(submissions_of(lea, [course])) == [second, first]


def test_recent_verdicts_leave_out_what_waits(lea: User, lab: Lab) -> None:
    graded = make_submission(lea, lab)
    make_grade(graded, 4)
    make_submission(lea, lab)
    told = recent_verdicts(own_answers(lea, [lab.pk]), {lab.pk: lab})
    assert [(one.answer.pk, one.lab) for one in told] == [(graded.pk, lab)]


def test_many_answers_are_summed_and_say_the_same(
    lea: User, lab: Lab, course: Course, django_assert_num_queries: Queries
) -> None:
    """Somebody passed one lab long ago, and has tried another ever since."""
    other = make_lab(course, "second", kind="words")
    make_grade(make_submission(lea, lab), 4)
    make_submission(lea, lab, state=State.FAULTED)
    make_grade(make_submission(lea, other), 3)
    for number in range(FEW):
        make_grade(make_submission(lea, other), number % 3)
    with django_assert_num_queries(2):
        found = progress_by_lab(own_answers(lea, [lab.pk, other.pk]))
    summed = lab_progress_of([lea], [lab, other])
    timeless = {"last_at": None, "passed_at": None}
    assert found == {key: replace(one, **timeless) for (_lea, key), one in summed.items()}
    assert (found[lab.pk].state, found[lab.pk].faults) == (LabState.PASSED, 1)
    assert (found[other.pk].percent, found[other.pk].attempts) == (75, FEW + 1)


def test_a_lesson_shows_its_labs(
    lea: User, lab: Lab, course: Course, django_assert_num_queries: Queries
) -> None:
    make_grade(make_submission(lea, lab), 3)
    request = RequestFactory().get("/")
    request.user = lea
    page = Template("{% load labs_tags %}{% lesson_labs lesson %}")
    with_lab, without = course.lessons.get(slug="policies"), course.lessons.get(slug="buckets")
    page.render(Context({"request": request, "lesson": with_lab}))
    with django_assert_num_queries(1):
        html = page.render(Context({"request": request, "lesson": with_lab}))
    assert '<a class="card-link" lang="en" href="/labs/say-it/">Say it</a>' in html
    assert "Tried · 75 %" in html
    assert page.render(Context({"request": request, "lesson": without})).strip() == ""


def test_an_archived_lab_is_shown_no_more(lea: User, lab: Lab, course: Course) -> None:
    Lab.objects.update(archived_at="2026-01-01T00:00:00Z")
    assert labs_of([course]) == {}
