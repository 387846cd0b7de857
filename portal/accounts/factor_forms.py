"""allauth's forms for second factors, with our words and our count of tries: whoever knows the
password must not find six digits by trying."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import forms as key_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.attempts import (
    FACTOR_ANYWHERE,
    FACTOR_HERE,
    KEYS_FROM_ONE_PLACE,
    ONCE,
    Attempt,
    Limit,
)
from portal.accounts.factors import may_add_factor
from portal.accounts.models import User
from portal.accounts.secrets_at_rest import UnreadableSecretError, decrypt, encrypt
from portal.audit.models import What
from portal.audit.record import record_once

CODE_HINT = _("Six digits from your app, or one of your recovery codes.")
DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


@contextmanager
def counted(*limits: tuple[str, Limit], user: User | None = None) -> Iterator[None]:
    """One try; what was right does not count."""
    tries = Attempt.objects.take("factor", *limits)
    if tries is None:
        record_once(What.SHUT_OUT, within=FACTOR_HERE.within, person=user)
        raise get_account_adapter().validation_error("too_many_codes")
    yield
    Attempt.objects.give_back(tries)


def tries_of(user: User) -> list[tuple[str, Limit]]:
    return [(f"{user.pk} {place()}", FACTOR_HERE), (str(user.pk), FACTOR_ANYWHERE)]


def place() -> str:
    return str(get_account_adapter().get_client_ip(context.request))


def refuse_a_second_time(user: User, code: str) -> None:
    """A code that somebody read over a shoulder opens nothing, also while the cache is away."""
    digits = re.sub(r"\D", "", code)
    if Attempt.objects.take("used code", (f"{user.pk} {digits}", ONCE)) is None:
        raise get_adapter().validation_error("incorrect_code")


class OwnCodeField:
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget = forms.TextInput(DIGITS)


class CountedCode(OwnCodeField):
    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = CODE_HINT

    def clean_code(self) -> str:
        with counted(*tries_of(self.user), user=self.user):
            code: str = super().clean_code()  # type: ignore[misc]
            if self.authenticator.type == Authenticator.Type.TOTP:
                refuse_a_second_time(self.user, code)
        return code


class SignInCodeForm(CountedCode, code_forms.AuthenticateForm):
    pass


class CodeAgainForm(CountedCode, code_forms.ReauthenticateForm):
    pass


class ProvenAddress:
    """No factor before the address is confirmed, whichever way it is added."""

    user: User

    def clean(self) -> dict[str, Any]:
        if not may_add_factor(self.user):
            raise get_adapter().validation_error("unverified_email")
        return super().clean() or {}  # type: ignore[misc]


class ActivateAppForm(ProvenAddress, OwnCodeField, totp_forms.ActivateTOTPForm):
    """The secret waits in the session until the first code proves that the app has it: encrypted
    there too."""

    secret: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        if waiting := session.get(SECRET_SESSION_KEY):
            session[SECRET_SESSION_KEY] = readable(waiting)
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)
        self.fields["code"].help_text = _("The six digits that the app shows now.")

    def clean_code(self) -> str:
        code: str = super().clean_code()
        refuse_a_second_time(self.user, code)
        return code


def readable(waiting: str) -> str:
    try:
        return decrypt(waiting)
    except UnreadableSecretError:  # SECRET_KEY changed meanwhile: a new secret is made
        return ""


class AddPasskeyForm(ProvenAddress, key_forms.AddWebAuthnForm):
    """Always one that signs in by itself: the browser is asked for nothing less."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name"),
            required=False,
            max_length=80,
            help_text=_("To tell your passkeys apart."),
        )
        self.fields["passwordless"] = forms.BooleanField(initial=True, widget=forms.HiddenInput)


class RenamePasskeyForm(key_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].max_length = 80


class CountedKey:
    user: User

    def clean_credential(self) -> Authenticator:
        with counted(*tries_of(self.user), user=self.user):
            return super().clean_credential()  # type: ignore[misc]


class SignInKeyForm(CountedKey, key_forms.AuthenticateWebAuthnForm):
    pass


class KeyAgainForm(CountedKey, key_forms.ReauthenticateWebAuthnForm):
    pass


class PasskeyAloneForm(key_forms.LoginWebAuthnForm):
    """Nobody is named before the key proves it, so tries are counted by where they come from."""

    def clean_credential(self) -> Authenticator:
        with counted((f"key from {place()}", KEYS_FROM_ONE_PLACE)):
            return super().clean_credential()
