"""What a user can say of the cohorts they belong to. Other apps ask here (`lessons/people.py`)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import QuerySet

from lessons.people import User

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from portal.cohorts.models import Membership


class Person(User, Protocol):
    """A user as lists of people show them."""

    name: str
    email: str
    last_login: datetime | None


class Belonging:
    """A part of the user model."""

    memberships: RelatedManager[Membership]

    def course_keys(self) -> QuerySet[Any, Any]:
        """The primary keys of the courses that the user belongs to, as a query."""
        return self.memberships.values("cohort__course")

    def teaches(self, course: int) -> bool:
        """Whether the user teaches the course of this primary key."""
        return self.memberships.filter(cohort__course=course, role="instructor").exists()
