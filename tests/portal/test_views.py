from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from labs.models import State
from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from tests.rows import make_grade, make_lab, make_submission, make_user

DAY = "/day/"


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_stranger_is_shown_what_this_is_and_where_to_go_in(client: Client, db: None) -> None:
    page = text_of(client.get("/"))
    assert 'href="/accounts/signup/"' in page
    assert 'href="/accounts/login/"' in page


def test_whoever_is_signed_in_goes_to_the_day(client_of, lea: User) -> None:
    assert client_of(lea).get("/")["Location"] == DAY


def test_without_a_cohort_the_day_asks_for_a_code(client_of, db: None) -> None:
    answer = client_of(make_user("Ann")).get(DAY)
    assert answer.context["courses"] == []
    assert 'href="/accounts/join/">Enter a code' in text_of(answer)


def test_a_beginner_starts_with_the_first_lesson(client_of, lea: User, course: Course) -> None:
    page = text_of(client_of(lea).get(DAY))
    assert 'href="/learn/aws/buckets/">Start with the first lesson' in page
    assert "0 of 3" in page


def test_the_day_leads_back_to_the_heading_where_one_stopped(
    client_of, lea: User, course: Course
) -> None:
    course.lessons.get(slug="buckets").complete(lea)
    course.lessons.get(slug="security-groups").remember_place(lea, "outbound-rules")
    page = text_of(client_of(lea).get(DAY))
    assert 'href="/learn/aws/security-groups/#outbound-rules">Continue where you stopped' in page
    assert 'Security groups <span class="muted" lang="en">· Outbound rules</span>' in page
    assert "1 of 3 · 33 %" in page


def test_the_day_says_when_everything_is_done(client_of, lea: User, course: Course) -> None:
    for lesson in course.lessons.all():
        lesson.complete(lea)
    make_grade(make_submission(lea, make_lab(course, "one-bucket")), 4)
    page = text_of(client_of(lea).get(DAY))
    assert "Every lesson is complete" in page
    assert "Every lab is passed" in page
    assert "3 of 3 · 100 %" in page


def test_the_day_shows_the_next_lab_and_the_last_verdicts(
    client_of, lea: User, mia: User, course: Course
) -> None:
    first, second = make_lab(course, "first-lab"), make_lab(course, "second-lab")
    make_grade(make_submission(lea, first), 4)
    make_grade(make_submission(lea, second), 1)
    make_submission(
        lea,
        second,
        state=State.FAULTED,
        fault="Traceback: a secret of the machine",
        finished_at=timezone.now(),
    )
    make_grade(make_submission(mia, second), 3)
    answer = client_of(lea).get(DAY)
    page = text_of(answer)
    assert [told.lab for told in answer.context["verdicts"]] == [second, second, first]
    for words in (
        "Go on with a lab",
        "100 %",
        "25 %",
        "Not checked, no attempt used",
        "Not yet",
        "Passed",
    ):
        assert words in page
    assert "secret of the machine" not in page


def test_an_instructor_finds_their_cohorts_first(
    client_of, tom: User, lea: User, cohort: Cohort
) -> None:
    answer = client_of(tom).get(DAY)
    assert [(led, led.size) for led in answer.context["led"]] == [(cohort, 1)]
    page = text_of(answer)
    assert page.index("You teach") < page.index("Start with the first lesson")
    assert not client_of(lea).get(DAY).context["led"]


@pytest.mark.parametrize("labs", [1, 6])
def test_the_day_takes_as_many_queries_for_one_lab_as_for_six(
    client_of, lea: User, course: Course, labs: int, django_assert_num_queries
) -> None:
    for number in range(labs):
        make_grade(make_submission(lea, make_lab(course, f"lab-{number}")), number % 5)
    client = client_of(lea)
    client.get(DAY)
    with django_assert_num_queries(8):
        client.get(DAY)


# --- When something is wrong ----------------------------------------------------------------------


def test_a_page_that_is_not_there_helps_on(client_of, lea: User) -> None:
    answer = client_of(lea).get("/nothing/here/")
    assert (answer.status_code, answer.templates[0].name) == (404, "404.html")


def test_a_request_for_a_foreign_host_is_refused_plainly(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["portal.example"]
    answer = client.get("/", headers={"host": "evil.example"})
    assert (answer.status_code, answer.templates[0].name) == (400, "400.html")


def test_a_form_without_its_seal_is_explained(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert (answer.status_code, answer.templates[0].name) == (403, "403_csrf.html")


@pytest.mark.parametrize(
    ("error", "status"),
    [(PermissionDenied(), 403), (SuspiciousOperation(), 400), (RuntimeError("secret"), 500)],
)
def test_every_failure_has_a_page_of_ours(
    client_of, lea: User, monkeypatch, error: Exception, status: int
) -> None:
    def fail(_user: User) -> None:
        raise error

    monkeypatch.setattr("portal.views.progress_of", fail)
    client = client_of(lea)
    client.raise_request_exception = False
    answer = client.get(reverse("day"))
    assert (answer.status_code, answer.templates[0].name) == (status, f"{status}.html")
    assert "secret" not in text_of(answer)
