"""What is new in the courses of somebody: lessons that were written or changed lately, and since
they completed them. What was there when the course began is not news."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from lessons.models import Lesson
from lessons.progress import CourseProgress

LATELY = timedelta(days=14)
MOST = 5


class Fresh(NamedTuple):
    lesson: Lesson
    at: datetime
    was_completed: bool  # as it was before


def fresh_lessons(readings: Iterable[CourseProgress], now: datetime) -> list[Fresh]:
    """The newest first. No query."""
    found = [one for reading in readings for one in fresh_in(reading, now - LATELY)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def fresh_in(reading: CourseProgress, since: datetime) -> Iterable[Fresh]:
    """Those of one moment in the order of the course."""
    written = reading.edition.written if reading.edition else ()
    began = written[-1][0] if written else since
    for at, lesson in written:
        if at <= max(since, began):
            return
        completed = reading.completed.get(lesson.pk)
        if not (completed and completed > at):
            yield Fresh(lesson, at, was_completed=completed is not None)
