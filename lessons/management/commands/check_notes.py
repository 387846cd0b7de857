"""Prove that a course's files fit together; with --headings, list what course.toml can refer to."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lessons.annotations import Background
from lessons.source import CourseSource, TranslatedCourse, read_outline
from lessons.sync import course_folders
from lessons.toml_table import SourceError
from lessons.translations import read_with_translations, words_of


class Command(BaseCommand):
    help = (
        "Check lessons/notes/*: every heading in exactly one lesson, no unknown key, every note "
        "and figure in place."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("courses", nargs="*", help="folders in lessons/notes (default: all)")
        parser.add_argument(
            "--headings", action="store_true", help="list the headings with their slugs"
        )

    def handle(self, *args: object, courses: list[str], headings: bool, **options: object) -> None:
        folders = [settings.NOTES_DIR / name for name in courses] or course_folders(
            settings.NOTES_DIR
        )
        problems = [
            problem for folder in folders if (problem := self.problem_of(folder, headings=headings))
        ]
        if problems:
            raise CommandError("\n".join(problems))

    def problem_of(self, folder: Path, *, headings: bool) -> str:
        """What is wrong with the course in `folder`, or nothing."""
        try:
            if headings:
                for heading in read_outline(folder):
                    self.stdout.write(f"{heading.line:5}  {'#' * heading.level:6} {heading.slug}")
            course = read_with_translations(folder)
            if headings:
                self.list_backgrounds(course)
        except SourceError as error:
            return str(error)
        own = len(backgrounds_of(course))
        sections = sum(len(lesson.sections) for lesson in course.lessons) - own
        words = f"{len(course.modules)} modules, {len(course.lessons)} lessons, {sections} headings"
        further = f" {own} sections of background." if own else ""
        self.stdout.write(f"{course.slug}: {words}, each in exactly one lesson.{further}")
        for one in course.translations:
            self.stdout.write(translation_line(course, one))
        return ""

    def list_backgrounds(self, course: CourseSource) -> None:
        for one in backgrounds_of(course):
            self.stdout.write(f"    +  after {one.after}: {one.slug}")


def backgrounds_of(course: CourseSource) -> list[Background]:
    return [
        section.background
        for lesson in course.lessons
        for section in lesson.sections
        if section.background
    ]


def translation_line(course: CourseSource, translated: TranslatedCourse) -> str:
    """With what `of` has to be once a translation follows its original."""
    behind = [one.slug for one in course.lessons if is_behind(one.slug, translated)]
    words = {one.slug: words_of(one) for one in course.lessons}
    english = dict.fromkeys(translated.left_out, ", English until then")
    said = [f'{slug} (then of = "{words[slug]}"{english.get(slug, "")})' for slug in behind]
    line = f"    {translated.language}: {len(translated.lessons)} lessons"
    return f"{line}; behind the original: {', '.join(said)}" if said else line


def is_behind(slug: str, translated: TranslatedCourse) -> bool:
    one = translated.lessons.get(slug)
    return slug in translated.left_out or bool(one and one.is_behind)
