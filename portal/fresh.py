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
    written = [lesson.updated_at for lesson in reading.lessons if lesson.updated_at]
    began = min(written, default=since)
    for lesson in reading.lessons:
        at, completed = lesson.updated_at, reading.completed.get(lesson.pk)
        if at and at > max(since, began) and not (completed and completed > at):
            yield Fresh(lesson, at, was_completed=completed is not None)
