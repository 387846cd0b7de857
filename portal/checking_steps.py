"""What somebody does next where more than a press completes a lesson: what was read is to be
checked, and then its labs are to be passed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from labs.lab_state import UNTOUCHED, LabProgress
from labs.quiz.sheets import sheet_of
from labs.shelves import Shelf
from lessons.models import Lesson
from lessons.people import CLICK, MASTERED
from lessons.progress import CourseProgress, from_place_on
from lessons.read_marks import read_to_the_end
from portal.next_steps import Step, Steps, lab_step_of, steps_of


class Counting(NamedTuple):
    """What completes a lesson for somebody, and which lessons they checked."""

    rule: str = CLICK
    checked: frozenset[int] = frozenset()


def steps_by(
    counting: Counting, reading: CourseProgress, shelf: Shelf, progress: Mapping[int, LabProgress]
) -> Steps:
    if counting.rule == CLICK or reading.edition is None:
        return steps_of(reading, shelf, progress)
    read = read_to_the_end(reading.edition, reading.place)
    asked = sheet_of(reading.course.pk, reading.course.edition).lessons
    plain = steps_of(reading, shelf, progress, counting.checked | (read - asked.keys()))
    waiting = [
        check_step(one, len(asked[one.pk]))
        for one in reading.open
        if one.pk in read & asked.keys() and one.pk not in counting.checked
    ]
    here = reading.next.lesson if reading.next else None
    wants_labs = here is not None and waits_for_labs(here, counting, asked)
    mine = here and next(steps_here(here, waiting, wants_labs, shelf, progress), None)
    if mine and here:
        return Steps(mine, onward(here, counting, reading, read) or other(plain, here, mine))
    return Steps(plain.first, waiting[0]) if waiting else plain


def waits_for_labs(here: Lesson, counting: Counting, asked: Collection[int]) -> bool:
    """And for nothing else."""
    is_known = here.pk in counting.checked or here.pk not in asked
    return counting.rule == MASTERED and is_known


def steps_here(
    here: Lesson,
    waiting: Iterable[Step],
    wants_labs: bool,
    shelf: Shelf,
    progress: Mapping[int, LabProgress],
) -> Iterator[Step]:
    """What completes the lesson: to check it, then its labs."""
    yield from (one for one in waiting if one.url == quiz_url(here))
    if wants_labs:
        yield from lab_steps(here, shelf, progress)


def lab_steps(here: Lesson, shelf: Shelf, progress: Mapping[int, LabProgress]) -> Iterator[Step]:
    """Of a lesson that waits for its labs alone."""
    why = _("“%(title)s” is complete when this lab is passed.") % {"title": here.title}
    for lab in shelf.by_home.get(here.pk, ()):
        if not progress.get(lab.pk, UNTOUCHED).passed:
            yield lab_step_of(_("Next lab"), lab, why)


def onward(
    here: Lesson, counting: Counting, reading: CourseProgress, read: frozenset[int]
) -> Step | None:
    """The next lesson that is to be read."""
    done = {here.pk, *reading.completed, *read, *counting.checked}
    onward = from_place_on(reading.lessons, reading.place)
    one = next((one for one in onward if one.pk not in done), None)
    if one is None:
        return None
    url, why = one.get_absolute_url(), _("Or read on: this is the next lesson.")
    return Step(_("Next lesson"), url, one.title, one.minutes, why, language=one.language)


def other(plain: Steps, here: Lesson, mine: Step) -> Step | None:
    """Of what would be next anyway, that which is not about this lesson."""
    address = here.get_absolute_url()
    steps = [one for one in plain if one and one.url.partition("#")[0] != address]
    return next((one for one in steps if one.url != mine.url), None)


def quiz_url(lesson: Lesson) -> str:
    return f"{lesson.get_absolute_url()}#quiz"


def check_step(lesson: Lesson, questions: int) -> Step:
    """A minute a question."""
    why = _("You have read it, and it is not checked yet.")
    url, action = quiz_url(lesson), _("Check yourself")
    return Step(action, url, lesson.title, questions, why, language=lesson.language)
