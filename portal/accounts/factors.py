"""Second factors as this portal keeps them. allauth does the rest; its forms: factor_forms.py."""

from __future__ import annotations

from typing import Any

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts import secrets_at_rest
from portal.accounts.browsers import browser_of
from portal.accounts.models import User

Type = Authenticator.Type
SECRETS = {Type.TOTP: "secret", Type.RECOVERY_CODES: "seed"}  # a passkey's row holds no secret


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is wrong, too old, or was used before."),
        "unverified_email": _(
            "Confirm your address first: whoever owns it must be able to take the account back."
        ),
    }

    def encrypt(self, text: str) -> str:
        return secrets_at_rest.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets_at_rest.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Where a passkey was made is what people know it by."""
        return browser_of(context.request) or gettext("Passkey")


def factors_of(user: User) -> QuerySet[Any]:
    """Without recovery codes: they belong to a factor and are none."""
    found: QuerySet[Any] = Authenticator.objects.filter(user=user.pk)
    return found.exclude(type=Type.RECOVERY_CODES)


def may_add_factor(user: User) -> bool:
    """Not while the main address is unconfirmed: who signed up with a stranger's address must not
    lock its owner out for good."""
    if settings.ACCOUNT_EMAIL_VERIFICATION == EmailVerificationMethod.NONE:
        return True
    unproven = EmailAddress.objects.filter(user=user.pk, primary=True, verified=False)
    return not unproven.exists()


def reset_factors(user: User) -> int:
    """For somebody who lost all of them; how many there were."""
    number = factors_of(user).count()
    Authenticator.objects.filter(user=user.pk).delete()
    return number


def renew_secrets() -> int:
    """Every secret under the present SECRET_KEY; how many there are."""
    rows = Authenticator.objects.filter(type__in=SECRETS)
    for row in rows:
        name = SECRETS[Type(row.type)]
        row.data[name] = secrets_at_rest.renew(row.data[name])
        row.save(update_fields=["data"])
    return len(rows)


def unreadable_secrets() -> int:
    """How many were written under a key that is gone."""
    return sum(not is_readable(row) for row in Authenticator.objects.filter(type__in=SECRETS))


def is_readable(row: Any) -> bool:
    try:
        return bool(secrets_at_rest.decrypt(row.data[SECRETS[Type(row.type)]]))
    except secrets_at_rest.UnreadableSecretError:
        return False
