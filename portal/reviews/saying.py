"""Something is said: written down, its question moved on, and whoever it is said to told by
mail."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from labs.models import Submission
from lessons.models import Lesson
from lessons.people import SignedInRequest
from portal.cohorts.models import Cohort
from portal.reviews.mails import notice_of_decision, notices_about, post
from portal.reviews.models import Comment, Kind, Question, Stage


def hold_back_others(cohort: Cohort, learner: int) -> None:
    """Until the transaction ends nobody else says something to them, or they to anybody: of two
    forms that say the same, sent at the same moment, the second finds what the first one wrote."""
    learns = cohort.memberships.filter(user=learner)
    list(learns.select_for_update(no_key=True).values_list("pk"))


@transaction.atomic
def say_about(
    submission: Submission, words: dict[str, Any], *, cohort: Cohort, request: HttpRequest
) -> Comment:
    """Where the learner asked about this answer, it is said to that question as well. Once, also
    where the form was sent twice."""
    hold_back_others(cohort, submission.user_id)
    if twin := Comment.objects.filter(submission=submission.pk).just_said(**words):
        return twin
    question = Question.objects.about(submission).heard().going_on().first()
    return say(submission, question, words, cohort=cohort, request=request)


@transaction.atomic
def say_to(question: Question, words: dict[str, Any], *, request: HttpRequest) -> Comment:
    """Once, as above."""
    cohort = question.cohort
    hold_back_others(cohort, question.user_id)
    if twin := Comment.objects.filter(question=question.pk).just_said(**words):
        return twin
    return say(question.submission, question, words, cohort=cohort, request=request)


def say(
    submission: Submission | None,
    question: Question | None,
    words: dict[str, Any],
    *,
    cohort: Cohort,
    request: HttpRequest,
) -> Comment:
    comment = Comment.objects.write(submission, question=question, **words)
    if question:
        question.hear(comment.role)
    post(notices_about(comment, cohort), request)
    return comment


@transaction.atomic
def ask(
    request: SignedInRequest,
    cohort: Cohort,
    thing: Any,
    words: dict[str, Any],
    *,
    kind: str = Kind.QUESTION,
    submission: Submission | None = None,
) -> Question:
    """About a lesson, or a lab with an attempt at it."""
    about = {"lesson": thing} if isinstance(thing, Lesson) else {"lab": thing}
    question = Question.objects.create(
        user_id=request.user.pk, cohort=cohort, kind=kind, submission=submission, **about
    )
    say(submission, question, words, cohort=cohort, request=request)
    return question


@transaction.atomic
def begin_message(
    request: HttpRequest,
    cohort: Cohort,
    learner: Any,
    words: dict[str, Any],
    *,
    submission: Submission | None = None,
) -> Question:
    """To one learner, about an answer of theirs or about nothing in particular. What is answered to
    it comes to whoever wrote it."""
    question = Question.objects.create(
        user=learner,
        cohort=cohort,
        kind=Kind.MESSAGE,
        stage=Stage.ANSWERED,
        assignee_id=words["author"].pk,
        lab=submission.lab if submission else None,
        submission=submission,
    )
    say(submission, question, words, cohort=cohort, request=request)
    return question


@transaction.atomic
def tell_decision(submission: Submission, cohort: Cohort, *, request: HttpRequest) -> None:
    """Whoever asked for a second look at the verdict has it now."""
    Question.objects.about(submission).answer_second_looks()
    post([notice_of_decision(submission, cohort)], request)
