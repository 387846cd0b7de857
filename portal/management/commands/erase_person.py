"""`manage.py erase_person ADDRESS`: for whoever asks for it and cannot do it alone."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from portal.accounts.own_data import erase
from portal.accounts.person_command import PersonCommand
from portal.audit.models import What
from portal.audit.record import record


class Command(PersonCommand):
    help = "Delete who somebody was and what they wrote; scores stay, without a name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--yes", action="store_true", help="it cannot be taken back")

    def handle(self, *args: Any, address: str, yes: bool, **options: Any) -> None:
        user = self.find(address)
        if not yes:
            raise CommandError(f"This erases {user} for good: add --yes.")
        record(What.ERASED, person=user, about="manage.py erase_person")
        erase(user)
        self.stdout.write(f"{address} is erased.")
