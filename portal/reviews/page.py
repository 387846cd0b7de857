"""The page of one answer: what was written, what the check said, and what people said."""

from __future__ import annotations

from django import forms

from labs.differences import difference
from labs.models import Submission
from labs.models.overrides import DECIDABLE
from labs.verdicts import verdict_of
from lessons.people import User
from portal.cohorts.models import Role
from portal.reviews.forms import CommentForm
from portal.reviews.models import Question
from portal.reviews.neighbours import Looking
from portal.reviews.override_forms import OverrideForm, WithdrawForm
from portal.reviews.talk import role_in, talk_about

ATTEMPTS_SHOWN = 50
PAGE = "portal/reviews/submission_detail.html"


def page_of(
    submission: Submission, looking: Looking, *, user: User, **sent: forms.Form
) -> dict[str, object]:
    """`sent`: a form that could not be taken; its words stay in it."""
    return {
        "cohort": looking.cohort,
        "submission": submission,
        "looking": looking,
        "newer": looking.newer(submission),
        "older": looking.older(submission),
        "verdict": verdict_of(submission, reveal=looking.everything),
        "grades": submission.grades.select_related("author").without_reports(),
        "attempts": attempts_beside(submission),
        "talk": talk_about(submission),
        "questions": Question.objects.in_cohort(looking.cohort).about(submission),
        **links_of(submission, looking),
        **difference_of(submission),
        **forms_of(submission, looking, user),
        **sent,
    }


def links_of(submission: Submission, looking: Looking) -> dict[str, object]:
    return {
        "lists": looking.lists(submission),
        "as_learner_url": looking.url(submission.pk, everything=False),
        "everything_url": looking.url(submission.pk, everything=True),
    }


def difference_of(submission: Submission) -> dict[str, object]:
    previous = submission.previous
    lines = difference(previous.text, submission.text) if previous else []
    return {"previous": previous, "difference": lines}


def forms_of(submission: Submission, looking: Looking, user: User) -> dict[str, object]:
    """Whoever only assists comments; instructors decide, too."""
    found: dict[str, object] = {"comment": comment_form(submission, looking, user)}
    if role_in(looking.cohort) != Role.INSTRUCTOR or submission.state not in DECIDABLE:
        return found
    if submission.is_overridden:
        found["withdraw"] = WithdrawForm(submission=submission)
    return found | {"override": OverrideForm(submission=submission)}


def comment_form(
    submission: Submission, looking: Looking, user: User, *sent: object
) -> CommentForm:
    return CommentForm(*sent, submission=submission, author=user, role=role_in(looking.cohort))


def attempts_beside(submission: Submission) -> list[Submission]:
    """Of the same learner at the same lab, newest first."""
    rows = Submission.objects.filter(user=submission.user_id, lab=submission.lab_id)
    return list(rows.lean().select_related("lab")[:ATTEMPTS_SHOWN])
