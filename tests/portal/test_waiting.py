"""One query says whether anything waits for somebody on their day; only what does is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from labs.models import Lab
from portal.accounts.models import User
from portal.announcements.models import Announcement
from portal.cohorts.models import Cohort
from portal.reviews.models import Question
from portal.reviews.models.questions import Kind, Stage
from portal.waiting import NOTHING, waiting_for
from tests.rows import make_lab, make_user

ENROLMENTS = 1  # a request has them with its user
pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(cohort: Cohort) -> Lab:
    return make_lab(cohort.course, "one-bucket")


def test_nothing_that_waits_is_one_query(
    lea: User, cohort: Cohort, django_assert_num_queries: Any
) -> None:
    waiting_for(lea)
    with django_assert_num_queries(ENROLMENTS + 1):
        assert waiting_for(lea) == NOTHING


def test_what_waits_is_one_query_more(
    lea: User, tom: User, cohort: Cohort, lab: Lab, django_assert_num_queries: Any
) -> None:
    Announcement.objects.create(cohort=cohort, author=tom, text="Tomorrow at ten.")
    waiting_for(lea)
    with django_assert_num_queries(ENROLMENTS + 2):
        assert [one.text for one in waiting_for(lea).news] == ["Tomorrow at ten."]
    message = {"kind": Kind.MESSAGE, "stage": Stage.ANSWERED, "lab": lab}
    Question.objects.create(cohort=cohort, user=lea, **message)
    with django_assert_num_queries(ENROLMENTS + 3):
        assert len(waiting_for(lea).written) == 1


def test_who_is_in_no_course_is_asked_for_nothing(django_assert_num_queries: Any) -> None:
    zoe = make_user("Zoe")
    with django_assert_num_queries(ENROLMENTS):
        assert waiting_for(zoe) is NOTHING


def test_messages_are_for_those_whom_somebody_teaches(
    tom: User, lea: User, cohort: Cohort, lab: Lab
) -> None:
    """An instructor's own course has no crowd."""
    message = {"kind": Kind.MESSAGE, "stage": Stage.ANSWERED, "lab": lab}
    for user in (tom, lea):
        Question.objects.create(cohort=cohort, user=user, **message)
    assert len(waiting_for(lea).written) == 1
    assert waiting_for(tom).written == []
