"""What a certificate takes, who gets one, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from labs.models import Lab
from labs.quiz.models import QuizQuestion
from lessons.models import Course
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.certificates.conditions import progress_of
from portal.certificates.models import Certificate
from portal.cohorts.models import Cohort
from tests.labs.quiz.asking import ask
from tests.portal.certificates.earning import (
    FORM,
    LIST,
    check,
    hand_in,
    make_one,
    master,
    read,
    text_of,
)
from tests.rows import make_lab

# --- What it takes --------------------------------------------------------------------------------


def test_a_lesson_counts_once_it_is_checked_or_read_where_it_asks_nothing(
    lea: User, course: Course
) -> None:
    def counted() -> set[str]:
        [progress] = progress_of(lea)
        return {one.slug for one in progress.edition.lessons if one.pk in progress.lessons}

    read(lea, course, "buckets", "policies")
    assert counted() == {"policies"}
    check(lea, course)
    assert counted() == {"policies", "buckets"}


def test_the_page_says_what_is_missing_and_makes_nothing(
    client_of, lea: User, course: Course
) -> None:
    read(lea, course, "policies")
    hand_in(lea, Lab.objects.get(), points=3)
    page = text_of(client_of(lea), FORM)
    assert "1 of 3 lessons checked, 0 of 1 labs passed" in page
    assert ">Buckets</a>" in page
    assert ">Read one bucket</a>" in page
    assert ">Policies</a>" not in page
    assert client_of(lea).post(FORM, {"name": "Lea"}).status_code == 200
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("missing", ["lab", "lesson", "check"])
def test_one_thing_short_is_no_certificate(
    client_of, lea: User, course: Course, missing: str
) -> None:
    read(lea, course, "policies", *(["security-groups"] if missing != "lesson" else []))
    if missing != "check":
        check(lea, course)
    if missing != "lab":
        hand_in(lea, Lab.objects.get())
    client_of(lea).post(FORM, {"name": "Lea"})
    assert not Certificate.objects.exists()


def test_a_course_with_nothing_in_it_certifies_nothing(
    client_of, lea: User, course: Course
) -> None:
    course.lessons.update(archived_at=timezone.now())
    course.labs.update(archived_at=timezone.now())
    client_of(lea).post(FORM, {"name": "Lea"})
    assert not Certificate.objects.exists()


def test_where_nothing_is_asked_and_nothing_tried_nothing_is_certified(
    client_of, lea: User, course: Course
) -> None:
    course.labs.update(archived_at=timezone.now())
    QuizQuestion.objects.filter(course=course).update(archived_at=timezone.now())
    read(lea, course, "policies", "security-groups", "buckets")
    page = text_of(client_of(lea), FORM)
    assert "There is no certificate of this course" in page
    assert "still open" not in page
    assert FORM not in text_of(client_of(lea), LIST)
    client_of(lea).post(FORM, {"name": "Lea"})
    assert not Certificate.objects.exists()


def test_who_teaches_a_course_makes_none(client_of, tom: User, course: Course) -> None:
    master(tom, course)
    assert client_of(tom).post(FORM, {"name": "Tom"}).status_code == 404


def test_how_far_somebody_is_takes_three_queries(
    lea: User, course: Course, django_assert_num_queries: Any
) -> None:
    master(lea, course)
    lea = User.objects.get(pk=lea.pk)
    lea.enrolments_of_request = lea.enrolments()
    progress_of(lea)
    with django_assert_num_queries(3):
        [progress] = progress_of(lea)
    assert progress.holds


# --- Making it ------------------------------------------------------------------------------------


def test_whoever_mastered_the_course_makes_one_with_the_name_that_they_confirm(
    client_of, lea: User, course: Course, cohort: Cohort
) -> None:
    master(lea, course)
    assert 'value="Lea Learner"' in text_of(client_of(lea), FORM)
    one = make_one(client_of(lea), "  Léa   Quibble ")
    assert (one.name, one.title) == ("Léa Quibble", "Aws")
    assert (one.lessons, one.asking, one.labs) == (3, 1, 1)
    assert (one.cohort, one.user) == (cohort, lea)
    assert len(one.token) >= 32
    [entry] = Entry.objects.filter(what=What.CERTIFICATE)
    assert (entry.person_id, entry.cohort_id) == (lea.pk, cohort.pk)
    assert one.token not in entry.about


HIDDEN = [
    *(
        "Lea\u202eaeL",
        "Lea\x07",
        "\u2066Lea",
        "\u200b",
        "Lea\u200b",
        "Le\xada",
        "\ufeffLea",
        "\ue000",
    ),
    *("\u3164", "Lea \uffa0", "\u115f\u1160", "Lea\u0378", "\u2800", "Lea\ufe0f", "Lea\U000e0041"),
    *("\u200dLea", "Lea\u200c", "Lea \u200dBo", "Le\u200c\u200ca", "L\u034fea"),
]


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "12", ".", "\u0301", "-'-", *HIDDEN])
def test_a_name_that_is_none_is_refused(client_of, lea: User, course: Course, name: str) -> None:
    master(lea, course)
    assert client_of(lea).post(FORM, {"name": name}).status_code == 200
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "علی\u200cرضا",
        "क्\u200dषमा",
        "Nguyễn Thị Ánh",
        "王小明",
        "김철수",
        "O'Neil-Łuk",
        "J. R. 2nd",
        "e\u0301a",
    ],
)
def test_a_name_of_any_script_is_taken(client_of, lea: User, course: Course, name: str) -> None:
    master(lea, course)
    assert make_one(client_of(lea), name).name == name


def test_pressed_twice_it_is_one(client_of, lea: User, course: Course) -> None:
    master(lea, course)
    first, second = (client_of(lea).post(FORM, {"name": "Lea"}).url for _twice in range(2))
    assert first == second
    assert Certificate.objects.count() == 1


def test_it_stays_as_it_was_when_the_course_changes(client_of, lea: User, course: Course) -> None:
    master(lea, course)
    one = make_one(client_of(lea))
    Course.objects.update(title="Something else", edition="another")
    make_lab(course, "another")
    ask(course.lessons.get(slug="policies"), "causes-of-a-time-out")
    page = text_of(Client(), one.get_absolute_url())
    assert "Aws" in page
    assert "1 lab passed" in page
    assert "Something else" not in page


def test_the_list_shows_certificates_and_the_badge_of_each_module(
    client_of, lea: User, course: Course
) -> None:
    read(lea, course, "policies")
    check(lea, course)
    hand_in(lea, Lab.objects.get())
    page = text_of(client_of(lea), LIST)
    assert page.count('data-earned="yes"') == 1
    assert page.count('data-earned="no"') == 1
    assert page.index('data-earned="yes"') < page.index("Storage") < page.index('data-earned="no"')
    read(lea, course, "security-groups")
    one = make_one(client_of(lea))
    assert one.get_absolute_url() in text_of(client_of(lea), LIST)


def test_the_course_leads_there(client_of, lea: User, course: Course) -> None:
    assert f'href="{LIST}"' in text_of(client_of(lea), "/learn/aws/")
    assert f'href="{LIST}"' in text_of(client_of(lea), "/accounts/profile/")


def test_a_badge_takes_the_labs_of_its_module(lea: User, course: Course) -> None:
    read(lea, course, "policies")
    check(lea, course)
    [progress] = progress_of(lea)
    assert [badge.is_earned for badge in progress.badges] == [False, False]
    hand_in(lea, Lab.objects.get())
    [progress] = progress_of(lea)
    assert [badge.is_earned for badge in progress.badges] == [True, False]
