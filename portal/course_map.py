"""A course drawn as a line with a stop for each lesson: what was done, where one is, what is ahead.

It is a list of links, so that keys and screen readers follow it; the drawing is style. What a stop
looks like is made once for all readers of an edition, and put together by state.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labs.shelves import Shelf
from lessons.editions import Branch, Edition
from lessons.models import Lesson
from lessons.progress import CourseProgress

DONE, HERE, AHEAD = "done", "here", "ahead"
STOP = (
    '<li><a class="stop" data-state="{}"{} href="{}"{}>{}'
    '<span class="visually-hidden">{} </span>{}</a></li>'
)


Stops = dict[tuple[int, str], SafeString]


TITLE = '<span class="stop-title" lang="{}">{}</span>'
TITLE_OF_LINE = '<li><p class="line-title"><span lang="{}">{}</span> <span class="muted small">'
OPENS = '</span></p><ol class="stops" role="list">'
CLOSES = "</ol></li>"


def map_of(reading: CourseProgress, shelf: Shelf) -> SafeString:
    """A line for each module. No query."""
    if reading.edition is None:
        return SafeString("")
    here = reading.next.lesson.pk if reading.next else None
    stops = stops_of(reading.edition, shelf, get_language())
    lines = [line(branch, stops, reading, here) for branch in reading.edition.branches]
    return mark_safe("".join(lines))  # noqa: S308 - of lines alone


def line(branch: Branch, stops: Stops, reading: CourseProgress, here: int | None) -> str:
    """Put together of what is escaped already, and numbers."""
    completed = reading.completed
    html = [stops[key, state_of(key, reading, here)] for key in branch.keys]
    done = sum(key in completed for key in branch.keys)
    return f"{title_of(branch)}{done}/{branch.total}{OPENS}{''.join(html)}{CLOSES}"


@lru_cache(maxsize=1024)
def title_of(branch: Branch) -> SafeString:
    return format_html(TITLE_OF_LINE, branch.module.language, branch.module.title)


def state_of(lesson: int, reading: CourseProgress, here: int | None) -> str:
    if lesson == here:
        return HERE
    return DONE if lesson in reading.completed else AHEAD


@lru_cache(maxsize=64)
def stops_of(edition: Edition, shelf: Shelf, language: str | None) -> Stops:
    """In each state, for all readers of an edition and its labs."""
    words = {DONE: _("Completed:"), HERE: _("You are here:"), AHEAD: _("Not completed:")}
    return {
        (one.pk, state): stop(one, number, state, said, has_labs=one.pk in shelf.by_home)
        for number, one in enumerate(edition.lessons, 1)
        for state, said in words.items()
    }


def stop(lesson: Lesson, number: int, state: str, words: str, *, has_labs: bool) -> SafeString:
    labs = mark_safe(' data-labs=""') if has_labs else ""
    now = mark_safe(' aria-current="step"') if state == HERE else ""
    title = format_html(TITLE, lesson.language, lesson.title)
    sign = format_html('<span class="stop-sign" aria-hidden="true">{}</span>', number)
    return format_html(STOP, state, labs, lesson.get_absolute_url(), now, sign, words, title)
