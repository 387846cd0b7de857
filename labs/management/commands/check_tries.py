"""`manage.py check_tries`: prove that what can be tried in lessons answers what its author says."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from labs.grading.errors import SpecError
from labs.try_proof import prove_tries, tries_in
from lessons.sync import read_courses
from lessons.toml_table import SourceError


class Command(BaseCommand):
    help = "For each experiment of tries.toml: it can be asked, and answers as is written there."
    requires_system_checks: list[str] = []

    def handle(self, **options: object) -> None:
        try:
            courses = read_courses(settings.NOTES_DIR)
            prove_tries(courses)
        except (SourceError, SpecError) as error:
            raise CommandError(str(error), returncode=1) from error
        for course in courses:
            for one in tries_in(course):
                self.stdout.write(f"ok  {one.slug} ({one.kind}): {1 + len(one.ideas)} answers")
