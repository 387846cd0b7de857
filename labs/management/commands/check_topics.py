"""`manage.py check_topics [--write]`: what each topic of a course has, and which have no lab."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from labs.grading.errors import SpecError
from labs.quiz.source import read_quiz
from labs.source import read_catalog
from labs.topics import FILE, Topic, read_topics, table_of
from lessons.source import read_course
from lessons.sync import course_folders
from lessons.toml_table import SourceError

README = settings.BASE_DIR / "labs" / "README.md"
BEGIN, END = "<!-- topics: manage.py check_topics --write -->", "<!-- end of topics -->"


class Command(BaseCommand):
    help = "A table of topics: lessons, figures, things to try, questions, and labs by level."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="put it into labs/README.md")

    def handle(self, *, write: bool, **options: object) -> None:
        try:
            topics = [topic for folder in with_topics() for topic in topics_of(folder)]
        except (SourceError, SpecError) as error:
            raise CommandError(str(error), returncode=1) from error
        lines = list(table_of(topics))
        if write:
            README.write_text(with_table(README.read_text(encoding="utf-8"), lines), "utf-8")
        self.stdout.writelines(f"{line}\n" for line in lines)
        self.stdout.write(summary(topics))


def with_topics() -> Iterator[Path]:
    return (folder for folder in course_folders(settings.NOTES_DIR) if (folder / FILE).exists())


def topics_of(folder: Path) -> list[Topic]:
    course = read_course(folder)
    labs = [lab for lab in read_catalog(settings.CATALOG_DIR) if lab.course == course.slug]
    return read_topics(folder, course, read_quiz(folder, course), labs)


def with_table(text: str, lines: Sequence[str]) -> str:
    """Between the two comments; everything else stays."""
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return "\n".join([f"{before}{BEGIN}", *lines, f"{END}{after}"])


def summary(topics: Sequence[Topic]) -> str:
    empty = [topic.title for topic in topics if topic.is_empty]
    words = f"; {len(empty)} have no lab: {'; '.join(empty)}" if empty else ", each has a lab"
    return f"{len(topics)} topics{words}"
