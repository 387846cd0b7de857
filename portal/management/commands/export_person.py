"""`manage.py export_person ADDRESS`: for whoever asks for their data and cannot sign in."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from portal.accounts.models import User
from portal.accounts.own_data import data_of
from portal.audit.models import What
from portal.audit.record import record


class Command(BaseCommand):
    help = "Print everything that the portal holds of somebody, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        user = User.objects.filter(email=address.lower()).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {address}.")
        record(What.EXPORTED, person=user)
        self.stdout.write(json.dumps(data_of(user), indent=1, cls=DjangoJSONEncoder))
