"""What the learners of a cohort get wrong in common: three queries over small rows that were
written with each verdict (`labs/models/efforts.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.http import urlencode

from labs.grading.behaviour import words_of
from labs.grading.kind import Code
from labs.grading.kinds import KINDS
from labs.language import in_language
from labs.lesson_links import SectionLink, sections_of
from labs.mistakes import Key
from labs.models import Effort, Lab, Mistake
from lessons.models import Course
from portal.cohorts.models import Cohort
from portal.guidance.models import Note

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of one mistake: whose latest wrong answer makes it, in how many answers and labs; and how
    many answers made it this week and in the one before."""

    learners: int = 0
    answers: int = 0
    labs: int = 0
    lab: int | None = None  # where it is one
    this_week: int = 0
    week_before: int = 0

    @property
    def trend(self) -> str:
        if self.this_week == self.week_before:
            return "same"
        return "up" if self.this_week > self.week_before else "down"


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody who makes one mistake."""

    key: Key
    numbers: Numbers
    title: str
    lab: Lab | None = None
    section: SectionLink | None = None
    has_note: bool = False

    @property
    def words(self) -> str:
        return in_language(words_of(self.key.behaviour)) if self.key.behaviour else ""

    @property
    def query(self) -> str:
        return query_of(self.key)


def query_of(key: Key, lab: Lab | None = None) -> str:
    found = {"code": key.code, "is": key.behaviour, "lab": lab.slug if lab else ""}
    return urlencode({name: value for name, value in found.items() if value})


class Codes:
    """What codes mean, and which sections of some courses teach it."""

    def __init__(self, courses: Iterable[Course]) -> None:
        self.codes: dict[str, Code] = {
            name: code for kind in KINDS.values() for name, code in kind.CODES.items()
        }
        self.sections: dict[str, SectionLink] = {}
        for course in courses:
            self.sections |= sections_of(course.pk, course.edition)

    def title(self, code: str) -> str:
        return in_language(self.codes[code].title) if code in self.codes else code

    def explanation(self, code: str) -> str:
        return in_language(self.codes[code].explanation) if code in self.codes else ""

    def section(self, code: str) -> SectionLink | None:
        return self.sections.get(self.codes[code].section) if code in self.codes else None


def radar_of(cohort: Cohort, labs: list[Lab], codes: Codes) -> list[Group]:
    """The most frequent first."""
    found = {key: Numbers(*row) for key, *row in still_made(cohort, labs)}
    for key, this_week, before in lately_made(cohort, labs, timezone.now()):
        now = found.get(key, Numbers())
        found[key] = Numbers(now.learners, now.answers, now.labs, now.lab, this_week, before)
    noted = {one.key for one in Note.objects.live().filter(cohort=cohort)}
    by_key = {lab.pk: lab for lab in labs}
    groups = [
        Group(
            key,
            numbers,
            codes.title(key.code),
            by_key.get(numbers.lab or 0),
            codes.section(key.code),
            key in noted,
        )
        for key, numbers in found.items()
    ]
    return sorted(groups, key=frequency)


def frequency(group: Group) -> tuple[Any, ...]:
    numbers = group.numbers
    return (-numbers.learners, -numbers.this_week, -numbers.week_before, group.key)


def latest_wrong(cohort: Cohort, labs: list[Lab]) -> QuerySet[Effort]:
    """Of those who learn there now, in labs not passed."""
    learners = cohort.learners.values("pk")
    return Effort.objects.open().filter(user__in=learners, lab__in=[one.pk for one in labs])


def still_made(cohort: Cohort, labs: list[Lab]) -> list[tuple[Any, ...]]:
    answers = latest_wrong(cohort, labs).values("latest")
    rows = Mistake.objects.filter(submission__in=answers).order_by()
    counted = rows.values_list("code", "behaviour").annotate(
        learners=Count("user", distinct=True),
        answers=Count("pk"),
        labs=Count("lab", distinct=True),
        lab=Min("lab"),
    )
    return [
        (Key(code, behaviour), learners, answers, number, lab if number == 1 else None)
        for code, behaviour, learners, answers, number, lab in counted
    ]


def lately_made(cohort: Cohort, labs: list[Lab], now: datetime) -> list[tuple[Key, int, int]]:
    learners = cohort.learners.values("pk")
    rows = Mistake.objects.filter(
        user__in=learners, made_at__gt=now - 2 * WEEK, lab__in=[one.pk for one in labs]
    )
    this_week = Count("pk", filter=Q(made_at__gt=now - WEEK))
    counted = rows.order_by().values_list("code", "behaviour")
    found = counted.annotate(this_week=this_week, both=Count("pk"))
    return [(Key(code, is_), this, both - this) for code, is_, this, both in found]
