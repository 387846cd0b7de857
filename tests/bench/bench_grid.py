"""The instructor's grid of a thousand learners with a hundred lessons and labs, and what it leads
to: wall-clock time of the answer, in turns with a bare signed-in page of Django."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from django.core.cache import cache
from django.core.management import call_command

from labs.models import Submission
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Role
from tests.bench.bench_pages import open_limits, what_it_is
from tests.bench.clock import in_turns, wall_ms
from tests.bench.reader import Reader, readers
from tests.bench.row import Effort, Row

WHOLE = 1_000  # learners, who gave two hundred answers each
GOAL, OF_SUMS = ("ours <= 150",), ("ours <= 200",)
SUMS = (
    "/items/",
    "/help/",
    "/radar/",
    "/figures/",
)  # pages of everybody's sums, beside those of rows


def rows(effort: Effort) -> Iterator[Row]:
    """On SQLite all of it takes five minutes, most of them for the filling."""
    learners = max(30, round(WHOLE * min(effort.scale / 3, 1)))
    call_command("seed_load", learners=learners, submissions=200 * learners, yes=True, verbosity=0)
    open_limits()
    cohort = Cohort.objects.get(slug="load")
    teacher = cohort.memberships.filter(role=Role.INSTRUCTOR)[0].user
    ours, bare = readers(User.objects.get(pk=teacher.pk))
    taken = in_turns(
        {"bare": lambda: bare.get("/bare/")}
        | {name: lambda url=url: ours.get(url) for name, url in addresses(cohort).items()}
        | {name: lambda url=url: anew(ours, url) for name, url in unkept(cohort).items()},
        effort.times(5),
        clock=wall_ms,
    )
    floor = statistics.median(taken["bare"])
    for name, url in {**addresses(cohort), **unkept(cohort)}.items():
        yield Row(
            f"{name}, {learners:,} learners",
            statistics.median(taken[name]),
            "ms",
            floor=floor,
            goals=OF_SUMS if any(part in url for part in SUMS) else GOAL,
            note=what_it_is(ours, url),
        )


def addresses(cohort: Cohort) -> dict[str, str]:
    grid = cohort.get_absolute_url()
    answer = Submission.objects.filter(crowd=cohort.pk, grade__passed=False).latest("pk")
    asked = f"item=lab-{answer.lab_id}&show=trying"
    return {
        "grid": grid,
        "grid, a later page": f"{grid}?page=3",
        "grid, stuck ones": f"{grid}?show=stuck&sort=stuck",
        "grid, one lab": f"{grid}?{asked}",
        "grid, by name and least done": f"{grid}?q=an&sort=least",
        "who needs you": f"{grid}help/",
        "what they get wrong": f"{grid}radar/",
        "lessons and labs": f"{grid}items/",
        "one lab of them": f"{grid}items/labs/{answer.lab.slug}/",
        "story of a lab": f"{grid}learners/{answer.user_id}/lab-{answer.lab_id}/",
    }


def unkept(cohort: Cohort) -> dict[str, str]:
    """Once a minute: the page that fetches its figures, and the figures."""
    grid = cohort.get_absolute_url()
    return {"grid, nothing kept": grid, "figures, counted anew": f"{grid}figures/"}


def anew(reader: Reader, url: str) -> None:
    cache.clear()
    reader.get(url)
