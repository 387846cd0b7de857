"""`manage.py reset_second_factor ADDRESS`: for whoever lost phone, passkey and recovery codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from portal.accounts.factors import reset_factors
from portal.accounts.person_command import PersonCommand


class Command(PersonCommand):
    help = "Take away somebody's second factors; the password alone signs them in again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--yes", action="store_true", help="you know that it is really them")

    def handle(self, *args: Any, address: str, yes: bool, **options: Any) -> None:
        user = self.find(address)
        if not yes:
            raise CommandError(
                f"Make sure by another way than mail that it is really {user} who asks, and add "
                "--yes."
            )
        self.stdout.write(f"{reset_factors(user)} of {address} taken away.")
