"""What to change, as the verdict page says it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from labs.cures import cure_rows, headline_of
from labs.findings import group
from labs.grading.report import Case, Cure, Finding, Report, Step
from labs.models import Lab, Submission
from labs.verdicts import verdict_of
from lessons.models import Course
from portal.accounts.models import User
from tests.rows import make_lab, make_submission

pytestmark = pytest.mark.django_db

TELLING = Finding("a", False, 10, "Reads a file", at=(3, 4), cases=(Case("A file is read."),))
QUIET = Finding("b", False, 10, "Writes a file", at=(3, 4))
SECRET = Finding("c", False, 10, "A secret", hidden=True)
OTHER = Finding("d", False, 10, "Something else", at=(9, 1))
STEP = Step("Narrow it.", "wide", "narrow", at=(3, 1), mends=(0, 1, 2))
REPORT = Report((TELLING, QUIET, SECRET, OTHER), cure=Cure((STEP,), complete=False))


@pytest.fixture
def submission(lea: User, course: Course) -> Submission:
    return graded(make_submission(lea, make_lab(course, "say-it")), REPORT)


def graded(submission: Submission, report: Report) -> Submission:
    submission.state = "graded"
    submission.save()
    submission.add_grade(
        points=report.earned,
        max_points=report.earnable,
        passed=report.passed,
        report=report.as_json(),
        engine_version="1",
        content_hash="1",
    )
    return submission


def test_the_headline_is_a_case_of_what_the_first_step_mends():
    loud = Finding("e", False, 90, "Loud", cases=(Case("Loud."),))
    report = Report((TELLING, loud), cure=Cure((Step("Do it.", "", "", mends=(0,)),), False))
    assert headline_of(report) is TELLING
    assert headline_of(Report((TELLING, loud))) is loud


def test_what_fails_for_the_same_reason_stands_under_the_change(submission: Submission):
    found = group(submission, REPORT, told=TELLING, reveal=False)
    assert found.cure is not None
    (step,) = found.cure.steps
    assert [row.message for row in step.findings] == ["Writes a file"]
    assert [row.message for row in found.failed] == ["Something else"]
    assert found.hidden == 1


def test_only_the_culprit_is_marked_in_the_editor(submission: Submission):
    found = group(submission, REPORT, told=TELLING, reveal=False)
    assert found.cure is not None
    assert found.told is not None
    assert found.cure.steps[0].line == 3
    assert (found.told.mark, found.cure.steps[0].findings[0].mark) == ("", "")


def test_the_change_itself_is_kept_back_until_it_is_asked_for():
    def rows(found: object) -> tuple[object, ...]:
        return ()

    kept = cure_rows(REPORT, told=None, reveal=False, shown=False, rows=rows)
    told = cure_rows(REPORT, told=None, reveal=False, shown=True, rows=rows)
    assert kept is not None
    assert told is not None
    assert (kept.steps[0].before, kept.steps[0].after, kept.offered) == ("", "", True)
    assert (told.steps[0].before, told.steps[0].after, told.offered) == ("wide", "narrow", False)


def test_a_page_begins_with_what_to_change_and_offers_the_change(
    client_of: Callable[[User], Client], submission: Submission
):
    answer = client_of(submission.user).get(submission.get_absolute_url())
    page = answer.content.decode()
    assert page.index("Narrow it.") < page.index("A file is read.")
    assert "narrow" not in page
    assert "Show me the change" in page


def test_asking_for_the_change_shows_it_and_is_noted_once(
    client_of: Callable[[User], Client], submission: Submission
):
    client, url = client_of(submission.user), reverse("labs:show_change", args=[submission.pk])
    assert client.post(url)["Location"] == f"{submission.get_absolute_url()}#verdict"
    submission.refresh_from_db()
    first = submission.change_shown_at
    assert first is not None
    answer = client.post(url, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "+ narrow" in page
    assert "Show me the change" not in page
    submission.refresh_from_db()
    assert submission.change_shown_at == first


def test_nobody_else_can_ask_for_the_change(
    client_of: Callable[[User], Client], submission: Submission, mia: User
):
    url = reverse("labs:show_change", args=[submission.pk])
    assert client_of(mia).post(url).status_code == 404
    assert client_of(submission.user).get(url).status_code == 405
    submission.refresh_from_db()
    assert submission.change_shown_at is None


def test_a_verdict_without_a_cure_says_how_many_checks_are_open(lea: User, course: Course):
    lab: Lab = make_lab(course, "say-it")
    submission = graded(make_submission(lea, lab), Report((QUIET,)))
    verdict = verdict_of(submission)
    assert verdict.findings.cure is None
    with translation.override("de"):
        assert verdict_of(submission).text
