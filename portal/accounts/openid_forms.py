"""Coming here for the first time by OpenID Connect, and letting go of it."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.forms import DisconnectForm, SignupForm
from django.conf import settings

from portal.accounts.forms import Invited
from portal.accounts.openid_adapter import confirmed_addresses
from portal.accounts.plain_forms import PlainFields


class OpenIdSignupForm(PlainFields, Invited, SignupForm):
    """As for everybody: an invitation and a name. An address that the provider has confirmed is
    the one; any other is asked for, and confirmed by mail."""

    template = "socialaccount/signup.html"
    field_order = ["code", "name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        addresses = confirmed_addresses(self.sociallogin)
        if addresses:
            self.initial["email"] = addresses[0]
            self.fields["email"].disabled = True
        self.fields["code"].required = not any(may_join(address) for address in addresses)


def may_join(address: str) -> bool:
    return address.rpartition("@")[2] in settings.OIDC_DOMAINS


class UnlinkForm(DisconnectForm):
    pass
