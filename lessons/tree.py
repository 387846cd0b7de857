"""A course as one learner sees it: modules, lessons, ticks. Two pages show it and one POST
refreshes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lessons.compiled import Compiled
from lessons.editions import Branch, Edition
from lessons.models import Completion, Lesson
from lessons.people import User
from lessons.progress import percent
from lessons.reading_time import time_words
from lessons.templatetags.pieces import kept, once


@dataclass(frozen=True, slots=True)
class OwnBranch:
    """A module with how much of it somebody has completed."""

    branch: Branch
    done: int

    @property
    def percent(self) -> int:
        return percent(self.done, self.branch.total)


@dataclass(frozen=True)
class Tree:
    edition: Edition
    completed: frozenset[int]  # primary keys of live lessons

    @property
    def done(self) -> int:
        return len(self.completed)

    @property
    def total(self) -> int:
        return len(self.edition.lessons)

    @property
    def percent(self) -> int:
        return percent(self.done, self.total)

    @property
    def time_left(self) -> str:
        """That it takes to read what is not completed."""
        minutes = self.edition.minutes
        return time_words(sum(minutes.values()) - sum(minutes[key] for key in self.completed))

    @property
    def branches(self) -> list[OwnBranch]:
        return [
            OwnBranch(branch, len(self.completed.intersection(branch.keys)))
            for branch in self.edition.branches
        ]

    @property
    def progress_bar(self) -> SafeString:
        """The same for whoever is as far."""
        return kept(
            "lessons/_course_progress.html",
            percent=self.percent,
            done=self.done,
            total=self.total,
        )

    @cached_property
    def ticks(self) -> dict[str, SafeString]:
        """By the lesson's key: what stands in the holes of the course's kept pieces."""
        done = tick(True)
        return no_ticks(self.edition) | {str(key): done for key in self.completed}


@once
def no_ticks(edition: Edition) -> dict[str, SafeString]:
    """For a reader who has completed nothing."""
    return dict.fromkeys(map(str, edition.keys), tick(False))


@once
def tick(is_completed: bool) -> SafeString:
    words = _("Completed:") if is_completed else _("Not completed:")
    return format_html(
        ' data-done="{}"><span class="visually-hidden">{}</span>',
        "yes" if is_completed else "no",
        words,
    )


def tree_of(edition: Edition, user: User) -> Tree:
    """One query."""
    return Tree(edition, completed_in(edition, user))


def completed_in(edition: Edition, user: User) -> frozenset[int]:
    rows = COMPLETED.rows(user=user.pk, course=edition.course.pk)
    return edition.keys.intersection(rows)


COMPLETED = Compiled(
    lambda user, course: Completion.objects.filter(user=user, lesson__course=course).values_list(
        "lesson_id", flat=True
    ),
    user=-1,
    course=-2,
)


def where(lesson: Lesson) -> dict[str, dict[str, SafeString]]:
    """The holes of a kept tree that say where its reader is."""
    return {
        "lesson": {str(lesson.pk): mark_safe(' aria-current="page"')},
        "module": {str(lesson.module_id): mark_safe(" open")},
    }
