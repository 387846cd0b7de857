"""`manage.py export_person ADDRESS`: for whoever asks for their data and cannot sign in."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from portal.accounts.own_data import data_of
from portal.accounts.person_command import PersonCommand
from portal.audit.models import What
from portal.audit.record import record


class Command(PersonCommand):
    help = "Print everything that the portal holds of somebody, as JSON."

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        user = self.find(address)
        record(What.EXPORTED, person=user)
        self.stdout.write(json.dumps(data_of(user), indent=1, cls=DjangoJSONEncoder))
