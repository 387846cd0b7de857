"""What commands about one person have in common."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User


class PersonCommand(BaseCommand):
    """`manage.py … ADDRESS`."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def find(self, address: str) -> User:
        user = User.objects.filter(email=address.lower()).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {address}.")
        return user
