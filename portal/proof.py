"""Whoever does something that cannot be taken back has shown a moment ago who they are: by signing
in, or by password, code or passkey once more."""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest

ONE_HOUR = 3600


def is_proven(request: HttpRequest, *, within: int | None = None) -> bool:
    """Within so many seconds; somebody whom nothing can be asked is taken by their session."""
    seconds = app_settings.REAUTHENTICATION_TIMEOUT if within is None else within
    shown = [record["at"] for record in get_authentication_records(request, request.user)]
    if shown and time.time() - max(shown) < seconds:
        return True
    return not get_adapter().get_reauthentication_methods(request.user)


def require_proof(request: HttpRequest) -> None:
    """What was sent is kept meanwhile, in the session: call this where that holds no secret."""
    if not is_proven(request):
        raise ReauthenticationRequired
