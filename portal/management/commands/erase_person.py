"""`manage.py erase_person ADDRESS`: for whoever asks for it and cannot do it alone."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.accounts.own_data import erase
from portal.audit.models import What
from portal.audit.record import record


class Command(BaseCommand):
    help = "Delete who somebody was and what they wrote; scores stay, without a name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--yes", action="store_true", help="it cannot be taken back")

    def handle(self, *args: Any, address: str, yes: bool, **options: Any) -> None:
        user = User.objects.filter(email=address.lower()).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {address}.")
        if not yes:
            raise CommandError(f"This erases {user} for good: add --yes.")
        record(What.ERASED, person=user, about="manage.py erase_person")
        erase(user)
        self.stdout.write(f"{address} is erased.")
