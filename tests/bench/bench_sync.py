"""What a sync of the notes takes, for a course of 500 lessons: the first one, one with nothing to
do, and one with a single changed section.

The floor reads the same files, and renders what is new; no database is in it.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings

from labs.sync import plan_labs
from lessons.lesson_page import render_lesson
from lessons.models import Course
from lessons.source import read_course
from lessons.sync import plan_course, plan_courses
from tests.bench.clock import Work, wall_ms
from tests.bench.row import Effort, Row
from tests.lessons.folders import write_course

SLUG = "bench"
LESSONS, SECTIONS = 500, 3
A_LITTLE = 20  # lessons, where somebody only looks whether this still runs
PARAGRAPH = (
    "A **bucket policy** is a JSON document that says who may do what with which objects; "
    "see `s3:GetObject`, [the reference](https://example.com/) and the list below.\n\n"
    "* one statement for readers\n* one for writers\n\n"
)


def rows(effort: Effort) -> Iterator[Row]:
    number = LESSONS if effort.scale >= 1 else A_LITTLE
    with tempfile.TemporaryDirectory(prefix="notes-") as notes:
        folder = write_notes(Path(notes), number, edition=0)
        new = (partial(sync, folder), partial(rendered, folder))
        yield row("first sync", [new], number)
        nothing = (partial(sync, folder), partial(read_course, folder))
        yield row("nothing to do", [nothing] * effort.times(3), number)
        yield row("one changed section", changes(Path(notes), number, effort.times(2)), number)
    yield of_start(effort)


Pair = tuple[Work, Work]


def row(name: str, pairs: Iterator[Pair] | list[Pair], lessons: int) -> Row:
    taken = [(wall_ms(ours), wall_ms(floor)) for ours, floor in pairs]
    ours, floor = (statistics.median(one) for one in zip(*taken, strict=True))
    return Row(f"{name}, {lessons} lessons", ours, "ms", floor=floor)


def changes(notes: Path, number: int, times: int) -> Iterator[Pair]:
    for edition in range(1, 1 + times):
        folder = write_notes(notes, number, edition=edition)
        yield partial(sync, folder), partial(rendered, folder, most=1)


def of_start(effort: Effort) -> Row:
    """What each start of the portal does with the real course and labs."""
    notes, catalog = Path(settings.NOTES_DIR), Path(settings.CATALOG_DIR)
    Course.objects.filter(slug=SLUG).update(archived_at="2026-01-01T00:00:00Z")

    def start() -> None:
        plans = [*plan_courses(notes), *plan_labs(catalog)]
        assert not any(plan.lines() for plan in plans), "there was something to do"

    taken = statistics.median(wall_ms(start) for _time in range(effort.times(3)))
    return Row("nothing to do, the AWS course and its labs", taken, "ms")


def sync(folder: Path) -> None:
    plan_course(read_course(folder)).apply()


def rendered(folder: Path, *, most: int = LESSONS) -> None:
    for lesson in read_course(folder).lessons[:most]:
        render_lesson(lesson)


def write_notes(notes: Path, number: int, *, edition: int) -> Path:
    """Other words in one section, in each edition."""
    lessons = "".join(lesson_in_toml(lesson) for lesson in range(number))
    course = f'schema = 1\ntitle = "Bench"\nsummary = "Long."\n{lessons}'
    text = "".join(lesson_in_words(lesson, edition) for lesson in range(number))
    return write_course(notes, notes=text, course=course, slug=SLUG)


def lesson_in_toml(lesson: int) -> str:
    module = ""
    if lesson % 50 == 0:
        module = f'[[modules]]\nslug = "module-{lesson}"\ntitle = "Module {lesson}"\n'
    sections = [f"lesson-{lesson}", *(f"section-{lesson}-{n}" for n in range(SECTIONS))]
    return (
        f'{module}[[modules.lessons]]\nslug = "lesson-{lesson}"\ntitle = "Lesson {lesson}"\n'
        f"sections = {sections}\n"
    )


def lesson_in_words(lesson: int, edition: int) -> str:
    changed = f"In edition {edition}.\n\n" if lesson == 7 else ""
    body = "".join(f"## Section {lesson} {n}\n{PARAGRAPH}" for n in range(SECTIONS))
    return f"# Lesson {lesson}\n{changed}{PARAGRAPH}{body}"
