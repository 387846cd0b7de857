"""`manage.py new_cohort NAME --course aws`: the first cohort, and the codes that let people in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from lessons.models import Course
from portal.cohorts.models import Cohort, Invitation, Role


class Command(BaseCommand):
    help = "Make a cohort, a code for its instructor and one for its learners."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--course", required=True, help="its slug, such as aws")
        parser.add_argument("--learners", type=int, default=30, help="how many may come; 30")

    @transaction.atomic
    def handle(self, *args: Any, name: str, course: str, learners: int, **options: Any) -> None:
        found = Course.objects.live().filter(slug=course).first()
        if found is None:
            there = ", ".join(Course.objects.live().values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no course {course}; there is: {there}.")
        slug = slugify(name)
        if not slug or Cohort.objects.filter(slug=slug).exists():
            raise CommandError(f"There is a cohort {slug!r} already, or the name has no letters.")
        cohort = Cohort.objects.create(name=name, slug=slug, course=found)
        for role, uses in ((Role.INSTRUCTOR, 1), (Role.LEARNER, learners)):
            code = Invitation.objects.create(cohort=cohort, role=role, uses=uses)
            self.stdout.write(f"{role}: {code} (for {uses})")
        self.stdout.write("Whoever signs up, or joins, with a code is in.")
