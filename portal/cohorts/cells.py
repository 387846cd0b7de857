"""How the learners of one page stand with each lesson and lab: one query, and the cells of their
rows.

The cells are joined in Python: a hundred learners × a hundred items through a template loop would
take a third of a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, IntegerField, Value, When
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from labs.lab_state import UNTOUCHED, LabProgress, LabState
from labs.mastery import Stage, stage_of
from labs.models import Effort, State
from labs.quiz.models import LessonCheck
from lessons.models import Completion
from portal.cohorts.at_once import at_once
from portal.cohorts.content import Column, Content
from portal.cohorts.sums import without_verdict
from portal.moments import Moment, number_of

READ, TRIED, WAITS, FAILED, CHECKED = range(5)
NEVER = Value(None, output_field=BigIntegerField())


@dataclass(slots=True)
class Cells:
    """Of one learner: lessons by their keys, and when each was completed; labs by theirs, and when
    each was passed (`portal/moments.py`)."""

    done: dict[int, int] = field(default_factory=dict)
    checked: set[int] = field(default_factory=set)
    labs: dict[int, LabProgress] = field(default_factory=dict)
    passed: dict[int, int] = field(default_factory=dict)

    def done_at(self, one: Column, otherwise: int) -> int:
        return (self.passed if one.is_lab else self.done).get(one.pk, otherwise)

    def has_done(self, one: Column) -> bool:
        return one.pk in (self.passed if one.is_lab else self.done)


def cells_of(users: Collection[int]) -> dict[int, Cells]:
    found: dict[int, Cells] = defaultdict(Cells)
    for user, tells, item, number, best, at in at_once(*questions(users)):
        cells = found[user]
        if tells == READ:
            cells.done[item] = at
        elif tells == CHECKED:
            cells.checked.add(item)
        elif tells == TRIED:
            cells.labs[item] = tried(number, best, at is not None)
            if at is not None:
                cells.passed[item] = at
        else:
            cells.labs[item] = added(cells.labs.get(item, UNTOUCHED), tells, number)
    return found


def questions(users: Collection[int]) -> Iterator[Any]:
    """Who, what it tells, of which lesson or lab, a number, the best score, and when it was done.
    Efforts come before what waits."""
    efforts = Effort.objects.filter(user__in=users)
    yield row(efforts, TRIED, "lab", F("failed"), F("best"), Moment("passed_at"))
    read = Completion.objects.filter(user__in=users)
    yield row(read, READ, "lesson", Value(0), Value(0), Moment("completed_at"))
    checks = LessonCheck.objects.filter(user__in=users)
    yield row(checks, CHECKED, "lesson", Value(0), Value(0), NEVER)
    tells = Case(When(state=State.FAULTED, then=Value(FAILED)), default=Value(WAITS))
    yield row(without_verdict(users), tells, "lab", Count("pk"), Value(0), NEVER)


def row(rows: Any, tells: Any, item: str, number: Any, best: Any, at: Any) -> Any:
    told = Value(tells, output_field=IntegerField()) if isinstance(tells, int) else tells
    asked = rows.order_by().values_list("user")
    return asked.annotate(tells=told, item=F(item), number=number, score=best, at=at)


@lru_cache(maxsize=10_000)  # there are few different ones, and each is the same for everybody
def tried(failed: int, best: int | None, passed: bool) -> LabProgress:
    """By what is kept of all its verdicts."""
    return LabProgress(LabState.PASSED if passed else LabState.TRIED, best, failed + passed)


def added(one: LabProgress, tells: int, number: int) -> LabProgress:
    """With answers that have no verdict: they count where nothing was passed."""
    state, faults = one.state, one.faults
    if tells == WAITS and not one.passed:
        state = LabState.WAITING
    elif tells == FAILED:
        state = LabState.FAULTED if state is LabState.NEW else state
        faults = number
    return replace(one, state=state, faults=faults)


# --- As they are read -----------------------------------------------------------------------------


Looks = tuple[str, str]  # the state of a cell, and its words


class DueColumns:
    """What is due of everybody, and when, as whole numbers."""

    def __init__(self, content: Content) -> None:
        self.now, self.longer = number_of(content.now), content.dates.longer
        at = {key: number_of(date) for key, date in content.dates.at.items()}
        self.columns = [(one, key, at[key]) for one, key in content.due_columns]

    def late(self, user: int, cells: Cells) -> set[Column]:
        """Done late, or due and not done."""
        own = self.longer.get(user, {})
        longer = {key: number_of(date) for key, date in own.items()}
        return {
            one
            for one, key, at in self.columns
            if cells.done_at(one, self.now) > longer.get(key, at)
        }


class Drawing:
    """A page's rows, one learner after the other. What is the same for all of them is looked up
    once."""

    def __init__(self, items: Iterable[Column], content: Content) -> None:
        self.items, self.content = list(items), content
        self.due, self.looks = DueColumns(content), looks_of_lessons()

    def html_of(self, user: int, cells: Cells) -> SafeString:
        """Only numbers, keys and our own words go in, so nothing needs to be escaped."""
        late, stuck_after = self.due.late(user, cells), self.content.stuck_after
        row = [
            lab_cell(cells.labs.get(one.pk, UNTOUCHED), href, one in late, stuck_after)
            if one.is_lab
            else lesson_cell(self.look(cells, one.pk), href, one in late)
            for one, href in self.addresses(user)
        ]
        return mark_safe("".join(row))  # noqa: S308

    def addresses(self, user: int) -> Iterator[tuple[Column, str]]:
        kinds = (f"learners/{user}/lesson-", f"learners/{user}/lab-")
        return ((one, f"{kinds[one.is_lab]}{one.pk}/") for one in self.items)

    def look(self, cells: Cells, lesson: int) -> Looks:
        return self.looks[stage_in(cells, lesson, self.content), lesson in cells.done]


def stage_in(cells: Cells, lesson: int, content: Content) -> Stage:
    """Of a lesson: what is completed was read at least."""
    is_checked = lesson in cells.checked
    labs = content.homes.get(lesson, ()) if is_checked else ()
    return stage_of(
        is_read=lesson in cells.done,
        is_checked=is_checked,
        labs=len(labs),
        passed=sum(cells.labs.get(lab, UNTOUCHED).passed for lab in labs),
    )


def looks_of_lessons() -> dict[tuple[Stage, bool], Looks]:
    """By how far somebody is with a lesson, and whether that completes it here."""
    signs = {Stage.CHECKED: ("✓✓", _("checked")), Stage.MASTERED: ("★", _("mastered"))}
    found = {(Stage.NEW, False): ("new", "–"), (Stage.READ, True): ("passed", "✓")}
    for stage, (sign, words) in signs.items():
        said = f'{sign}<span class="visually-hidden"> {escape(words)}</span>'
        found |= {(stage, True): ("passed", said), (stage, False): ("trying", said)}
    return found


def lesson_cell(looks: Looks, href: str, is_late: bool) -> str:
    state, words = looks
    return cell("late" if is_late and state == "new" else state, href, words, is_late)


def lab_cell(one: LabProgress, href: str, is_late: bool, stuck_after: int) -> str:
    if one.state is LabState.NEW:
        return lesson_cell(("new", "–"), href, is_late)
    state, words = LOOKS[one.state]
    if one.percent is not None:
        words = str(one.percent)
    if one.attempts > 1:
        words += f" ×{one.attempts}"
    if one.state is LabState.TRIED and one.attempts >= stuck_after:
        state, words = "failed", f"▲ {words}"
    return cell(state, href, words, is_late)


def cell(state: str, href: str, words: str, is_late: bool) -> str:
    late = f" <small>{escape(_('late'))}</small>" if is_late else ""
    return f'<td data-state="{state}"><a href="{href}">{words}{late}</a></td>'


LOOKS = {
    LabState.PASSED: ("passed", "✓"),
    LabState.TRIED: ("trying", "0"),
    LabState.WAITING: ("waiting", "…"),
    LabState.FAULTED: ("faulted", "!"),
}
