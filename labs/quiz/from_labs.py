"""What was wrong in a lab comes back as a small question about the same: one for each code, the day
after, unless one of that code comes back already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from labs.models import Effort, Mistake, Submission
from labs.quiz.models import QuizCard
from labs.quiz.sheets import Asked, Sheet, sheet_of
from lessons.compiled import Compiled
from lessons.inserts import CompiledInsert

A_DAY = timedelta(days=1)


def bring_back(submission: Submission) -> None:
    """Of an answer that failed, after its verdict was written. Four queries at most, none of them
    for an answer that passed."""
    if submission.passed or submission.grade_id is None:
        return
    codes = codes_of(submission)
    if asked := asked_about(codes, sheet_of_lab(submission)) if codes else {}:
        cards = cards_of(submission.user_id, asked)
        write(submission.user_id, list(to_ask(asked, cards)), cards, timezone.now() + A_DAY)


def codes_of(submission: Submission) -> list[str]:
    """None where a later answer says more, or the lab was passed before: an old one was only
    checked again."""
    about = {"user": submission.user_id, "lab": submission.lab_id, "submission": submission.pk}
    return list(dict.fromkeys(MADE.rows(**about)))


def made(user: int, lab: int, submission: int) -> QuerySet[Mistake, str]:
    latest = Effort.objects.open().filter(user=user, lab=lab)
    mistakes = Mistake.objects.filter(submission=submission, submission__in=latest.values("latest"))
    return mistakes.order_by("pk").values_list("code", flat=True)


MADE = Compiled(made, user=-1, lab=-2, submission=-3)


def sheet_of_lab(submission: Submission) -> Sheet:
    course = submission.lab.course
    return sheet_of(course.pk, course.edition)


def asked_about(codes: Iterable[str], sheet: Sheet) -> dict[str, tuple[Asked, ...]]:
    return {code: sheet.by_code[code] for code in codes if code in sheet.by_code}


def cards_of(user: int, asked: Mapping[str, Collection[Asked]]) -> dict[int, QuizCard]:
    keys = list({one.pk for some in asked.values() for one in some})
    return {one.question_id: one for one in CARDS.rows(user=user, questions=keys)}


CARDS = Compiled(
    lambda user, questions: QuizCard.objects.filter(user=user, question__in=questions),
    user=-1,
    questions=[-2],
)


def to_ask(
    asked: Mapping[str, Collection[Asked]], cards: Mapping[int, QuizCard]
) -> Iterator[Asked]:
    """For each code the one that is known least."""
    taken: set[int] = {pk for pk, card in cards.items() if card.due}
    for some in asked.values():
        if not taken.intersection(one.pk for one in some):
            one = min(some, key=lambda one: cards[one.pk].counted if one.pk in cards else 0)
            taken.add(one.pk)
            yield one


def write(user: int, asked: list[Asked], cards: Mapping[int, QuizCard], due: datetime) -> None:
    known = [cards[one.pk].pk for one in asked if one.pk in cards]
    if known:
        QuizCard.objects.filter(pk__in=known, due=None).update(due=due)
    fresh = [
        QuizCard(user_id=user, question=one.row, due=due) for one in asked if one.pk not in cards
    ]
    NEW_CARDS.run(*fresh)


NEW_CARDS = CompiledInsert(QuizCard, ignore_conflicts=True)
