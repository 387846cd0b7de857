"""What becomes of somebody's addresses when something happens to the account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from portal.accounts.models import User


def tell_present_address(
    request: HttpRequest, user: User, email_address: EmailAddress, **_signal: Any
) -> None:
    """Whoever owns the account hears of a second way into it before it is one."""
    get_adapter().send_notification_mail(
        "account/email/email_added", user, {"added_email": email_address.email}, email=user.email
    )


def drop_unproven_addresses(user: User, **_signal: Any) -> None:
    """A reset is how owners take an account back: what nobody confirmed goes, and so does every
    other address of an account whose main one was never confirmed."""
    addresses = EmailAddress.objects.filter(user=user.pk)
    others = addresses.filter(primary=False)
    if addresses.filter(primary=True, verified=True).exists():
        others = others.filter(verified=False)
    others.delete()
