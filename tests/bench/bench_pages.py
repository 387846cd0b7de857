"""Processor time of the pages that learners see, beside a bare signed-in page of Django in the same
process."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from django.urls import reverse

from labs.models import Lab, Submission
from lessons import limits
from lessons.models import Lesson
from portal.accounts.models import User
from tests.bench.clock import in_turns
from tests.bench.reader import Reader, readers
from tests.bench.row import Effort, Row

LEARNER = "lea@demo.example"
LESSON, LAB = "security-groups", "read-one-bucket"
GOALS = {"lesson": 3.0, "your day": 3.5, "lab": 4.0, "submission": 4.0}


def rows(effort: Effort) -> Iterator[Row]:
    user = User.objects.get(email=LEARNER)
    yield from costs(user, addresses(user), effort)


def costs(user: User, pages: dict[str, str], effort: Effort) -> Iterator[Row]:
    open_limits()
    ours, bare = readers(user)
    works = {name: lambda url=url: ours.get(url) for name, url in pages.items()}
    taken = in_turns({"bare": lambda: bare.get("/bare/"), **works}, effort.times(30))
    for name, url in pages.items():
        yield Row(
            name,
            statistics.median(taken[name]),
            "ms CPU",
            floor=statistics.median(taken["bare"]),
            goals=(f"ratio <= {GOALS[name]}",) if name in GOALS else (),
            note=what_it_is(ours, url),
        )


def open_limits() -> None:
    """They are asked as ever; nobody opens a page as often as we do here."""
    asked = limits.within_limit
    limits.within_limit = lambda *who, **how: asked(*who, **how) or True


def what_it_is(reader: Reader, url: str) -> str:
    return f"{reader.queries(url)} queries, {len(reader.get(url).content) // 1000} kB"


def addresses(user: User) -> dict[str, str]:
    lesson = Lesson.objects.select_related("course").get(slug=LESSON)
    submission = Submission.objects.filter(user=user).latest("pk")
    return {
        "lesson": lesson.get_absolute_url(),
        "your day": reverse("day"),
        "course": lesson.course.get_absolute_url(),
        "labs": reverse("labs:lab_list"),
        "lab": Lab.objects.get(slug=LAB).get_absolute_url(),
        "submission": submission.get_absolute_url(),
    }
