"""`manage.py check_tries`: prove that what can be tried in lessons answers what its author says."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from labs.try_proof import doubts_about, tries_in
from lessons.source import read_course
from lessons.sync import course_folders
from lessons.toml_table import SourceError


class Command(BaseCommand):
    help = "For each experiment of tries.toml: it can be asked, and answers as is written there."
    requires_system_checks: list[str] = []

    def handle(self, **options: object) -> None:
        try:
            courses = [read_course(folder) for folder in course_folders(settings.NOTES_DIR)]
        except SourceError as error:
            raise CommandError(str(error), returncode=1) from error
        doubts = [doubt for course in courses for doubt in doubts_about(course)]
        if doubts:
            raise CommandError("\n".join(doubts), returncode=1)
        for course in courses:
            for one in tries_in(course):
                self.stdout.write(f"ok  {one.slug} ({one.kind}): {1 + len(one.ideas)} answers")
