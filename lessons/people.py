"""The user, as far as lessons and labs need one. The model is the portal's
(settings.AUTH_USER_MODEL); what it says of cohorts is asked of the user, never of their tables."""

from __future__ import annotations

from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class User(Protocol):
    @property
    def pk(self) -> Any: ...

    # The primary keys of the courses that the user belongs to, as a query.
    def course_keys(self) -> QuerySet[Any, Any]: ...

    # Whether the user teaches the course of this primary key.
    def teaches(self, course: int) -> bool: ...


class SignedInRequest(HttpRequest):
    """A request behind the sign-in."""

    user: User  # type: ignore[assignment]
    htmx: HtmxDetails
