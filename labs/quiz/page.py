"""A question as a page shows it: to be answered, or with what is said of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from labs.grading.quiz.judgement import Judgement, Part, Remark
from labs.grading.quiz.posing import Posed
from labs.quiz.models import QuizAnswer
from labs.quiz.reviewing import Queue
from labs.quiz.standing import LessonQuiz, Step
from labs.quiz.taking_back import can_be_taken_back

PICK_ONE, PICK_SEVERAL = "radio", "checkbox"


@dataclass(frozen=True, slots=True)
class Choice:
    """A part as a field of the form."""

    part: Part
    number: int
    is_chosen: bool = False
    value: str = ""  # of a box, or the number of a step


@dataclass(frozen=True, eq=False, kw_only=True)
class AskedPage:
    """What somebody is asked, as the fields of a form and as the remarks about an answer."""

    posed: Posed
    number: int  # which answer of theirs this is
    judgement: Judgement | None = None
    sent: QueryDict = field(default_factory=QueryDict)
    trouble: str = ""
    is_too_often: bool = False

    @property
    def kind(self) -> str:
        return self.posed.question.kind

    @property
    def is_text(self) -> bool:
        return self.kind in ("number", "text")

    @property
    def input_type(self) -> str:
        return PICK_SEVERAL if self.kind == "multiple" else PICK_ONE

    @cached_property
    def choices(self) -> list[Choice]:
        chosen = set(self.sent.getlist("chosen"))
        names = {"sort": "box", "order": "place"}
        name = names.get(self.kind, "")
        return [
            Choice(part, number, part.key in chosen, self.sent.get(f"{name}-{part.key}", ""))
            for number, part in enumerate(self.posed.shown.parts, start=1)
        ]

    @property
    def places(self) -> list[str]:
        return [str(choice.number) for choice in self.choices]

    @property
    def boxes(self) -> Sequence[Part]:
        return self.posed.shown.boxes

    @property
    def unit(self) -> str:
        return self.posed.shown.unit

    @property
    def typed(self) -> str:
        return self.sent.get("typed", "")

    @cached_property
    def remarks(self) -> list[Remark]:
        """In the order in which the parts were shown; an order, as it should be."""
        remarks = list(self.judgement.remarks) if self.judgement else []
        places = {choice.part.key: choice.number for choice in self.choices}
        if self.kind == "order":
            return remarks
        return sorted(remarks, key=lambda remark: places.get(remark.key, 0))

    @property
    def lines(self) -> list[tuple[Part, Remark | None]]:
        """Of the document, with what is said of the one that was marked and of the right one."""
        told = {one.key: one for one in self.remarks if one.is_chosen or not one.is_right}
        return [(part, told.get(part.key)) for part in self.posed.shown.parts]

    @property
    def is_partly(self) -> bool:
        return self.judgement is not None and 0 < self.judgement.score < 1


@dataclass(frozen=True, eq=False, kw_only=True)
class QuestionPage(AskedPage):
    quiz: LessonQuiz
    step: Step
    answer: QuizAnswer | None = None
    was_changed: bool = False
    in_review: bool = False
    queue: Queue | None = None  # of a review

    @property
    def is_counted(self) -> bool:
        """Not a try right after the reason was read."""
        return self.answer is not None and self.answer.counts

    @property
    def comes_back(self) -> bool:
        card = self.step.card
        if card is None or card.due is None:
            return False
        return self.back_in_days == 1 or not card.is_right

    @property
    def back_in_days(self) -> int:
        """0 where it does not come back, or nobody asks."""
        card = self.step.card
        return self.queue.days_until(card.due) if self.queue and card and card.due else 0

    @property
    def today(self) -> int:
        """Which card of the day this is; 0 where it was answered as practice."""
        is_practice = self.answer is not None and not self.answer.in_review
        if self.queue is None or is_practice:
            return 0
        return self.queue.done if self.judgement else self.queue.done + 1

    @property
    def of_today(self) -> int:
        return self.queue.total(self.today) if self.queue else 0

    @property
    def can_be_taken_back(self) -> bool:
        return self.answer is not None and can_be_taken_back(self.answer)

    @cached_property
    def next(self) -> Step | None:
        return self.quiz.after(self.step)

    def address(self, view: str) -> str:
        lesson = self.quiz.lesson
        return reverse(
            f"quiz:{view}", args=[lesson.course.slug, lesson.slug, self.step.asked.row.slug]
        )

    @property
    def question_url(self) -> str:
        """Where its answer is shown."""
        return f"{self.address('question')}{'?review' if self.in_review else ''}"

    @property
    def answer_url(self) -> str:
        return self.address("answer")

    @property
    def withdraw_url(self) -> str:
        return self.address("withdraw")

    @property
    def again_url(self) -> str:
        return f"{self.address('question')}?again"

    @property
    def section_url(self) -> str:
        section = self.step.asked.row.section
        anchor = f"#{section.slug}" if section and section.archived_at is None else ""
        return f"{self.quiz.lesson.get_absolute_url()}{anchor}"
