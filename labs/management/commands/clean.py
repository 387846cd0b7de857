"""`manage.py clean`: what a worker does once a day, now and to the end."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from labs.cleaning import clean_all


class Command(BaseCommand):
    help = "Let go what its time is over for (KEEP_…_DAYS); grades and completions always stay."

    def handle(self, *args: Any, **options: Any) -> None:
        for cleaner, count in clean_all():
            self.stdout.write(f"{count} {cleaner.what}.")
