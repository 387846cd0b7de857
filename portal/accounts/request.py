"""The type of a request behind the sign-in: there is a user, and it is ours."""

from __future__ import annotations

from django.http import HttpRequest

from portal.accounts.models import User


class SignedInRequest(HttpRequest):
    user: User
