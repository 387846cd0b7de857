"""A cohort of a thousand, to look at and to measure with: the same seed makes the same people."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.text import slugify

from labs.models import Submission
from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from portal.seeding.load import Wish, load

INVENTED = Q(email__endswith="@demo.example") | Q(email__endswith=".load.example")


class Command(BaseCommand):
    help = (
        "Fill an empty database, or one of the demo, with a large cohort whose answers and reports "
        "are real. Running it again with the same numbers changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        wish = Wish()
        parser.add_argument("--learners", type=int, default=wish.learners)
        parser.add_argument("--submissions", type=int, default=wish.submissions)
        parser.add_argument(
            "--items", type=int, default=wish.items, help="lessons and labs, at least"
        )
        parser.add_argument("--seed", type=int, default=wish.seed)
        parser.add_argument("--cohort", default=wish.cohort, help="its address")
        parser.add_argument("--course", default="aws")
        parser.add_argument(
            "--yes", action="store_true", help="although somebody's real work is here"
        )

    def handle(self, *, course: str, yes: bool, **options: Any) -> None:
        wish = wish_of(options)
        found = course_with_labs(course)
        if there := Cohort.objects.filter(slug=wish.cohort).first():
            self.stdout.write(self.as_it_is(there, wish))
            return
        if not yes and (number := User.objects.exclude(INVENTED).count()):
            raise CommandError(
                f"{number} people are here that neither the demo nor this command made: fill "
                "another database, or say --yes."
            )
        cohort = load(wish, found, tell=self.tell if options["verbosity"] else silent)
        self.stdout.write(f"The cohort is at {cohort.get_absolute_url()}")

    def tell(self, line: str) -> None:
        self.stdout.write(line)

    def as_it_is(self, cohort: Cohort, wish: Wish) -> str:
        """Nothing is added to a cohort that is there."""
        learners = cohort.learners.filter(email__endswith=f"@{wish.domain}").count()
        answers = Submission.objects.filter(crowd=cohort.pk).count()
        if (learners, answers) != (wish.learners, wish.submissions):
            raise CommandError(
                f"There is a cohort {wish.cohort!r} already, of {learners:,} such learners with "
                f"{answers:,} answers: name another one with --cohort."
            )
        return f"The cohort {wish.cohort!r} is there already."


def silent(_line: str) -> None:
    """For whoever asked for quiet."""


def wish_of(options: dict[str, Any]) -> Wish:
    names = ("cohort", "learners", "submissions", "items", "seed")
    wish = Wish(**{name: options[name] for name in names})
    if wish.cohort != slugify(wish.cohort) or not wish.cohort:
        raise CommandError("--cohort takes small letters, digits and hyphens.")
    if wish.learners < 1 or wish.submissions < 0:
        raise CommandError("Somebody has to learn.")
    return wish


def course_with_labs(slug: str) -> Course:
    course: Course | None = Course.objects.live().filter(slug=slug).first()
    if course is None or not course.labs.live().exists():
        raise CommandError(
            f"There is no course {slug!r} with labs yet: run `manage.py sync_content --apply` "
            "first."
        )
    return course
