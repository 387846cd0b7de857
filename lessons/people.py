"""The user, as far as lessons and labs need one. The model is the portal's
(settings.AUTH_USER_MODEL); what it says of cohorts is asked of the user, never of their tables."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django_htmx.middleware import HtmxDetails

# What completes a lesson, the gentlest first: a press, its questions, and its labs, too
CLICK, CHECKED, MASTERED = RULES = ("click", "checked", "mastered")


class Enrolment(NamedTuple):
    """A live course that somebody belongs to, and which edition of it is to be shown. `crowd` is a
    number that those who learn it together have in common; 0 for whoever does not learn it.
    `counts` is what completes a lesson for them: one of RULES."""

    course: int
    slug: str
    edition: str
    teaches: bool
    crowd: int = 0
    dates: str = ""  # the name of what says when the crowd is to be done
    counts: str = CLICK


class Due(NamedTuple):
    """By when somebody is to be done with something."""

    at: datetime
    extended: bool = False  # for them alone
    counts: bool = True  # also afterwards

    @property
    def is_over(self) -> bool:
        return self.at < timezone.now()


class Needed(NamedTuple):
    """What is missing until a lesson is complete: a sentence, and where on its page to go on."""

    words: str
    link: str
    anchor: str


class Standing(Protocol):
    """What somebody can do beyond reading a lesson, and has done of it."""

    # None where a press completes it, or all that it takes was done.
    @property
    def needed(self) -> Needed | None: ...

    # Read or more, as a sign with words; nothing where it is not even read.
    def sign(self, *, is_read: bool) -> SafeString: ...


class User(Protocol):
    is_superuser: bool
    time_zone: str  # what a day is to them; "": the portal's

    @property
    def pk(self) -> Any: ...

    # The live courses that the user belongs to, by their titles.
    def enrolments(self) -> Collection[Enrolment]: ...

    # Their primary keys.
    def course_keys(self) -> list[int]: ...

    # Whether the user teaches the course of this primary key.
    def teaches(self, course: int) -> bool: ...

    # When the user is to be done with the first of these that has a date: "lesson", "module" or
    # what else may have one, and its primary key.
    def due(self, course: int, *keys: tuple[str, int]) -> Due | None: ...

    def has_perm(self, perm: str) -> bool: ...

    # With whom the user learns this course.
    def crowd(self, course: int) -> int: ...

    # How the user stands with this lesson; its course is loaded.
    def stands(self, lesson: Any) -> Standing: ...


class SignedInRequest(HttpRequest):
    """A request behind the sign-in."""

    user: User  # type: ignore[assignment]
    htmx: HtmxDetails
