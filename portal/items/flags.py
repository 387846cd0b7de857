"""What an instructor should look at, and why, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

from django.utils.translation import gettext as _

EVERYBODY = 95  # percent who pass with their first answer
HARDLY = 30  # percent who pass at all
MANY_LOOK = 30  # percent who look at the model answer
MANY_TRIES = 5


class Figures(Protocol):
    """`portal.items.lab_figures.LabFigures`"""

    @property
    def tried(self) -> int: ...
    @property
    def tries(self) -> float | None: ...
    @property
    def discrimination(self) -> float | None: ...
    @property
    def solutions(self) -> int: ...
    @property
    def facility(self) -> int | None: ...
    @property
    def passed_percent(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Flag:
    tone: str  # of its badge
    label: str
    words: str


def lab_flags(figures: Figures) -> list[Flag]:
    return list(found(figures))


def found(figures: Figures) -> Iterator[Flag]:
    if (figures.facility or 0) >= EVERYBODY:
        yield everybody_passes()
    if (figures.passed_percent or 0) < HARDLY:
        yield hardly_anybody()
    if figures.discrimination is not None and figures.discrimination < by_chance(figures.tried):
        yield good_learners_fail()
    if (figures.tries or 0) >= MANY_TRIES:
        yield many_tries()
    if 100 * figures.solutions >= MANY_LOOK * figures.tried:
        yield many_look()


class QuestionFigures(Protocol):
    """`portal.items.question_figures.QuestionFigures`"""

    @property
    def answered(self) -> int: ...
    @property
    def discrimination(self) -> float | None: ...
    @property
    def facility(self) -> int | None: ...


def question_flags(figures: QuestionFigures) -> list[Flag]:
    flags = []
    if (figures.facility or 0) >= EVERYBODY:
        words = _("Nearly everybody is right at first: it tells nobody anything new.")
        flags.append(Flag("info", _("Everybody knows it"), words))
    if (figures.facility or 0) < HARDLY:
        words = _(
            "Most are wrong at first: something is missing in the lesson, or in the question."
        )
        flags.append(Flag("bad", _("Hardly anybody knows it"), words))
    if figures.discrimination is not None and figures.discrimination < by_chance(figures.answered):
        words = _(
            "Those who know the others are wrong here more often: read the question once more."
        )
        flags.append(Flag("bad", _("Good learners fail"), words))
    return flags


def by_chance(learners: int) -> float:
    """Where nothing hangs together, one lab in forty lies below: two standard errors of a
    correlation of 0."""
    return -2 / sqrt(learners)


def everybody_passes() -> Flag:
    words = _("Nearly everybody passes with the first answer: it tells nobody anything new.")
    return Flag("info", _("Everybody passes"), words)


def hardly_anybody() -> Flag:
    words = _("Most who try do not pass: something is missing in the lessons, or in the task.")
    return Flag("bad", _("Hardly anybody passes"), words)


def good_learners_fail() -> Flag:
    words = _(
        "Those who do well elsewhere fail here more often than others: read the task once more."
    )
    return Flag("bad", _("Good learners fail"), words)


def many_tries() -> Flag:
    words = _("Half of those who pass need five tries or more.")
    return Flag("warn", _("Many tries"), words)


def many_look() -> Flag:
    words = _("Three of ten or more look at the solution before they pass.")
    return Flag("warn", _("Many look at the solution"), words)
