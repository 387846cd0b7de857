"""Bring content from files into the database: print the plan; apply it only when told to."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from labs.grading.errors import SpecError
from labs.quiz.sync import QuizPlan, plan_quizzes
from labs.source import read_catalog
from labs.sync import LabPlan, plan_labs
from labs.teaching import all_too_early
from labs.try_proof import prove_tries
from lessons.sync import CoursePlan, StalePlan, plan_sources, read_courses
from lessons.toml_table import SourceError
from portal.authoring.applying import CommandChange, Undoing
from portal.authoring.models import Change
from portal.indexes import IndexPlan, plan_indexes

# Their lines say what applying would do; a plan without lines has nothing to do.
ContentPlan = CoursePlan | LabPlan | QuizPlan | IndexPlan


def sources() -> list[tuple[Callable[[Path], Iterable[ContentPlan]], Path]]:
    """In this order: labs belong to sections that the plan of the lessons may only just have
    written, as questions do, and search looks into lessons and labs."""
    return [
        (plan_lessons, settings.NOTES_DIR),
        (plan_labs, settings.CATALOG_DIR),
        (plan_quizzes, settings.NOTES_DIR),
        (plan_indexes, settings.NOTES_DIR),
    ]


def plan_lessons(notes_dir: Path) -> Iterable[ContentPlan]:
    """Nothing is written that the experiments of the lessons do not bear out."""
    courses = read_courses(notes_dir)
    prove_tries(courses)
    return plan_sources(courses)


class Command(BaseCommand):
    help = "Plan what the files in lessons/notes and labs/catalog change; --apply does it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--apply", action="store_true", help="apply the plan, whatever it archives"
        )
        how.add_argument(
            "--apply-if-safe",
            action="store_true",
            help="apply what costs nobody progress; at start-up",
        )
        how.add_argument(
            "--check", action="store_true", help="exit 1 when there is something to apply"
        )
        how.add_argument(
            "--undo", action="store_true", help="put back what stood before the last change"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.change = CommandChange()
        if options["undo"]:
            self.undo()
            return
        try:
            self.sync(options)
        finally:
            self.change.end()

    def undo(self) -> None:
        last = Change.objects.filter(undone_at=None).first()
        if last is None or not Undoing(last).undo():
            raise CommandError("There is nothing to undo, or something was applied since.")
        self.stdout.write(f"Undone: what was applied {last}. The files still hold it.")

    def sync(self, options: dict[str, Any]) -> None:
        planned: list[ContentPlan] = []
        left: list[ContentPlan] = []
        for plan_all, folder in sources():
            try:
                plans = [plan for plan in plan_all(folder) if plan.lines()]
                left += [plan for plan in plans if not self.settle(plan, options)]
                planned += plans
            except (SourceError, SpecError, StalePlan) as error:
                if isinstance(error, SpecError) and left:
                    self.stdout.write(f"Labs can be planned when the lessons are applied: {error}")
                    continue
                raise CommandError(str(error)) from error
        if planned:
            self.warn()
        self.conclude(planned, left, options)

    def warn(self) -> None:
        """Of labs that ask for what is taught later: learners would only wonder."""
        courses = read_courses(settings.NOTES_DIR)
        with suppress(SpecError):  # said already
            for words in all_too_early(read_catalog(settings.CATALOG_DIR), courses):
                self.stdout.write(f"! lab {words}")

    def settle(self, plan: ContentPlan, options: dict[str, Any]) -> bool:
        """Show a plan, apply it if that is wanted, and say whether nothing of it is left to do."""
        self.stdout.write("\n".join(plan.lines()))
        wanted = options["apply"] or (options["apply_if_safe"] and plan.is_safe)
        if wanted:
            self.apply(plan)
        return bool(wanted)

    def apply(self, plan: ContentPlan) -> None:
        """What search looks into is made of the rest: it is nothing to undo."""
        if isinstance(plan, IndexPlan):
            plan.apply()
        else:
            self.change.apply(plan)

    def conclude(
        self, planned: list[ContentPlan], left: list[ContentPlan], options: dict[str, Any]
    ) -> None:
        if not planned:
            self.stdout.write("Nothing to do.")
        elif left and options["check"]:
            raise CommandError(
                "The database is behind the files: run `manage.py sync_content --apply`."
            )
        elif left and options["apply_if_safe"]:
            raise CommandError(  # and nothing starts: new code would run over old content
                "Not applied, because learners would lose progress: read the plan above, then "
                "--apply, or go back to the version before."
            )
        else:
            self.stdout.write(
                "Nothing is applied yet: run again with --apply." if left else "Applied."
            )
