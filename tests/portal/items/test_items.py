"""What a cohort's answers say about its lessons and labs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labs.models import Effort, Lab, Submission
from lessons.models import Course, Lesson
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from portal.items.lab_figures import LabFigures, correlation, discrimination, lab_figures_of
from portal.items.lesson_figures import LessonFigures, lesson_figures_of
from portal.items.wrong_answers import wrong_answers
from tests.rows import make_grade, make_lab, make_submission, make_user

NOW = timezone.now()
Learners = Callable[[int], list[User]]


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "read-one-bucket", section="policy-structure")


@pytest.fixture
def other_lab(course: Course) -> Lab:
    return make_lab(course, "let-the-web-in", section="inbound-rules")


@pytest.fixture
def learners(cohort: Cohort) -> Learners:
    def make(count: int) -> list[User]:
        people = [make_user(f"N{number} Learner", password=None) for number in range(count)]
        for one in people:
            cohort.enrol(one)
        return people

    return make


def answered(user: User, lab: Lab, *points: int, text: str = "{}", hours: float = 1) -> None:
    """Verdicts of 0 to 4 points, so many hours apart."""
    for number, one in enumerate(points):
        at = NOW + timedelta(hours=hours * number)
        make_grade(make_submission(user, lab, text, created_at=at), one)
    last = user.submissions.filter(lab=lab).order_by("-created_at").first()
    Effort.objects.settle(last)


def the_figures(cohort: Cohort, *labs: Lab) -> LabFigures:
    return lab_figures_of(cohort, labs)[0]


def words(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_a_lab_tells_who_tried_who_passed_and_who_at_once(
    cohort: Cohort, lab: Lab, learners: Learners
) -> None:
    one, two, three, _absent = learners(4)
    answered(one, lab, 4)
    answered(two, lab, 1, 2, 4)
    answered(three, lab, 0)
    found = the_figures(cohort, lab)
    assert (found.tried, found.passed, found.at_once) == (3, 2, 1)
    assert (found.facility, found.passed_percent, found.tries) == (33, 66, 2)
    assert found.time == timedelta(hours=2)
    assert found.counts == {1: 1, 3: 1}


@pytest.mark.parametrize(("passed", "percent"), [(0, 0), (1, 1), (199, 99), (200, 100)])
def test_100_percent_are_all_and_0_percent_nobody(passed: int, percent: int) -> None:
    found = LabFigures(Lab(), tried=200, passed=passed, at_once=passed)
    assert (found.passed_percent, found.facility) == (percent, percent)
    assert LessonFigures(Lesson(), 200, passed, {}).completed_percent == percent


def test_somebody_who_fails_after_passing_passed_at_once_all_the_same(
    cohort: Cohort, lab: Lab, learners: Learners
) -> None:
    [one] = learners(1)
    answered(one, lab, 4, 0)
    assert the_figures(cohort, lab).at_once == 1


def test_a_lab_that_nobody_tried_tells_nothing(cohort: Cohort, lab: Lab) -> None:
    found = the_figures(cohort, lab)
    assert (found.facility, found.tries, found.discrimination, found.time) == (None,) * 4
    assert found.flags == []


def test_learners_of_other_cohorts_do_not_count(
    cohort: Cohort, lab: Lab, learners: Learners
) -> None:
    [one] = learners(1)
    answered(one, lab, 4)
    answered(make_user("Eve Elsewhere"), lab, 0)
    assert the_figures(cohort, lab).tried == 1


def test_those_who_were_helped_are_counted_once_each(
    cohort: Cohort, lab: Lab, learners: Learners
) -> None:
    one, two = learners(2)
    answered(one, lab, 0, 0)
    answered(two, lab, 0)
    Submission.objects.filter(user=one).update(change_shown_at=NOW)
    Submission.objects.update(solution_shown_at=NOW)
    found = the_figures(cohort, lab)
    assert (found.changes, found.solutions) == (1, 2)


def test_a_lab_that_good_learners_fail_is_flagged(
    cohort: Cohort, lab: Lab, other_lab: Lab, learners: Learners
) -> None:
    for number, one in enumerate(learners(20)):
        is_good = number < 10
        answered(one, other_lab, 4 if is_good else 0)
        answered(one, lab, *((0, 4) if is_good else (4,)))
    found = the_figures(cohort, lab, other_lab)
    assert found.discrimination == pytest.approx(-1)
    assert "Good learners fail" in [flag.label for flag in found.flags]


def test_what_may_be_chance_is_not_flagged() -> None:
    near = LabFigures(Lab(), tried=100, passed=100, at_once=50, tries=1, discrimination=-0.19)
    assert near.flags == []
    far = LabFigures(Lab(), tried=100, passed=100, at_once=50, tries=1, discrimination=-0.21)
    assert [flag.label for flag in far.flags] == ["Good learners fail"]


def test_a_lab_that_everybody_passes_is_flagged_once_enough_did(
    cohort: Cohort, lab: Lab, learners: Learners
) -> None:
    people = learners(10)
    for one in people[:9]:
        answered(one, lab, 4)
    assert the_figures(cohort, lab).flags == []
    answered(people[9], lab, 4)
    assert [flag.label for flag in the_figures(cohort, lab).flags] == ["Everybody passes"]


def test_what_hardly_anybody_passes_what_takes_many_tries_and_what_many_look_up_is_flagged(
    cohort: Cohort, lab: Lab, other_lab: Lab, learners: Learners
) -> None:
    for one in learners(10):
        answered(one, lab, 0)
        answered(one, other_lab, 0, 0, 0, 0, 4)
    Submission.objects.filter(lab=lab).update(solution_shown_at=NOW)
    hard, long = lab_figures_of(cohort, [lab, other_lab])
    assert [flag.label for flag in hard.flags] == [
        "Hardly anybody passes",
        "Many look at the solution",
    ]
    assert [flag.label for flag in long.flags] == ["Many tries"]


def test_the_correlation_is_pearsons() -> None:
    # Worked by hand: x = 1,2,3,4 and y = 1,3,2,5 → 5.5 / sqrt(5 × 8.75)
    assert correlation([(1, 1), (2, 3), (3, 2), (4, 5)]) == pytest.approx(0.8315218)
    assert correlation([(1, 1), (1, 3)]) is None


def test_too_few_learners_tell_nothing_apart() -> None:
    assert discrimination([], {}) is None


def test_wrong_answers_in_the_same_words_are_counted_by_learners(
    cohort: Cohort, lab: Lab, learners: Learners
) -> None:
    one, two, three = learners(3)
    for who in (one, two):
        answered(who, lab, 0, 0, text="allow everything")
    answered(three, lab, 0, text="something else")
    answered(one, lab, 4, text="right")
    [found] = wrong_answers(cohort, lab)
    assert (found.sample.text, found.learners, found.answers) == ("allow everything", 2, 4)


def test_a_long_wrong_answer_is_cut(cohort: Cohort, lab: Lab, learners: Learners) -> None:
    for who in learners(2):
        answered(who, lab, 0, text="\n".join(map(str, range(100))))
    [found] = wrong_answers(cohort, lab)
    assert found.excerpt.splitlines()[-2:] == ["29", "…"]


def test_a_lesson_tells_who_completed_it_and_where_the_others_stopped(
    cohort: Cohort, course: Course, learners: Learners
) -> None:
    lesson = course.lessons.get(slug="buckets")
    one, two, three = learners(3)
    lesson.remember_place(one, "bucket-names")
    lesson.remember_place(two, "bucket-names")
    lesson.remember_place(three, "what-a-bucket-is")
    lesson.complete(three)
    [found] = lesson_figures_of(cohort, [lesson])
    section = lesson.sections.get(slug="bucket-names")
    assert (found.learners, found.completed, found.completed_percent) == (3, 1, 33)
    assert found.stops == {section.pk: 2}


# --- Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def toms(tom: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(tom)


def test_the_page_tells_of_every_lab_and_lesson(
    toms: Client, lab: Lab, other_lab: Lab, learners: Learners
) -> None:
    one, two = learners(2)
    answered(one, lab, 4)
    answered(two, lab, 0, 4)
    page = words(toms.get("/cohorts/autumn/items/"))
    assert re.search(r"Read one bucket 2 100 % 50 % 1.5 60 min – 0 · 0", page)
    assert "Let the web in 0 – – – – – 0 · 0" in page
    assert "Buckets 0 · 0 % –" in page


def test_the_hardest_lab_can_come_first(
    toms: Client, lab: Lab, other_lab: Lab, learners: Learners
) -> None:
    [one] = learners(1)
    answered(one, lab, 4)
    answered(one, other_lab, 0)
    page = words(toms.get("/cohorts/autumn/items/?order=hardest"))
    assert page.index("Let the web in") < page.index("Read one bucket")
    assert toms.get("/cohorts/autumn/items/?order=%00nonsense").status_code == 200


def test_a_labs_page_shows_the_same_wrong_answer_escaped(
    toms: Client, lab: Lab, learners: Learners
) -> None:
    for who in learners(2):
        answered(who, lab, 0, text="<script>alert(1)</script>")
    page = toms.get("/cohorts/autumn/items/labs/read-one-bucket/").content.decode()
    assert "2 learners wrote this" in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_labs_page_shows_how_many_answers_it_took(
    toms: Client, lab: Lab, learners: Learners
) -> None:
    one, two = learners(2)
    answered(one, lab, 4)
    answered(two, lab, *[0] * 11, 4)
    page = words(toms.get("/cohorts/autumn/items/labs/read-one-bucket/"))
    assert "&gt; 8" in page or "> 8" in page


def test_a_lessons_page_shows_the_sections(
    toms: Client, course: Course, learners: Learners
) -> None:
    lesson = course.lessons.get(slug="buckets")
    [one] = learners(1)
    lesson.remember_place(one, "bucket-names")
    page = words(toms.get("/cohorts/autumn/items/lessons/aws/buckets/"))
    assert "Bucket names 1" in page
    assert "1 stopped reading in it" in page


@pytest.mark.parametrize("path", ["labs/no-such-lab/", "lessons/aws/no/", "lessons/no/buckets/"])
def test_what_the_cohort_does_not_learn_is_not_there(toms: Client, path: str) -> None:
    assert toms.get(f"/cohorts/autumn/items/{path}").status_code == 404


def test_the_pages_cost_the_same_with_many_learners(
    toms: Client, lab: Lab, learners: Learners
) -> None:
    def queries() -> int:
        toms.get("/cohorts/autumn/items/")
        with CaptureQueriesContext(connection) as found:
            toms.get("/cohorts/autumn/items/")
            toms.get("/cohorts/autumn/items/labs/read-one-bucket/")
        return len(found)

    for one in learners(3):
        answered(one, lab, 0, 4)
    few = queries()
    for number in range(27):
        answered(make_user(f"M{number} More", password=None), lab, 0, 4)
    for one in User.objects.filter(name__endswith="More"):
        Cohort.objects.get().enrol(one)
    assert queries() == few
