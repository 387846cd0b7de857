"""`manage.py doctor`: a line for each thing that can be wrong; exit 1 when one is."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from portal.doctor import examine


class Command(BaseCommand):
    help = "Say what is wrong with this portal, and what to do."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(examine())
        for one in found:
            self.stdout.write(f"{'!!' if one.cure else 'ok'}  {one.words}")
            if one.cure:
                self.stdout.write(f"    {one.cure}")
        wrong = sum(1 for one in found if one.cure)
        self.stdout.write(f"{wrong} to look at." if wrong else "All is well.")
        if wrong:
            sys.exit(1)
