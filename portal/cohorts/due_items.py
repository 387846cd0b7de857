"""What has a due date, in words and in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from labs.models import Lab
from lessons.models import Lesson
from lessons.people import Due, User
from portal.cohorts.dates import Dates, Key
from portal.cohorts.lateness import Item, keys_of


class DueItem(NamedTuple):
    item: Item
    due: Due


def dues_of(items: Iterable[Item], due: Callable[[Item], Due | None]) -> list[DueItem]:
    """Each of them that is due at some time, the earliest first."""
    found = ((item, due(item)) for item in items)
    return sorted((DueItem(item, due) for item, due in found if due), key=lambda one: one.due.at)


def cohort_dues(user: int, items: Iterable[Item], dates: Dates) -> list[DueItem]:
    """Of what a cohort learns, done or not. No query."""
    return dues_of(items, lambda item: dates.due(user, *keys_of(item))) if dates else []


def open_dues(user: User, items: Iterable[Item]) -> list[DueItem]:
    """Of what somebody has still to do, in all their courses. No query."""
    if not any(one.dates for one in user.enrolments()):
        return []
    return dues_of(items, lambda item: user.due(item.course_id, *keys_of(item)))


def choices_of(items: Iterable[Item], dates: Dates) -> list[tuple[str, str]]:
    """For a form: everything that has a date of its own, modules before what is in them."""
    names: dict[Key, str] = {}
    for item in items:
        if isinstance(item, Lesson):
            key = ("module", item.module_id)
            names.setdefault(key, _("Module: %(title)s") % {"title": item.module.title})
        names[("lab" if isinstance(item, Lab) else "lesson", item.pk)] = item.title
    return [(f"{kind}-{pk}", name) for (kind, pk), name in names.items() if (kind, pk) in dates.at]
