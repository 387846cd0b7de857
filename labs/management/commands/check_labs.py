"""`manage.py check_labs [slug …]`: prove that labs are fair, before learners find out."""

from __future__ import annotations

import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from labs.grading.errors import SpecError
from labs.proof import is_worth, prove
from labs.source import LabSource, read_catalog, read_lab


class Command(BaseCommand):
    help = (
        "For each lab and variant: the solution scores 100 %, starter and wrong answers do not "
        "and raise their codes."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", help="default: all")

    def handle(self, *, slugs: list[str], **options: object) -> None:
        unfair = 0
        labs = self.find(slugs)
        for lab in labs:
            unfair += not self.show(lab)
        if unfair:
            raise CommandError(f"{unfair} of {len(labs)} labs are not fair yet", returncode=1)
        self.stdout.write(f"{len(labs)} labs, all proved")

    def find(self, slugs: list[str]) -> list[LabSource]:
        try:
            if not slugs:
                return read_catalog(settings.CATALOG_DIR)
            return [read_lab(settings.CATALOG_DIR / slug) for slug in slugs]
        except (SpecError, FileNotFoundError) as error:
            raise CommandError(str(error), returncode=1) from error

    def show(self, lab: LabSource) -> bool:
        started = time.perf_counter()
        doubts = prove(lab)
        took = 1000 * (time.perf_counter() - started)
        counts = (
            f"{len(lab.variants)} variants, {len(lab.wrong)} wrong answers, {is_worth(lab)} "
            f"points, {took:.0f} ms"
        )
        self.stdout.write(
            f"{'not fair' if doubts else 'ok      '}  {lab.slug} ({lab.kind}: {counts})"
        )
        for doubt in doubts:
            self.stdout.write(f"          {doubt}")
        return not doubts
