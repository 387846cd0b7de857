"""The page of one answer, for those who teach: what was written, what the check said, and what was
said before."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from labs.differences import difference
from labs.limits import limited
from labs.models import Submission
from labs.verdicts import verdict_of
from lessons.people import SignedInRequest
from portal.audit.models import What
from portal.audit.record import record_once
from portal.cohorts.finding import seen_cohort
from portal.cohorts.models import Cohort
from portal.reviews.finding import answers_in, find_answer
from portal.reviews.neighbours import Looking

ATTEMPTS_SHOWN = 50
PAGES_PER_MINUTE = 120  # each compares two texts; arrow keys turn pages quickly
ONE_LOOK = timedelta(hours=1)  # whoever comes back within it looks still


@require_GET
@limited("review", per_minute=PAGES_PER_MINUTE)
def submission_detail(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    submission = find_answer(cohort, pk)
    note_look(cohort, submission)
    looking = Looking.from_get(cohort, request.GET)
    context = page_of(submission, looking)
    return render(request, "portal/reviews/submission_detail.html", context)


def note_look(cohort: Cohort, submission: Submission) -> None:
    about = f"{cohort.slug}: submission {submission.pk}"
    whose = {"person": submission.user, "cohort": cohort}
    record_once(What.LOOKED, within=ONE_LOOK, about=about, **whose)


def page_of(submission: Submission, looking: Looking) -> dict[str, object]:
    previous = submission.previous
    return {
        "cohort": looking.cohort,
        "submission": submission,
        "looking": looking,
        "lists": looking.lists(submission),
        "as_learner_url": looking.url(submission.pk, everything=False),
        "everything_url": looking.url(submission.pk, everything=True),
        "newer": looking.newer(submission),
        "older": looking.older(submission),
        "verdict": verdict_of(submission, reveal=looking.everything),
        "grades": submission.grades.select_related("author").without_reports(),
        "previous": previous,
        "difference": difference(previous.text, submission.text) if previous else [],
        "attempts": attempts_beside(submission),
    }


def attempts_beside(submission: Submission) -> list[Submission]:
    """Of the same learner at the same lab, newest first."""
    rows = Submission.objects.filter(user=submission.user_id, lab=submission.lab_id)
    return list(rows.lean().select_related("lab")[:ATTEMPTS_SHOWN])


@require_GET
def latest_submission(request: SignedInRequest, slug: str, learner: int, lab: str) -> HttpResponse:
    """From a cell of the grid to the last answer behind it."""
    cohort = seen_cohort(request, slug)
    rows = answers_in(cohort).filter(user=learner, lab__slug=lab)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return redirect("submission_detail", slug, found)
