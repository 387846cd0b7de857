"""Secrets that have to be read again, such as the key of an authenticator app: in the database they
are encrypted, so that a stolen backup opens no account."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# The same SECRET_KEY signs other things, with keys derived for those.
PURPOSE = b"portal.accounts.second-factors"


class UnreadableSecretError(ValidationError):
    """SECRET_KEY is another one than when this was written. Said on a form, never a 500."""

    silent_variable_failure = True

    def __init__(self) -> None:
        super().__init__(
            _(
                "We cannot read your second factor any more; the fault is ours. Ask an "
                "administrator to reset it."
            )
        )


def encrypt(text: str) -> str:
    return keys().encrypt(text.encode()).decode()


def decrypt(kept: str) -> str:
    try:
        return keys().decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def renew(kept: str) -> str:
    """Under the present key, whichever it was written with."""
    try:
        return keys().rotate(kept.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def keys() -> MultiFernet:
    """The first one writes; those before it still read."""
    return MultiFernet(
        [fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def fernet(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))
