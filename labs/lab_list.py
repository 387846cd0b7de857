"""All labs of a user, as the list shows them: by course and module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from labs.lab_cards import capstone_cards, cards_of
from labs.lab_state import LabProgress
from labs.progress import CourseLabProgress, own_progress, passed_labs
from labs.shelves import Shelf, shelf_of
from lessons.editions import edition_of
from lessons.models import Course
from lessons.people import User


@dataclass(frozen=True, eq=False)
class CourseLabs:
    """The labs of a course with how one learner stands: `progress` is that of those begun."""

    course: Course
    shelf: Shelf
    progress: Mapping[int, LabProgress]

    @cached_property
    def passed(self) -> CourseLabProgress:
        return passed_labs(self.shelf, self.progress)

    @cached_property
    def cards(self) -> dict[int, SafeString]:
        """By the lab's key."""
        return cards_of(self.shelf, self.progress)

    @property
    def capstones(self) -> SafeString:
        return capstone_cards(self.shelf, self.progress)


def lab_list_of(user: User) -> list[CourseLabs]:
    """One query for any number of labs; a course without any is left out."""
    courses = [edition_of(enrolment).course for enrolment in user.enrolments()]
    shelves = [(course, shelf_of(course.pk, course.edition)) for course in courses]
    progress = own_progress(user, [key for _course, shelf in shelves for key in shelf.keys])
    return [CourseLabs(course, shelf, progress) for course, shelf in shelves if shelf.labs]
