"""`manage.py count_mistakes`: at once what a worker does by and by after an upgrade."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand

from labs.counting import count_some
from labs.models import Chore


class Command(BaseCommand):
    help = "Count the mistakes of all verdicts; may run while everything else does."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="also of those that were counted before"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chore, _made = Chore.objects.get_or_create(name="counting")
        if options["anew"]:
            chore.move_on(0)
        batch = partial(count_some, chore, settled=timedelta())
        self.stdout.write(f"Verdicts counted: {sum(iter(batch, 0))}.")
