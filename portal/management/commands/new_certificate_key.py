"""`manage.py new_certificate_key`: certificates are signed by another key from now on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.certificates.keys import make_key


class Command(BaseCommand):
    help = "Sign certificates by a new key. The old ones stay published: what they signed is good."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{make_key().name} signs from now on.")
