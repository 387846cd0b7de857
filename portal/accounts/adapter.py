"""Our words in allauth's forms, and mail that may fail without taking the page down."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.attempts import SIGN_IN_ANYWHERE, SIGN_IN_HERE, Attempt
from portal.accounts.models import User
from portal.audit.models import What
from portal.audit.record import record_once
from portal.proof import is_proven

logger = logging.getLogger(__name__)


WAYS = {
    "reauthenticate": _("Use my password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use my passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    attempts: list[Attempt] | None = None  # of this request

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This address and password do not go together. Please try again."
        ),
        "email_taken": _(
            "There is an account with this address already. Sign in and enter your code there."
        ),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "too_many_codes": _("Too many attempts. Wait a while, or use a passkey."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait five minutes, or reset your password."
        ),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        address = str(credentials.get("email", "")).lower()
        place = self.get_client_ip(request)
        self.attempts = Attempt.objects.take(
            "sign-in", (f"{address} {place}", SIGN_IN_HERE), (address, SIGN_IN_ANYWHERE)
        )
        if self.attempts is None:
            owner = User.objects.filter(email=address).first()
            record_once(What.SHUT_OUT, within=SIGN_IN_HERE.within, person=owner)
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """What was right does not count."""
        self.attempts = None
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user and self.attempts:
            Attempt.objects.give_back(self.attempts)
        Attempt.objects.forget_old()
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a moment ago has shown who they are."""
        required = super().is_reauthentication_required(app=app, **kwargs)
        return required and not is_proven(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways = super().get_reauthentication_methods(user)
        if not ways and settings.OIDC_ISSUER and user.socialaccount_set.exists():
            return [{"id": "oidc", "description": settings.OIDC_NAME, "url": reverse("oidc_login")}]
        return [way | {"description": WAYS[way["id"]]} for way in ways]

    def send_mail(self, template_prefix: str, email: str, context_data: dict[str, object]) -> None:
        """A mail server that is away must not undo what somebody just did."""
        try:
            super().send_mail(template_prefix, email, context_data)
        except (SMTPException, OSError, UnicodeError):  # UnicodeError: a host that is none
            logger.exception("a mail could not be sent: %s", template_prefix)
            messages.warning(
                context.request, _("The e-mail could not be sent. Please try again later.")
            )
