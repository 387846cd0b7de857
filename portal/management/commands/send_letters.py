"""`manage.py send_letters`: what waits goes out now, also what was given up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.letters.delivery import deliver_some
from portal.letters.models import Letter


class Command(BaseCommand):
    help = "Send the mail that waits, also what was given up after ten tries."

    def handle(self, *args: Any, **options: Any) -> None:
        Letter.objects.given_up().update(tries=0, due_at=timezone.now())
        waiting = Letter.objects.count()
        while deliver_some():
            pass
        left = Letter.objects.count()
        self.stdout.write(f"{waiting - left} sent, {left} wait.")
