"""`manage.py check_questions [lesson …]`: prove that the questions of lessons are fair."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from labs.grading.errors import SpecError
from labs.quiz.proof import doubts_about_quiz
from labs.quiz.source import FOLDER, QuizSource, read_quiz
from lessons.source import read_course
from lessons.sync import course_folders
from lessons.toml_table import SourceError


class Command(BaseCommand):
    help = (
        "For each question, whatever is drawn: the right answer scores full, each wrong one less "
        "and with its reason."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("lessons", nargs="*", help="slugs; default: all")

    def handle(self, *, lessons: list[str], **options: object) -> None:
        try:
            found = [
                read_quiz(folder, read_course(folder))
                for folder in course_folders(settings.NOTES_DIR)
            ]
        except (SourceError, SpecError) as error:
            raise CommandError(str(error), returncode=1) from error
        doubts = [doubt for quiz in found for doubt in doubts_about_quiz(quiz)]
        wanted = [doubt for doubt in doubts if not lessons or is_about(doubt, lessons)]
        if wanted:
            raise CommandError("\n".join(wanted), returncode=1)
        for quiz in found:
            for line in lines(quiz):
                self.stdout.write(line)


def is_about(doubt: str, lessons: list[str]) -> bool:
    return any(doubt.startswith(f"{FOLDER}/{lesson}.toml") for lesson in lessons)


def lines(quiz: QuizSource) -> Iterator[str]:
    for lesson, questions in quiz.lessons.items():
        kinds = Counter(question.kind for question in questions)
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "no questions"
        yield f"{'ok ' if questions else '-- '} {lesson}: {told}"
    yield f"{quiz.course}: {len(quiz.questions)} questions, all proved"
