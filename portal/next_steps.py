"""What somebody does next in a course, and why: by what they learned, never by what merely comes
next in a list. A lab is offered once every lesson that it needs was completed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from django.utils.translation import gettext as _

from labs.lab_state import UNTOUCHED, LabProgress, LabState
from labs.models import Lab
from labs.shelves import Shelf, home_of
from lessons.models import Lesson
from lessons.phrases import ORIGINAL
from lessons.progress import CourseProgress

NEW, PASSED = LabState.NEW, LabState.PASSED


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
    labs = OwnLabs(shelf, progress, known | reading.completed.keys())
    latest = latest_completed(reading)
    lesson = lesson_step(reading, latest)
    just_read = latest and not (lesson and is_in_the_middle(reading)) and labs.fresh_of(latest)
    if just_read:
        return Steps(fresh_step(just_read, reading), lesson)
    if lesson:
        return Steps(lesson, lab_step(labs.begun, labs.fresh, reading))
    return Steps(lab_step(labs.begun, labs.fresh or labs.left, reading))


class OwnLabs(NamedTuple):
    """The labs of a course, of which the first of each kind is wanted: none is looked at in vain.
    `known` are the lessons that count as read."""

    shelf: Shelf
    progress: Mapping[int, LabProgress]
    known: Set[int]

    @property
    def begun(self) -> Lab | None:
        """And not passed."""
        keys = {key for key, one in self.progress.items() if one.state not in (NEW, PASSED)}
        return next((lab for key, lab in self.shelf.by_key.items() if key in keys), None)

    @property
    def fresh(self) -> Lab | None:
        """Not begun, and all that it needs was read."""
        return next(self.ready(self.shelf.keys), None)

    @property
    def left(self) -> Lab | None:
        labs = self.shelf.by_key.items()
        return next((lab for key, lab in labs if self.state(key) is not PASSED), None)

    def fresh_of(self, lesson: Lesson) -> Lab | None:
        return next(self.ready([lab.pk for lab in self.shelf.by_home.get(lesson.pk, ())]), None)

    def ready(self, keys: Iterable[int]) -> Iterator[Lab]:
        for key in keys:
            needs = self.shelf.lessons.get(key)
            if needs and needs <= self.known and self.state(key) is NEW:
                yield self.shelf.by_key[key]

    def state(self, key: int) -> LabState:
        return self.progress.get(key, UNTOUCHED).state


def latest_completed(reading: CourseProgress) -> Lesson | None:
    if not reading.completed:
        return None
    _at, latest = max((at, key) for key, at in reading.completed.items())
    return reading.edition.lesson(latest) if reading.edition else None


def is_in_the_middle(reading: CourseProgress) -> bool:
    return bool(reading.next and reading.next.was_there)


def lab_step(begun: Lab | None, fresh: Lab | None, reading: CourseProgress) -> Step | None:
    if begun:
        return begun_step(begun)
    return fresh_step(fresh, reading) if fresh else None


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
    home = home_of(lab)
    why = _("You have read all that it needs.")
    if home and home in reading.completed and reading.edition:
        lesson = reading.edition.lesson(home)
        why = _("You completed “%(title)s”: now do it yourself.") % {"title": lesson.title}
    return lab_step_of(_("Next lab"), lab, why)


def begun_step(lab: Lab) -> Step:
    why = _("You began it, and it is not passed yet.")
    return lab_step_of(_("Go on with a lab"), lab, why)


def lab_step_of(action: str, lab: Lab, why: str) -> Step:
    url = lab.get_absolute_url()
    return Step(action, url, lab.title, lab.minutes, why, language=lab.language)
