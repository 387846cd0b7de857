"""Somebody who answered the questions of some lessons, and not all of them rightly."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from labs.quiz.answering import pose, record
from labs.quiz.models import QuizAnswer, QuizCard
from labs.quiz.schedule import due_of, reviewed
from labs.quiz.sheets import Asked, Sheet, sheet_of
from lessons.models import Course
from portal.accounts.models import User


def answer_questions(user: User, course: Course, *, lessons: int, days_away: int) -> None:
    """Of the first lessons, the last one's last one wrong: it came back the day after. As the
    product does, but for the time."""
    when = timezone.now() - timedelta(days=days_away + 2)
    asked = questions_of(sheet_of(course.pk, course.edition), course, lessons)
    for number, one in enumerate(asked, start=1):
        answer(user, one, when, is_right=number < len(asked))


def questions_of(sheet: Sheet, course: Course, lessons: int) -> list[Asked]:
    first = course.lessons.live()[:lessons]
    return [one for lesson in first for one in sheet.of(lesson)]


def answer(user: User, asked: Asked, when: datetime, *, is_right: bool) -> None:
    posed = pose(user, asked, None)
    wrong = posed.body.wrong()
    given = posed.body.right() if is_right or not wrong else wrong[0]
    kept = record(user, asked, posed, given)
    QuizAnswer.objects.filter(pk=kept.pk).update(answered_at=when)
    if not kept.is_right:
        memory = reviewed(None, is_right=False, at=when)
        cards = QuizCard.objects.filter(user=user, question=asked.row)
        cards.update(memory=memory, due=due_of(memory))
