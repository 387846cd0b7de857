"""`manage.py pack_reports`: once, after the upgrade that brought packed reports."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from labs.packing import pack_reports


class Command(BaseCommand):
    help = "Pack the reports that were stored before; may run while everything else does."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Reports packed: {sum(pack_reports())}.")
