"""The page of one answer: what was written, what the check said, and what people said."""

from __future__ import annotations

from labs.differences import difference
from labs.models import Submission
from labs.verdicts import verdict_of
from lessons.people import User
from portal.reviews.forms import CommentForm
from portal.reviews.neighbours import Looking
from portal.reviews.talk import role_in, talk_about

ATTEMPTS_SHOWN = 50


def page_of(
    submission: Submission, looking: Looking, *, user: User, comment: CommentForm | None = None
) -> dict[str, object]:
    """`comment`: one that could not be taken; its words stay in the form."""
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
        "talk": talk_about(submission),
        "comment": comment or comment_form(submission, looking, user),
    }


def comment_form(
    submission: Submission, looking: Looking, user: User, *sent: object
) -> CommentForm:
    return CommentForm(*sent, submission=submission, author=user, role=role_in(looking.cohort))


def attempts_beside(submission: Submission) -> list[Submission]:
    """Of the same learner at the same lab, newest first."""
    rows = Submission.objects.filter(user=submission.user_id, lab=submission.lab_id)
    return list(rows.lean().select_related("lab")[:ATTEMPTS_SHOWN])
