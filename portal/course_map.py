"""A course drawn as a line with a stop for each lesson: what was done, where one is, what is ahead.

It is a list of links, so that keys and screen readers follow it; the drawing is style. What a stop
looks like is made once for all readers of an edition, and put together by state.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labs.shelves import Shelf
from lessons.models import Lesson, Module
from lessons.progress import CourseProgress

DONE, HERE, AHEAD = "done", "here", "ahead"
STOP = (
    '<li><a class="stop" data-state="{}"{} href="{}"{}>{}'
    '<span class="visually-hidden">{} </span>{}</a></li>'
)


class Line(NamedTuple):
    """A module with its stops."""

    module: Module
    stops: SafeString
    done: int
    total: int


def map_of(reading: CourseProgress, shelf: Shelf) -> list[Line]:
    """No query."""
    here = reading.next.lesson.pk if reading.next else None
    stops = stops_of(reading.lessons, frozenset(shelf.by_home), get_language())
    return [line(module, lessons, stops, reading, here) for module, lessons in modules_of(reading)]


def modules_of(reading: CourseProgress) -> Iterator[tuple[Module, list[Lesson]]]:
    found: dict[Module, list[Lesson]] = {}
    for lesson in reading.lessons:
        found.setdefault(lesson.module, []).append(lesson)
    yield from found.items()


def line(
    module: Module,
    lessons: list[Lesson],
    stops: dict[tuple[int, str], SafeString],
    reading: CourseProgress,
    here: int | None,
) -> Line:
    states = {one.pk: state_of(one.pk, reading, here) for one in lessons}
    html = "".join(stops[one.pk, states[one.pk]] for one in lessons)
    done = sum(one.pk in reading.completed for one in lessons)
    return Line(module, mark_safe(html), done, len(lessons))  # noqa: S308 - of stops alone


def state_of(lesson: int, reading: CourseProgress, here: int | None) -> str:
    if lesson == here:
        return HERE
    return DONE if lesson in reading.completed else AHEAD


@lru_cache(maxsize=64)
def stops_of(
    lessons: tuple[Lesson, ...], with_labs: frozenset[int], language: str | None
) -> dict[tuple[int, str], SafeString]:
    words = {DONE: _("Completed:"), HERE: _("You are here:"), AHEAD: _("Not completed:")}
    return {
        (one.pk, state): stop(one, number, state, said, has_labs=one.pk in with_labs)
        for number, one in enumerate(lessons, 1)
        for state, said in words.items()
    }


def stop(lesson: Lesson, number: int, state: str, words: str, *, has_labs: bool) -> SafeString:
    labs = mark_safe(' data-labs=""') if has_labs else ""
    now = mark_safe(' aria-current="step"') if state == HERE else ""
    title = format_html('<span class="stop-title" lang="en">{}</span>', lesson.title)
    sign = format_html('<span class="stop-sign" aria-hidden="true">{}</span>', number)
    return format_html(STOP, state, labs, lesson.get_absolute_url(), now, sign, words, title)
