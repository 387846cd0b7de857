from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lessons.models import Course
from portal.accounts.backend import Backend
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort, Invitation, Role
from tests.rows import make_user


def test_an_instructor_leads_only_the_cohorts_they_teach(
    cohort: Cohort, tom: User, ida: User, lea: User
) -> None:
    assert list(Cohort.objects.led_by(tom)) == [cohort]
    assert cohort not in Cohort.objects.led_by(ida)
    assert list(Cohort.objects.led_by(lea)) == []


def test_an_assistant_sees_a_cohort_and_leads_none(cohort: Cohort, amy: User, tom: User) -> None:
    assert list(Cohort.objects.seen_by(amy)) == list(Cohort.objects.seen_by(tom)) == [cohort]
    assert list(Cohort.objects.led_by(amy)) == []
    assert [one.is_led for user in (amy, tom) for one in Cohort.objects.seen_by(user)] == [
        False,
        True,
    ]


def test_a_cohort_knows_its_people_by_what_they_do_there(
    cohort: Cohort, ida: User, lea: User, amy: User, tom: User
) -> None:
    cohort.enrol(ida)
    assert set(cohort.learners) == {ida, lea}
    assert list(cohort.instructors) == [tom]
    assert list(cohort.teachers) == [amy, tom]


def test_an_administrator_leads_every_cohort_and_teaches_every_course(
    cohort: Cohort, other_cohort: Cohort, ada: User, course: Course, other_course: Course
) -> None:
    assert list(Cohort.objects.led_by(ada)) == [cohort, other_cohort]
    assert list(Cohort.objects.taught_by(ada)) == []
    assert ada.course_keys() == [course.pk, other_course.pk]
    assert ada.leads
    assert ada.teaches(course.pk)


def test_an_assistant_reads_the_course_as_one_who_teaches_it(amy: User, course: Course) -> None:
    assert (amy.leads, amy.teaches(course.pk), amy.crowd(course.pk)) == (True, True, 0)


def test_a_cohort_has_the_course_it_was_made_with(cohort: Cohort, course: Course) -> None:
    assert list(cohort.courses.all()) == [course]


def test_a_cohort_may_have_several_courses(
    cohort: Cohort, lea: User, course: Course, other_course: Course
) -> None:
    cohort.choose([other_course, course])
    assert cohort.course == course
    assert lea.course_keys() == [course.pk, other_course.pk]
    cohort.choose([other_course])
    cohort.refresh_from_db()
    assert cohort.course == other_course
    assert lea.course_keys() == [other_course.pk]


@pytest.fixture
def spring(course: Course, lea: User) -> Cohort:
    """lea learns the same course in it, and came there later."""
    spring = Cohort.objects.create(name="Spring", slug="spring", course=course)
    spring.enrol(lea)
    return spring


def crowds(user: User, course: Course) -> list[int]:
    """As a row says, and as a request does."""
    asking = Backend().get_user(user.pk)
    assert asking
    return [user.crowd(course.pk), asking.crowd(course.pk)]


def test_whoever_learns_a_course_twice_learns_it_where_they_came_last(
    lea: User, spring: Cohort, course: Course
) -> None:
    assert crowds(lea, course) == [spring.pk, spring.pk]


def test_whoever_learns_a_course_twice_learns_it_in_the_cohort_that_is_not_archived(
    lea: User, cohort: Cohort, spring: Cohort, course: Course
) -> None:
    spring.archive()
    assert crowds(lea, course) == [cohort.pk, cohort.pk]
    cohort.archive()
    assert crowds(lea, course) == [spring.pk, spring.pk]


def test_cohorts_of_a_learner_come_in_the_same_order(
    lea: User, cohort: Cohort, spring: Cohort
) -> None:
    assert list(Cohort.objects.learnt_in_by(lea.pk)) == [spring, cohort]
    spring.archive()
    assert list(Cohort.objects.learnt_in_by(lea.pk)) == [cohort, spring]


def test_a_membership_that_ends_is_remembered_and_opens_nothing(
    cohort: Cohort, lea: User, course: Course
) -> None:
    membership = lea.memberships.get()
    joined_at = membership.joined_at
    membership.end()
    assert lea.course_keys() == []
    [past] = lea.past_memberships.all()
    assert (past.cohort, past.role, past.joined_at) == (cohort, Role.LEARNER, joined_at)
    assert Entry.objects.get(what=What.LEFT).cohort == cohort


def test_enrolling_twice_keeps_one_membership_and_its_role(cohort: Cohort, tom: User) -> None:
    cohort.enrol(tom, role=Role.LEARNER)
    assert [m.role for m in cohort.memberships.filter(user=tom)] == [Role.INSTRUCTOR]


def test_a_redeemed_invitation_enrols_and_takes_one_place(cohort: Cohort) -> None:
    invitation = Invitation.objects.create(cohort=cohort, uses=2)
    ann = make_user("Ann")
    assert invitation.redeem(ann) is True
    invitation.refresh_from_db()
    assert (invitation.used, ann.memberships.get().role) == (1, Role.LEARNER)


def test_redeeming_again_takes_no_second_place(cohort: Cohort, lea: User) -> None:
    invitation = Invitation.objects.create(cohort=cohort, uses=1)
    assert invitation.redeem(lea) is True
    invitation.refresh_from_db()
    assert invitation.used == 0


@pytest.mark.parametrize("fields", [{"uses": 0}, {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}])
def test_a_used_up_or_expired_invitation_enrols_nobody(cohort: Cohort, fields: dict) -> None:
    invitation = Invitation.objects.create(cohort=cohort, **fields)
    ann = make_user("Ann")
    assert invitation.redeem(ann) is False
    assert not ann.memberships.exists()
