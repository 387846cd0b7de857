"""Asking and answering. What somebody is asked follows from them, the question and how often they
answered it: it is never stored before it is answered, and a page that was left open can still be
answered."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from labs.grading.quiz.judgement import Given, Judgement
from labs.grading.quiz.posing import Posed, posed, posed_anew, seed_from
from labs.quiz.checking_again import write_check
from labs.quiz.days import end_of_today
from labs.quiz.locking import lock
from labs.quiz.models import LearnerSchedule, QuizAnswer, QuizCard
from labs.quiz.schedule import due_of, reviewed
from labs.quiz.sheets import Asked
from labs.quiz.standing import quiz_of
from lessons.people import User


def seed_of(user: User, asked: Asked, number: int) -> int:
    return seed_from(f"{user.pk} {asked.row.slug} {number}")


def pose(user: User, asked: Asked, card: QuizCard | None) -> Posed:
    """As it is asked the next time; with other values than the last time, where there are."""
    number = card.answers + 1 if card else 1
    seed = seed_of(user, asked, number)
    if card is None or card.last_seed is None:
        return posed(asked.question, seed)
    return posed_anew(asked.question, seed, posed(asked.question, card.last_seed).drawn)


def pose_number(user: User, asked: Asked, card: QuizCard | None, number: int) -> Posed:
    """As it was asked when it was to be their answer of this number: a form that was sent twice,
    or is older than another tab's."""
    past = QuizAnswer.objects.filter(user=user.pk, question=asked.pk, number=number).first()
    if past is None:
        return pose(user, asked, card)
    return posed(asked.question, past.seed)


@transaction.atomic
def record(user: User, asked: Asked, one: Posed, given: Given) -> QuizAnswer:
    """The same answer to the same question, sent twice, is one. Whatever answers a card that is due
    is its review: the reasons are read afterwards."""
    lock(user.pk)
    QuizCard.objects.get_or_create(user_id=user.pk, question=asked.row)
    card = QuizCard.objects.select_for_update().get(user=user.pk, question=asked.pk)
    last = QuizAnswer.objects.filter(user=user.pk, question=asked.pk, number=card.answers).first()
    if last and last.withdrawn_at is None and (last.seed, last.given) == (one.seed, dict(given)):
        return last
    judgement = one.body.judge(given)
    # Asked with these values before: its reasons were read
    is_known = QuizAnswer.objects.filter(user=user.pk, question=asked.pk, seed=one.seed).exists()
    answer = QuizAnswer.objects.create(
        user_id=user.pk,
        question=asked.row,
        number=card.answers + 1,
        seed=one.seed,
        content_hash=asked.row.content_hash,
        given=dict(given),
        score=judgement.score,
        codes=list(judgement.codes),
        in_review=is_due(card, user) and not is_known,
        memory_before=card.memory,
        answered_at=timezone.now(),
    )
    note(card, answer)
    check_lesson(user, asked)
    return answer


def is_due(card: QuizCard, user: User) -> bool:
    """Answered once, a card of the day is no longer one."""
    return card.due is not None and card.due < end_of_today(user)


def note(card: QuizCard, answer: QuizAnswer) -> None:
    """What the answer changes about what is known."""
    card.answers, card.last_seed = answer.number, answer.seed
    if answer.counts:
        card.counted = max(card.counted, answer.score)
    if answer.in_review or (answer.counts and not answer.is_right):
        own = LearnerSchedule.objects.of(card.user_id)
        at = answer.answered_at
        memory = reviewed(card.memory, is_right=answer.is_right, at=at, own=own)
        card.memory, card.due = memory, due_of(memory)
    elif answer.counts and answer.is_right and card.memory is None:
        card.due = None  # a lab asked for it (`from_labs.py`), and it is known
    card.save()


def check_lesson(user: User, asked: Asked) -> None:
    quiz = quiz_of(asked.row.lesson, user)
    if quiz.is_enough and not quiz.is_checked:
        write_check(user.pk, asked.row.lesson)


def judgement_of(asked: Asked, answer: QuizAnswer) -> tuple[Posed, Judgement] | None:
    """An earlier answer as it is read again. None where the question is another one by now."""
    if answer.content_hash != asked.row.content_hash:
        return None
    one = posed(asked.question, answer.seed)
    given: dict[str, Any] = answer.given
    return one, one.body.judge(given)
