"""How far somebody is with a lesson: read, checked (they know what it asks), mastered (its labs are
passed, too). It is what rows say that exist anyway, and is stored nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import IntegerField, QuerySet, Value
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from labs.lab_state import LabState
from labs.models import Lab
from labs.progress import OwnLab, with_progress
from labs.quiz.models import LessonCheck, QuizCard
from labs.quiz.sheets import sheet_of
from labs.shelves import shelf_of
from lessons.compiled import Compiled
from lessons.models import Lesson
from lessons.people import CLICK, MASTERED, Needed, User
from lessons.templatetags.pieces import kept

ANSWERED, CHECK = range(2)


class Stage(StrEnum):
    NEW, READ, CHECKED, MASTERED = "new", "read", "checked", "mastered"


def stage_of(*, is_read: bool, is_checked: bool, labs: int, passed: int) -> Stage:
    """`labs` are those at home in the lesson; where there are none, it can be checked at most."""
    if is_checked:
        return Stage.MASTERED if labs and passed == labs else Stage.CHECKED
    return Stage.READ if is_read else Stage.NEW


def reaches(rule: str, *, is_checked: bool, asks: bool, labs: int, passed: int) -> bool:
    """Whether a lesson is complete by `rule` without a press, or a press may complete it. Nobody
    needs what a lesson does not have."""
    if rule == CLICK:
        return True
    return (is_checked or not asks) and (rule != MASTERED or passed == labs)


def sign(stage: Stage) -> SafeString:
    return kept("labs/_stage.html", stage=stage) if stage is not Stage.NEW else SafeString("")


@dataclass(frozen=True, eq=False)
class LessonStanding:
    """One learner with one lesson. `rule` is what completes it for them."""

    lesson: Lesson
    user: User
    rule: str = CLICK

    @cached_property
    def labs(self) -> list[OwnLab]:
        """One query, none where there is no lab."""
        shelf = shelf_of(self.lesson.course_id, self.lesson.course.edition)
        return with_progress(shelf.by_home.get(self.lesson.pk, ()), self.user)

    @cached_property
    def passed(self) -> int:
        return sum(own.state is LabState.PASSED for own in self.labs)

    @cached_property
    def questions(self) -> tuple[int, ...]:
        """Their keys. No query."""
        sheet = sheet_of(self.lesson.course_id, self.lesson.course.edition)
        return tuple(asked.pk for asked in sheet.of(self.lesson))

    @cached_property
    def known(self) -> list[int]:
        """ANSWERED for each question that was, CHECK where the lesson is checked. One query, none
        where nothing is asked."""
        keys = list(self.questions)
        return KNOWN.rows(user=self.user.pk, lesson=self.lesson.pk, questions=keys)

    @property
    def facts(self) -> dict[str, Any]:
        labs = {"labs": len(self.labs), "passed": self.passed}
        return {"is_checked": CHECK in self.known} | labs

    def stage(self, *, is_read: bool) -> Stage:
        return stage_of(is_read=is_read, **self.facts)

    def sign(self, *, is_read: bool) -> SafeString:
        """Where a press completes the lesson, its questions say by themselves that it is checked,
        once one has read as far: the page costs no query for it."""
        if self.rule == CLICK:
            return sign(Stage.READ if is_read else Stage.NEW)
        return sign(self.stage(is_read=is_read))

    @property
    def needed(self) -> Needed | None:
        if self.rule == CLICK or reaches(self.rule, asks=bool(self.questions), **self.facts):
            return None
        wants_labs = self.rule == MASTERED and self.passed < len(self.labs)
        if CHECK in self.known or not self.questions:
            return Needed(self.words_for_labs, _("To the labs"), "lesson-labs")
        words = self.words_for_both if wants_labs else self.words_for_questions
        return Needed(words, _("To the questions"), "quiz")

    @property
    def numbers(self) -> dict[str, int]:
        return {
            "answered": self.known.count(ANSWERED),
            "total": len(self.questions),
            "passed": self.passed,
            "labs": len(self.labs),
        }

    @property
    def words_for_questions(self) -> str:
        words = _(
            "This lesson is complete when its questions are checked: "
            "%(answered)d of %(total)d answered."
        )
        return words % self.numbers

    @property
    def words_for_labs(self) -> str:
        words = _(
            "This lesson is complete when its labs are passed: %(passed)d of %(labs)d so far."
        )
        return words % self.numbers

    @property
    def words_for_both(self) -> str:
        words = _(
            "This lesson is complete when its questions are checked (%(answered)d of %(total)d "
            "answered) and its labs are passed (%(passed)d of %(labs)d)."
        )
        return words % self.numbers


def known(user: int, lesson: int, questions: list[int]) -> QuerySet[Any, int]:
    cards = QuizCard.objects.filter(user=user, question__in=questions, answers__gt=0)
    checks = LessonCheck.objects.filter(user=user, lesson=lesson)
    return told(cards, ANSWERED).union(told(checks, CHECK), all=True)


def told(rows: QuerySet[Any, Any], tells: int) -> QuerySet[Any, int]:
    what = Value(tells, output_field=IntegerField())
    found: QuerySet[Any, int] = rows.annotate(tells=what).values_list("tells", flat=True)
    return found


KNOWN = Compiled(known, user=-1, lesson=-2, questions=[-3])


# --- All lessons of a course ----------------------------------------------------------------------


def stages_in(
    course: tuple[int, str],
    *,
    read: frozenset[int],
    checked: frozenset[int],
    states: Mapping[int, LabState],
) -> dict[int, Stage]:
    """Lesson pk → how far, of those that are anywhere. `course` is its key and edition; `states`
    are those of labs. No query."""
    by_home = shelf_of(*course).by_home
    found = dict.fromkeys(read, Stage.READ)
    for lesson in checked:
        labs = by_home.get(lesson, ())
        passed = number_passed(labs, states)
        found[lesson] = stage_of(is_read=True, is_checked=True, labs=len(labs), passed=passed)
    return found


def number_passed(labs: tuple[Lab, ...], states: Mapping[int, LabState]) -> int:
    return sum(states.get(lab.pk) is LabState.PASSED for lab in labs)


def checks_of(users: Collection[int], lessons: Collection[Lesson]) -> dict[int, set[int]]:
    """User id → the lessons that they checked. One query."""
    rows = LessonCheck.objects.filter(user__in=users, lesson__in=[one.pk for one in lessons])
    found: dict[int, set[int]] = {}
    for user, lesson in rows.values_list("user_id", "lesson_id"):
        found.setdefault(user, set()).add(lesson)
    return found


def homes_of(lessons: Iterable[Lesson]) -> dict[int, tuple[Lab, ...]]:
    """The labs that are at home in each of them. No query."""
    return {
        one.pk: shelf_of(one.course_id, one.course.edition).by_home.get(one.pk, ())
        for one in lessons
    }


def checked_by(user: User) -> frozenset[int]:
    """The lessons that somebody checked. One query."""
    return frozenset(CHECKED.rows(user=user.pk))


CHECKED = Compiled(
    lambda user: LessonCheck.objects.filter(user=user).values_list("lesson_id", flat=True), user=-1
)
