"""A slip: an answer of a review is taken back, and its card is as it was. The row of the answer
stays, and its number is nobody else's: the question comes anew, with other values."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from labs.quiz.models import QuizAnswer, QuizCard
from labs.quiz.schedule import due_of
from labs.quiz.sheets import Asked
from lessons.people import User

LONG_ENOUGH = timedelta(minutes=10)


def can_be_taken_back(answer: QuizAnswer) -> bool:
    """Nobody slips into the right one."""
    is_fresh = answer.answered_at > timezone.now() - LONG_ENOUGH
    return answer.in_review and not answer.is_right and not answer.withdrawn_at and is_fresh


@transaction.atomic
def take_back(user: User, asked: Asked, number: int) -> bool:
    """The last answer to the question, if this is its number. Asked twice, it is done once."""
    mine = {"user": user.pk, "question": asked.pk}
    card = QuizCard.objects.select_for_update().filter(**mine).first()
    answers = list(QuizAnswer.objects.filter(**mine).order_by("number"))
    if card is None or not answers or answers[-1].number != number:
        return False
    last = answers[-1]
    if last.withdrawn_at:
        return True
    if not can_be_taken_back(last):
        return False
    last.withdrawn_at = timezone.now()
    last.save(update_fields=["withdrawn_at"])
    put_back(card, last, [one for one in answers if not one.withdrawn_at])
    return True


def put_back(card: QuizCard, taken: QuizAnswer, left: list[QuizAnswer]) -> None:
    """As if the answer had not been given: due as it was, which was today. What was asked stays
    the last that was: the next time it is something else."""
    counting = [one.score for one in left if one.counts]
    card.counted = max(counting, default=0)
    card.last_seed = taken.seed if left else None
    card.memory = taken.memory_before
    card.due = due_of(card.memory) if card.memory else taken.answered_at
    card.save()
