"""What somebody does next in a course, and why: by what they learned, never by what merely comes
next in a list. A lab is offered once every lesson that it needs was completed."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from django.utils.translation import gettext as _

from labs.lab_state import UNTOUCHED, LabProgress, LabState
from labs.models import Lab
from labs.shelves import Shelf
from lessons.models import Lesson
from lessons.phrases import ORIGINAL
from lessons.progress import CourseProgress


class Step(NamedTuple):
    """Words and numbers alone, so that what is made of it can be kept."""

    action: str
    url: str
    title: str
    minutes: int
    why: str
    section: str = ""  # where it is another than the lesson's own title
    language: str = ORIGINAL  # of the title


class Steps(NamedTuple):
    """The one to take, and another one for whoever would rather."""

    first: Step | None = None
    second: Step | None = None


def steps_of(
    reading: CourseProgress,
    shelf: Shelf,
    progress: Mapping[int, LabProgress],
    known: Set[int] = frozenset(),
) -> Steps:
    """`progress`: of the labs that were begun; `known`: lessons that are not complete, but enough
    for labs that need them."""
    fresh, begun = ready_labs(reading, shelf, progress, known)
    latest = latest_completed(reading)
    just_read = [lab for lab in fresh if latest and home_of(lab) == latest.pk]
    lesson = lesson_step(reading, latest)
    if lesson and not (just_read and not is_in_the_middle(reading)):
        return Steps(lesson, lab_step(begun, fresh, reading))
    if just_read:
        return Steps(fresh_step(just_read[0], reading), lesson)
    left = [lab for lab in shelf.labs if not progress.get(lab.pk, UNTOUCHED).passed]
    return Steps(lab_step(begun, fresh or left, reading))


def ready_labs(
    reading: CourseProgress, shelf: Shelf, progress: Mapping[int, LabProgress], known: Set[int]
) -> tuple[list[Lab], list[Lab]]:
    """Those that were not begun, and those that were and are not passed; in order."""
    known = known | reading.completed.keys()
    fresh: list[Lab] = []
    begun: list[Lab] = []
    for lab in shelf.labs:
        state = progress.get(lab.pk, UNTOUCHED).state
        if state not in (LabState.NEW, LabState.PASSED):
            begun.append(lab)
        elif state is LabState.NEW and is_ready(lab, known, shelf):
            fresh.append(lab)
    return fresh, begun


def is_ready(lab: Lab, known: Set[int], shelf: Shelf) -> bool:
    needs = shelf.lessons.get(lab.pk, frozenset())
    return bool(needs) and needs <= known


def latest_completed(reading: CourseProgress) -> Lesson | None:
    if not reading.completed:
        return None
    latest = max(reading.completed, key=lambda pk: (reading.completed[pk], pk))
    return next((one for one in reading.lessons if one.pk == latest), None)


def home_of(lab: Lab) -> int | None:
    return lab.home.lesson_id if lab.home and lab.home.archived_at is None else None


def is_in_the_middle(reading: CourseProgress) -> bool:
    return bool(reading.next and reading.next.was_there)


def lab_step(begun: list[Lab], fresh: list[Lab], reading: CourseProgress) -> Step | None:
    if begun:
        return begun_step(begun[0])
    return fresh_step(fresh[0], reading) if fresh else None


# --- In words -------------------------------------------------------------------------------------


def lesson_step(reading: CourseProgress, latest: Lesson | None) -> Step | None:
    stop = reading.next
    if stop is None:
        return None
    lesson, section = stop.lesson, stop.section
    title = section.title if section and section.title != lesson.title else ""
    if stop.was_there:
        action, why = _("Continue where you stopped"), _("You stopped here.")
    elif latest is None:
        action, why = _("Start with the first lesson"), _("It needs nothing but a little time.")
    else:
        action = _("Next lesson")
        why = _("You completed “%(title)s”: this is what to read next.") % {"title": latest.title}
    return Step(action, stop.url, lesson.title, lesson.minutes, why, title, lesson.language)


def fresh_step(lab: Lab, reading: CourseProgress) -> Step:
    home = next((one for one in reading.lessons if one.pk == home_of(lab)), None)
    why = _("You have read all that it needs.")
    if home and home.pk in reading.completed:
        why = _("You completed “%(title)s”: now do it yourself.") % {"title": home.title}
    return lab_step_of(_("Next lab"), lab, why)


def begun_step(lab: Lab) -> Step:
    why = _("You began it, and it is not passed yet.")
    return lab_step_of(_("Go on with a lab"), lab, why)


def lab_step_of(action: str, lab: Lab, why: str) -> Step:
    url = lab.get_absolute_url()
    return Step(action, url, lab.title, lab.minutes, why, language=lab.language)
