"""`manage.py renew_secrets`: after a change of SECRET_KEY, so that the old one can be forgotten."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.accounts.factors import renew_secrets
from portal.accounts.secrets_at_rest import UnreadableSecretError
from portal.certificates.keys import renew_keys


class Command(BaseCommand):
    help = "Encrypt secrets of second factors and signing keys anew, under the present SECRET_KEY."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = renew_secrets() + renew_keys()
            self.stdout.write(f"{number} secrets are under the present key.")
        except UnreadableSecretError as error:
            raise CommandError(
                "Some were written under a key that is not known here: put it into "
                "SECRET_KEY_FALLBACKS. Nothing was changed."
            ) from error
