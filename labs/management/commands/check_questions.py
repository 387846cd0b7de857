"""`manage.py check_questions [lesson …]`: prove that the questions of lessons are fair."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from labs.grading.errors import SpecError
from labs.grading.quiz.proof import SEEDS
from labs.quiz.proof import doubts_about_practice, doubts_about_quiz, generators_of
from labs.quiz.source import QuizSource, read_quiz
from lessons.source import CourseSource, read_course
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
        parser.add_argument(
            "--practice", action="store_true", help="also of the tasks that are drawn without end"
        )

    def handle(self, *, lessons: list[str], practice: bool, **options: object) -> None:
        courses = self.read()
        doubts = [doubt for _, quiz in courses for doubt in doubts_about_quiz(quiz, lessons)]
        if practice:
            doubts += [doubt for course, _ in courses for doubt in doubts_about_practice(course)]
        if doubts:
            raise CommandError("\n".join(doubts), returncode=1)
        for course, quiz in courses:
            self.stdout.writelines(f"{line}\n" for line in lines(quiz, lessons))
            if practice:
                self.stdout.write(practice_line(course))

    def read(self) -> list[tuple[CourseSource, QuizSource]]:
        folders = course_folders(settings.NOTES_DIR)
        try:
            courses = [read_course(folder) for folder in folders]
            return [
                (course, read_quiz(folder, course))
                for course, folder in zip(courses, folders, strict=True)
            ]
        except (SourceError, SpecError) as error:
            raise CommandError(str(error), returncode=1) from error


def lines(quiz: QuizSource, lessons: list[str]) -> Iterator[str]:
    shown = {slug: some for slug, some in quiz.lessons.items() if slug in lessons or not lessons}
    for lesson, questions in shown.items():
        kinds = Counter(question.kind for question in questions)
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "no questions"
        yield f"{'ok ' if questions else '-- '} {lesson}: {told}"
    yield f"{quiz.course}: {sum(map(len, shown.values()))} questions, all proved"


def practice_line(course: CourseSource) -> str:
    count = len(generators_of(course))
    seeds = f"seeds {SEEDS[0]} to {SEEDS[-1]} of each level"
    return f"{course.slug}: {count} kinds of practice, {seeds}, all proved"
