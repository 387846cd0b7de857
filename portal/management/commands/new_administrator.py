"""`manage.py new_administrator ADDRESS`: the first one, or one more. Nobody hands over a password:
the command prints a link by which whoever it is chooses one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from portal.accounts.models import User
from portal.audit.models import What
from portal.audit.record import record
from portal.own_site import own_site


class Command(BaseCommand):
    help = "Make an administrator: a new account, or one that is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--name", default="", help="of somebody who has no account yet")
        parser.add_argument("--site", default="", help="such as https://portal.example.org")

    @transaction.atomic
    def handle(self, *args: Any, address: str, name: str, site: str, **options: Any) -> None:
        user = User.objects.filter(email=address.lower()).first()
        is_new = user is None
        user = user or new_account(address, name)
        if not user.is_active:
            raise CommandError(f"The account of {address} is closed.")
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
        record(What.ADMINISTERED, person=user, about="manage.py new_administrator")
        self.stdout.write(f"{address} is an administrator.")
        if is_new:
            link = f"{site.rstrip('/') or own_site()}{password_path(user)}"
            self.stdout.write(f"To choose a password, within three days and once:\n{link}")


def new_account(address: str, name: str) -> User:
    try:
        validate_email(address)
    except ValidationError as error:
        raise CommandError(f"{address} is no e-mail address.") from error
    if not name:
        raise CommandError(f"Nobody here has the address {address}: say --name, too.")
    return User.objects.create_user(address, name=name)


def password_path(user: User) -> str:
    """As in the mail of somebody who forgot their password."""
    uid, key = user_pk_to_url_str(user), default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
