"""A verdict is rendered once for everybody who may see it, and never shown to anybody else."""

from __future__ import annotations

import pytest

from labs import kept_verdicts
from labs.models import Grade, Submission
from labs.retention import abridge
from labs.tasks import check
from lessons.editions import new_edition
from lessons.models import Course, Section
from tests.rows import make_submission

GONE = "what it showed beyond them is gone"


@pytest.fixture
def failed(lea, lab) -> Submission:
    submission = make_submission(lea, lab, "allow")
    check(submission.pk)
    return submission


def verdict(client, submission: Submission) -> str:
    return client.get(f"/labs/attempts/{submission.pk}/verdict/").content.decode()


def test_a_verdict_is_rendered_once(failed, lea, client_of):
    first = verdict(client_of(lea), failed)
    kept = dict(kept_verdicts.pages)
    assert kept
    assert verdict(client_of(lea), failed) == first
    assert kept_verdicts.pages == kept


def test_what_is_kept_is_shown_to_nobody_else(failed, lea, mia, client_of):
    verdict(client_of(lea), failed)
    assert client_of(mia).get(f"/labs/attempts/{failed.pk}/verdict/").status_code == 404


def test_what_time_took_away_is_shown_no_more(failed, lea, tom, cohort, client_of):
    """An engine's words may quote what somebody wrote."""
    address = f"/cohorts/{cohort.slug}/submissions/{failed.pk}/"
    assert GONE not in client_of(tom).get(address).content.decode()
    grade = Grade.objects.get()
    abridge(grade)
    assert GONE in client_of(tom).get(address).content.decode()
    message = grade.read_report().findings[0].message
    assert message in client_of(tom).get(address).content.decode()
    Grade.objects.update(report={"findings": []})
    assert message not in client_of(tom).get(address).content.decode()


def test_each_language_has_its_own(failed, lea, client_of):
    english = verdict(client_of(lea), failed)
    lea.language = "de"
    lea.save()
    german = verdict(client_of(lea), failed)
    assert ("Not yet" in english, "Not yet" in german) == (True, False)


def test_a_section_that_was_renamed_is_named_anew(failed, lea, client_of):
    verdict(client_of(lea), failed)
    Section.objects.filter(slug="policy-structure").update(title="Called otherwise")
    Course.objects.update(edition=new_edition())
    assert "Called otherwise" in verdict(client_of(lea), failed)


def test_a_new_grade_is_another_verdict(failed, lea, client_of):
    verdict(client_of(lea), failed)
    Submission.objects.filter(pk=failed.pk).update(text="allow read", state="queued", tries=0)
    check(failed.pk)
    assert "Every check passes." in verdict(client_of(lea), failed)


def test_no_more_than_a_few_hundred_are_kept():
    for number in range(kept_verdicts.MOST + 10):
        kept_verdicts.kept((number,), str)
    assert len(kept_verdicts.pages) == kept_verdicts.MOST
    assert (0,) not in kept_verdicts.pages
