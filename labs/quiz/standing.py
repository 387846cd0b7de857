"""How somebody stands with the questions of lessons: what they answered, what of it counts, and
whether the lesson is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from labs.quiz.models import ENOUGH, NEARLY, LessonCheck, QuizCard
from labs.quiz.sheets import Asked, sheet_of
from lessons.models import Lesson
from lessons.people import User


class Mark(StrEnum):
    OPEN, RIGHT, WRONG = "open", "right", "wrong"


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A question as one of its lesson's."""

    number: int
    asked: Asked
    card: QuizCard | None

    @property
    def mark(self) -> Mark:
        if self.card is None or self.card.last_seed is None:
            return Mark.OPEN
        return Mark.RIGHT if self.card.is_right else Mark.WRONG

    @property
    def is_open(self) -> bool:
        return self.mark is Mark.OPEN

    @property
    def counted(self) -> float:
        return self.card.counted if self.card else 0.0


@dataclass(frozen=True, eq=False)
class LessonQuiz:
    """The questions of one lesson and what one learner made of them."""

    lesson: Lesson
    steps: tuple[Step, ...]
    is_checked: bool

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def answered(self) -> int:
        return sum(not step.is_open for step in self.steps)

    @property
    def right(self) -> int:
        return sum(step.mark is Mark.RIGHT for step in self.steps)

    @property
    def is_done(self) -> bool:
        return self.answered == self.total

    @property
    def known(self) -> float:
        return sum(step.counted for step in self.steps)

    @property
    def percent(self) -> int:
        """Of what can be known; 79.9 is not 80."""
        return int(100 * self.known / self.total + NEARLY)

    @property
    def is_enough(self) -> bool:
        return self.is_done and self.known >= ENOUGH * self.total - NEARLY

    @property
    def next(self) -> Step | None:
        """The first that is open."""
        return next((step for step in self.steps if step.is_open), None)

    def after(self, step: Step) -> Step | None:
        """The next one that is open, from this one on and around."""
        order = (*self.steps[step.number :], *self.steps[: step.number])
        return next((one for one in order if one.is_open), None)

    def step_of(self, asked: Asked) -> Step:
        return next(step for step in self.steps if step.asked.pk == asked.pk)


def quiz_of(lesson: Lesson, user: User) -> LessonQuiz:
    """Two queries; none where a lesson has no questions. The lesson's course is loaded."""
    asked = sheet_of(lesson.course_id, lesson.course.edition).of(lesson)
    if not asked:
        return LessonQuiz(lesson, (), is_checked=False)
    cards = {
        card.question_id: card
        for card in QuizCard.objects.filter(user=user.pk, question__in=[one.pk for one in asked])
    }
    is_checked = LessonCheck.objects.filter(user=user.pk, lesson=lesson.pk).exists()
    return LessonQuiz(lesson, steps_of(asked, cards), is_checked)


def steps_of(asked: Iterable[Asked], cards: Mapping[int, QuizCard]) -> tuple[Step, ...]:
    return tuple(Step(number, one, cards.get(one.pk)) for number, one in enumerate(asked, start=1))
