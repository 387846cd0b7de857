"""Who needs help: why, in which order, and what can be done about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from labs.models import Lab, State
from lessons.models import Completion, Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort, DueDate, Membership, Role
from portal.guidance.attention import attention_in
from tests.rows import make_grade, make_lab, make_submission, make_user

PAGE = "/cohorts/autumn/help/"


def days(number: float) -> timedelta:
    return timedelta(days=number)


def days_ago(number: float) -> Any:
    return timezone.now() - days(number)


def here(user: User, number: float = 0) -> User:
    User.objects.filter(pk=user.pk).update(last_login=days_ago(number))
    return user


def fail(user: User, lab: Lab, times: int = 1, *, since: float = 0) -> None:
    for number in range(times):
        at = days_ago(since) + timedelta(minutes=number)
        make_grade(make_submission(user, lab, created_at=at), 1)


def due(cohort: Cohort, **target: Any) -> DueDate:
    at = days_ago(1)
    found = DueDate.objects.create(cohort=cohort, due_at=at, **target)
    cohort.renew_dates()
    return found


def told(cohort: Cohort) -> dict[str, list[str]]:
    return {str(one): [reason.words for reason in one.reasons] for one in attention_in(cohort)}


def test_whoever_failed_one_lab_three_times_is_stuck(cohort: Cohort, lea: User, lab: Lab):
    fail(here(lea), lab, 3, since=4)
    since = date_format(timezone.localtime(days_ago(4)), "DATE_FORMAT")
    assert told(cohort) == {"Lea Learner": [f"failed “Deny wins” 3 times since {since}"]}


def test_two_times_are_not_enough_and_a_pass_ends_it(
    cohort: Cohort, lea: User, mia: User, lab: Lab
):
    fail(here(lea), lab, 2)
    fail(here(mia), lab, 5)
    make_grade(make_submission(mia, lab), 4)
    assert told(cohort) == {}


def test_more_labs_are_counted_and_the_most_tried_is_named(
    cohort: Cohort, course: Course, lea: User, lab: Lab
):
    fail(here(lea), lab, 3)
    fail(lea, make_lab(course, "classic-ports"), 5)
    [words] = told(cohort)["Lea Learner"]
    assert words.startswith("failed “Classic ports” 5 times since ")
    assert words.endswith(", and one more lab")


def test_whoever_was_not_here_for_a_week_is_away(cohort: Cohort, lea: User, mia: User):
    here(lea, 8.5)
    here(mia, 6.5)
    assert told(cohort) == {"Lea Learner": ["away for 8 days"]}


def test_an_answer_or_a_lesson_is_a_sign_of_life(
    cohort: Cohort, course: Course, lea: User, mia: User, lab: Lab
):
    for one in (lea, mia):
        here(one, 30)
    fail(lea, lab)
    Completion.objects.create(user=mia, lesson=course.lessons.all()[0])
    assert told(cohort) == {}


@pytest.mark.parametrize("state", [State.QUEUED, State.CHECKING, State.FAULTED])
def test_an_answer_without_a_verdict_is_a_sign_of_life_too(
    cohort: Cohort, lea: User, lab: Lab, state: str
):
    here(lea, 30)
    make_submission(lea, lab, state=state, created_at=days_ago(8))
    assert told(cohort) == {"Lea Learner": ["away for 8 days"]}
    make_submission(lea, lab, state=state)
    assert told(cohort) == {}


def test_whoever_never_came_is_away_since_they_joined(cohort: Cohort, lea: User):
    assert told(cohort) == {}
    Membership.objects.filter(user=lea).update(joined_at=days_ago(9))
    assert told(cohort) == {"Lea Learner": ["joined 9 days ago and was never here"]}


def test_what_is_due_and_not_done_is_counted(
    cohort: Cohort, course: Course, lea: User, mia: User, lab: Lab
):
    lessons = list(course.lessons.all())
    due(cohort, lesson=lessons[0])
    due(cohort, lab=lab)
    for one in (lea, mia):
        here(one)
    Completion.objects.create(user=mia, lesson=lessons[0])
    make_grade(make_submission(mia, lab), 4)
    assert told(cohort) == {"Lea Learner": ["2 things are due and not done"]}


def test_a_module_s_date_is_that_of_all_in_it(cohort: Cohort, course: Course, lea: User, lab: Lab):
    here(lea)
    due(cohort, module=course.modules.get(slug="storage"))
    assert told(cohort) == {"Lea Learner": ["3 things are due and not done"]}


def test_whoever_has_longer_is_not_behind_yet(
    cohort: Cohort, course: Course, lea: User, mia: User, lab: Lab
):
    first, second = due(cohort, lesson=course.lessons.all()[0]), due(cohort, lab=lab)
    for one in (lea, mia):
        here(one)
    first.extend(lea, timezone.now() + days(2))
    assert told(cohort)["Lea Learner"] == ["1 thing is due and not done"]
    second.extend(lea, timezone.now() + days(2))
    assert "Lea Learner" not in told(cohort)
    make_grade(make_submission(lea, lab), 4)  # early, and counted once
    assert "Lea Learner" not in told(cohort)
    assert told(cohort)["Mia Learner"] == ["2 things are due and not done"]


def test_two_reasons_come_before_one(cohort: Cohort, lea: User, mia: User, lab: Lab):
    fail(here(mia), lab, 4)
    fail(lea, lab, 3, since=20)
    here(lea, 20)
    assert list(told(cohort)) == ["Lea Learner", "Mia Learner"]


def test_whoever_left_long_ago_does_not_hide_all_others(
    cohort: Cohort, lea: User, mia: User, lab: Lab
):
    here(lea, 700)
    fail(here(mia), lab, 12)
    assert [one.urgency for one in attention_in(cohort)] == [4, 4]


def test_those_of_another_cohort_and_other_courses_do_not_count(
    cohort: Cohort, other_cohort: Cohort, other_course: Course, lea: User, eve: User, lab: Lab
):
    fail(here(lea), make_lab(other_course, "cut-onions"), 5)
    fail(here(eve), lab, 5)
    assert told(cohort) == {}


def test_teachers_are_not_stuck(cohort: Cohort, tom: User, lab: Lab):
    fail(here(tom, 40), lab, 5)
    assert told(cohort) == {}


# --- The page -------------------------------------------------------------------------------------


def test_each_row_offers_the_next_act(toms: Client, cohort: Cohort, lea: User, lab: Lab):
    due(cohort, lab=lab)
    fail(here(lea), lab, 3)
    page = toms.get(PAGE).content.decode()
    latest = lea.submissions.first()
    assert f"/cohorts/autumn/learners/{lea.pk}/write/?lab=deny-wins" in page
    assert f"/cohorts/autumn/submissions/{latest.pk}/" in page
    assert f"/cohorts/autumn/learners/{lea.pk}/#due" in page


def test_an_assistant_is_offered_no_extension_and_no_lines(
    client_of, amy: User, cohort: Cohort, lea: User, lab: Lab
):
    due(cohort, lab=lab)
    here(lea)
    page = client_of(amy).get(PAGE).content.decode()
    assert "Lea Learner" in page
    assert "#due" not in page
    assert "Move these lines" not in page


def test_the_reasons_can_be_chosen(toms: Client, lea: User, mia: User, lab: Lab):
    fail(here(lea), lab, 3)
    here(mia, 10)
    page = toms.get(PAGE, {"why": "away"}).content.decode()
    assert ("Mia Learner" in page, "Lea Learner" in page) == (True, False)
    assert "Lea Learner" in toms.get(PAGE, {"why": "nonsense"}).content.decode()


def test_an_instructor_moves_the_lines(toms: Client, cohort: Cohort, lea: User, lab: Lab):
    fail(here(lea), lab, 3)
    answer = toms.post(
        f"{PAGE}lines/",
        {"stuck_after": 4, "away_days": 10, "behind_after": 2, "dropped_days": 5},
        follow=True,
    )
    assert "Nobody is stuck, behind or away." in answer.content.decode()
    cohort.refresh_from_db()
    assert (cohort.stuck_after, cohort.away_days, cohort.behind_after) == (4, 10, 2)
    assert cohort.dropped_days == 5


@pytest.mark.parametrize("wrong", ["0", "-1", "51", "many", ""])
def test_lines_that_make_no_sense_are_refused(toms: Client, cohort: Cohort, wrong: str):
    answer = toms.post(
        f"{PAGE}lines/",
        {"stuck_after": wrong, "away_days": 7, "behind_after": 1, "dropped_days": 7},
    )
    assert 'aria-invalid="true"' in answer.content.decode()
    cohort.refresh_from_db()
    assert cohort.stuck_after == 3


def test_a_copy_has_the_lines_too(cohort: Cohort, ada: User):
    cohort.stuck_after = 6
    cohort.save()
    assert cohort.copy("Winter", by=ada, with_team=False).stuck_after == 6


def test_the_first_page_names_the_most_urgent(toms: Client, cohort: Cohort, lab: Lab):
    for number in range(7):
        user = here(make_user(f"Lou{number} Learner"))
        cohort.enrol(user)
        fail(user, lab, 3 + number)
    assert f"{PAGE}top/" in toms.get("/cohorts/autumn/").content.decode()
    top = toms.get(f"{PAGE}top/").content.decode()
    assert ("Lou6 Learner" in top, "Lou2 Learner" in top) == (True, True)
    assert "Lou1 Learner" not in top
    assert "All who need you (7)" in top


@pytest.mark.parametrize("number", [3, 30])
def test_as_many_queries_for_three_as_for_thirty(
    toms: Client, cohort: Cohort, lab: Lab, number: int, django_assert_num_queries
):
    first = due(cohort, lab=lab)
    for one in range(number):
        user = here(make_user(f"Lou{one} Learner"), 9)
        cohort.enrol(user, role=Role.LEARNER)
        fail(user, lab, 3)
        first.extend(user, timezone.now() + days(1))
    toms.get(PAGE)
    with django_assert_num_queries(9):
        assert toms.get(PAGE).status_code == 200
