"""What pages cost with few learners and with many; with few answers of one's own and with many; and
what a sync takes with a hundred thousand places."""

from __future__ import annotations

import gc
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from labs.models import Submission
from labs.sync import plan_labs
from lessons.models import Completion, Course, Lesson, Place
from lessons.sync import plan_courses
from portal.accounts.models import User
from tests.bench.bench_pages import open_limits
from tests.bench.clock import Work, in_turns, wall_ms
from tests.bench.growth.filling import Filling
from tests.bench.reader import readers
from tests.bench.row import Effort, Row

LEARNERS = (100, 1_000, 10_000)  # who gave 200,000 answers in the end
OWN = 2_000  # answers of somebody who never stops
PLACES = 100_000
LESSON = "security-groups"

Costs = dict[str, tuple[float, int]]  # page → processor time in bare pages, queries


def rows(effort: Effort) -> Iterator[Row]:
    """The floor of a page is the same page with the fewest learners: a ratio of 1 is no growth."""
    share = min(effort.scale, 1) or 0.01
    open_limits()
    filling = Filling()
    reader = filling.one("first")
    stages = [max(2 + n, round(number * share)) for n, number in enumerate(LEARNERS)]
    found: dict[int, Costs] = {}
    for number in stages:
        filling.grow_to(number)
        found[number] = costs_of(reader, effort)
    yield from growth(found)
    yield from of_own_history(filling, reader, effort, max(40, round(OWN * share)))
    yield from of_sync(filling, effort, round(PLACES * share))


def addresses(user: User) -> dict[str, str]:
    lesson = Lesson.objects.select_related("course").get(slug=LESSON)
    answer = Submission.objects.filter(user=user, grade__passed=True).latest("pk")
    lab = answer.lab.get_absolute_url()
    return {
        "your day": "/day/",
        "course": lesson.course.get_absolute_url(),
        "lesson": lesson.get_absolute_url(),
        "search": "/search/?q=bucket",
        "labs": "/labs/",
        "lab": lab,
        "attempts": f"{lab}attempts/",
        "all attempts": f"{lab}attempts/all/",
        "attempt": answer.get_absolute_url(),
        "solution": f"{lab}solution/",
        "kept texts": f"{lab}texts/",
        "devices": "/accounts/sessions/",
        "profile": "/accounts/profile/",
    }


def costs_of(user: User, effort: Effort) -> Costs:
    """Of what the filling left in memory nothing is looked at again by the collector."""
    user.sessions.all().delete()
    ours, bare = readers(user)
    pages = addresses(user)
    works: dict[str, Work] = {name: lambda url=url: ours.get(url) for name, url in pages.items()}
    gc.collect()
    gc.freeze()
    taken = in_turns({"bare": lambda: bare.get("/bare/"), **works}, effort.times(20))
    floor = statistics.median(taken["bare"])
    return {
        name: (statistics.median(taken[name]) / floor, ours.queries(url))
        for name, url in pages.items()
    }


def growth(found: dict[int, Costs]) -> Iterator[Row]:
    few, many = found[min(found)], found[max(found)]
    for name in few:
        steps = [f"{number:,}: {costs[name][0]:.2f}" for number, costs in found.items()]
        queries = sorted({costs[name][1] for costs in found.values()})
        yield Row(
            f"{name}, {max(found):,} learners",
            many[name][0],
            "bare pages",
            floor=few[name][0],
            goals=("ratio <= 1.2",),
            note=f"{' → '.join(steps)}; {'/'.join(map(str, queries))} queries",
        )


def of_own_history(filling: Filling, reader: User, effort: Effort, number: int) -> Iterator[Row]:
    """Half of the answers are to one lab."""
    lab = filling.labs[0]
    diligent = filling.one("diligent", answers=number // 2)
    filling.write_answers([diligent], [lab], number // 2, first=number)
    filling.write_texts(diligent, lab, 100)
    few, many = costs_of(reader, effort), costs_of(diligent, effort)
    for name in few:
        yield Row(
            f"{name}, {number:,} answers of one's own",
            many[name][0],
            "bare pages",
            floor=few[name][0],
            note=f"{few[name][1]} queries, {many[name][1]} with many",
        )


def of_sync(filling: Filling, effort: Effort, number: int) -> Iterator[Row]:
    filling.readers(max(0, number - Place.objects.count()))
    rows = f"{Place.objects.count():,} places, {Completion.objects.count():,} completions"
    with tempfile.TemporaryDirectory(prefix="notes-") as folder:
        notes = Path(folder) / "notes"
        shutil.copytree(settings.NOTES_DIR, notes)
        sync(notes)
        taken = [wall_ms(lambda: sync(notes)) for _time in range(effort.times(2))]
        yield Row("sync, nothing to do", statistics.median(taken), "ms", goals=GOAL, note=rows)
        taken = [changed(notes, edition) for edition in range(effort.times(2))]
        yield Row("sync, one changed section", statistics.median(taken), "ms", goals=GOAL)


GOAL = ("ours <= 2000",)


def changed(notes: Path, edition: int) -> float:
    """One section has a sentence more. Milliseconds."""
    path = notes / "aws" / "notes.md"
    head, heading, rest = path.read_text().partition("\n## ")
    title, line, text = rest.partition("\n")
    path.write_text(f"{head}{heading}{title}{line}\nEdition {edition}.\n{text}")
    before = Course.objects.get(slug="aws").edition
    taken = wall_ms(lambda: sync(notes))
    assert Course.objects.get(slug="aws").edition != before
    return taken


def sync(notes: Path) -> None:
    """As each start of the portal does it."""
    for plan in plan_courses(notes):
        plan.apply()
    plan_labs(Path(settings.CATALOG_DIR))
