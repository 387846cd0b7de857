"""What a certificate takes, and how far somebody is: every live lesson of the course checked, or
read where it asks nothing, and every live lab passed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from labs.mastery import checked_by
from labs.models import Effort, Lab
from labs.quiz.sheets import sheet_of
from labs.shelves import module_of, shelf_of
from lessons.editions import Branch, Edition, edition_of
from lessons.models import Completion, Lesson
from lessons.people import Enrolment, User


@dataclass(frozen=True, slots=True)
class Badge:
    """Of a module: earned when all of it is done."""

    branch: Branch
    lessons: int
    labs: int
    labs_total: int

    @property
    def is_earned(self) -> bool:
        return (self.lessons, self.labs) == (self.branch.total, self.labs_total)


@dataclass(frozen=True)  # no slots: cached_property writes into __dict__
class Progress:
    """Somebody in a course that they learn. `lessons` and `labs` are the keys of what is done."""

    edition: Edition
    all_labs: tuple[Lab, ...]
    lessons: frozenset[int]
    labs: frozenset[int]
    cohort: int
    asking: int  # how many lessons ask something

    @property
    def lessons_total(self) -> int:
        return len(self.edition.lessons)

    @property
    def labs_total(self) -> int:
        return len(self.all_labs)

    @property
    def proves(self) -> bool:
        """That something was known or done: to complete a lesson takes a press of a button."""
        return bool(self.asking or self.all_labs)

    @property
    def holds(self) -> bool:
        done = len(self.lessons), len(self.labs)
        total = self.lessons_total, self.labs_total
        return self.proves and bool(self.edition.lessons) and done == total

    @cached_property
    def open_lessons(self) -> list[Lesson]:
        return [one for one in self.edition.lessons if one.pk not in self.lessons]

    @cached_property
    def open_labs(self) -> list[Lab]:
        return [one for one in self.all_labs if one.pk not in self.labs]

    @cached_property
    def badges(self) -> list[Badge]:
        return [self.badge_of(branch) for branch in self.edition.branches]

    def badge_of(self, branch: Branch) -> Badge:
        labs = [one.pk for one in self.all_labs if key_of_module(one) == branch.module.pk]
        lessons = sum(one.pk in self.lessons for one in branch.lessons)
        return Badge(branch, lessons, len(self.labs.intersection(labs)), len(labs))


def key_of_module(lab: Lab) -> int | None:
    module = module_of(lab)
    return module.pk if module else None


def progress_of(user: User) -> list[Progress]:
    """In every course that they learn. Three queries, however many those are."""
    learned = [one for one in user.enrolments() if one.crowd]
    if not learned:
        return []
    completed = frozenset(Completion.objects.filter(user=user.pk).values_list("lesson", flat=True))
    efforts = Effort.objects.filter(user=user.pk, passed_at__isnull=False)
    passed = frozenset(efforts.values_list("lab", flat=True))
    checked = checked_by(user)
    return [progress_in(one, completed, checked, passed) for one in learned]


def progress_in(
    enrolment: Enrolment, completed: frozenset[int], checked: frozenset[int], passed: frozenset[int]
) -> Progress:
    edition = edition_of(enrolment)
    asking = sheet_of(enrolment.course, enrolment.edition).lessons
    done = {
        key for key in edition.keys if key in (checked if key in asking else checked | completed)
    }
    labs = shelf_of(enrolment.course, enrolment.edition).labs
    passed_here = passed.intersection(lab.pk for lab in labs)
    asked = len(edition.keys.intersection(asking))
    return Progress(edition, labs, frozenset(done), passed_here, enrolment.crowd, asked)
