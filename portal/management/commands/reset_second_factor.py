"""`manage.py reset_second_factor ADDRESS`: for whoever lost phone, passkey and recovery codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.factors import reset_factors
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Take away somebody's second factors; the password alone signs them in again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--yes", action="store_true", help="you know that it is really them")

    def handle(self, *args: Any, address: str, yes: bool, **options: Any) -> None:
        user = User.objects.filter(email=address.lower()).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {address}.")
        if not yes:
            raise CommandError(
                f"Make sure by another way than mail that it is really {user} who asks, and add "
                "--yes."
            )
        self.stdout.write(f"{reset_factors(user)} of {address} taken away.")
