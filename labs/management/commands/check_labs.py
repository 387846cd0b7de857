"""`manage.py check_labs [slug …]`: prove that labs are fair, before learners find out. Without a
slug: all that learners are asked, questions and practice too."""

from __future__ import annotations

import textwrap
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from labs.grading.errors import SpecError
from labs.mutants import break_solution
from labs.originals import words_in
from labs.proof import is_worth, prove
from labs.source import LabSource
from labs.teaching import too_early
from labs.translations import read_catalog_with_translations, read_with_translations
from lessons.source import CourseSource, read_course


class Command(BaseCommand):
    help = (
        "For each lab and variant: the solution scores 100 %, starter and wrong answers do not "
        "and raise their codes. Without a slug also what check_questions --practice proves."
    )
    requires_system_checks: list[str] = []
    courses: dict[str, CourseSource | None]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", help="default: all")
        parser.add_argument(
            "--mutants",
            action="store_true",
            help="break each solution in many places instead: which of them score 100 %?",
        )
        parser.add_argument("--seconds", type=float, help="fail when it took longer")

    def handle(
        self, *, slugs: list[str], mutants: bool, seconds: float | None, **options: object
    ) -> None:
        started = time.perf_counter()
        self.courses = {}
        show = self.show_mutants if mutants else self.show
        troubles = list(self.about_labs(self.find(slugs), show))
        if not (slugs or mutants):
            troubles += self.about_questions()
        if troubles:
            raise CommandError("\n".join(troubles), returncode=1)
        took = time.perf_counter() - started
        if seconds and took > seconds:
            raise CommandError(f"it took {took:.0f} s; {seconds:.0f} are allowed", returncode=1)

    def about_labs(self, labs: list[LabSource], show: Callable[[LabSource], bool]) -> Iterator[str]:
        if unfair := sum(not show(lab) for lab in labs):
            yield f"{unfair} of {len(labs)} labs are not fair yet"
        else:
            self.stdout.write(f"{len(labs)} labs, all proved")

    def about_questions(self) -> Iterator[str]:
        """By the command that proves them alone."""
        try:
            call_command("check_questions", practice=True, stdout=self.stdout)
        except CommandError as error:
            yield str(error)

    def find(self, slugs: list[str]) -> list[LabSource]:
        try:
            if not slugs:
                return read_catalog_with_translations(settings.CATALOG_DIR)
            return [read_with_translations(settings.CATALOG_DIR / slug) for slug in slugs]
        except (SpecError, FileNotFoundError) as error:
            raise CommandError(str(error), returncode=1) from error

    def show(self, lab: LabSource) -> bool:
        started = time.perf_counter()
        doubts = [*prove(lab), *too_early(lab, self.course_of(lab))]
        took = 1000 * (time.perf_counter() - started)
        counts = (
            f"{len(lab.variants)} variants, {len(lab.wrong)} wrong answers, {is_worth(lab)} "
            f"points, {took:.0f} ms"
        )
        self.stdout.write(
            f"{'not fair' if doubts else 'ok      '}  {lab.slug} ({lab.kind}: {counts})"
        )
        for words in [*doubts, *translation_lines(lab)]:
            self.stdout.write(f"          {words}")
        return not doubts

    def course_of(self, lab: LabSource) -> CourseSource | None:
        """Read once; none where there is no such course, which sync_content says."""
        if lab.course not in self.courses:
            folder = settings.NOTES_DIR / lab.course
            is_there = (folder / "course.toml").exists()
            self.courses[lab.course] = read_course(folder) if is_there else None
        return self.courses[lab.course]

    def show_mutants(self, lab: LabSource) -> bool:
        started = time.perf_counter()
        toll = break_solution(lab)
        took = 1000 * (time.perf_counter() - started)
        doubts = list(toll.doubts())
        counts = (
            f"{len(toll.broken)} mutants, {len(toll.survivors)} at 100 %, "
            f"{len(toll.proved)} of them proved equal, {took:.0f} ms"
        )
        self.stdout.write(f"{'not fair' if doubts else 'ok      '}  {lab.slug} ({counts})")
        for doubt in doubts:
            self.stdout.write(textwrap.indent(doubt, "          "))
        return not doubts


def translation_lines(lab: LabSource) -> Iterator[str]:
    """What somebody who follows the original has to do, and what `of` has to say then."""
    for one in lab.translations:
        if one.is_behind:
            words = words_in(settings.CATALOG_DIR / lab.slug)
            yield f'{one.language}: behind the original (then of = "{words}")'
        yield from (f"{one.language}: English until then: {left}" for left in one.left_out)
