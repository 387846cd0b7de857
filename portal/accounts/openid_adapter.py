"""Who may come in by OpenID Connect: whoever belongs here, and whoever was invited."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.openid import Provider

WAITING = "openid_waiting"  # in the session: to be linked once its owner has signed in


class OpenIdAdapter(DefaultSocialAccountAdapter):
    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": gettext_lazy(
            "Set a password or add a passkey first: this is your only way in."
        ),
    }

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[Any]:
        """The one of the settings: nobody opens another door by a row."""
        if not settings.OIDC_ISSUER or client_id not in (None, settings.OIDC_CLIENT_ID):
            return []
        return [
            SocialApp(
                provider=Provider.id,
                provider_id=name_of_issuer(),
                name=settings.OIDC_NAME,
                client_id=settings.OIDC_CLIENT_ID,
                secret=settings.OIDC_CLIENT_SECRET,
                settings={
                    "server_url": settings.OIDC_ISSUER.rstrip("/"),
                    "oauth_pkce_enabled": True,
                },
            )
        ]

    def get_provider(self, request: Any, provider: Any, client_id: Any = None) -> Provider:
        return Provider(request, app=self.get_app(request, provider, client_id))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody known goes on. An address that is confirmed on both sides belongs to one person,
        but only that person's own sign-in links the two."""
        check_nonce(sociallogin)
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        if owners_of(sociallogin).exists():
            request.session[WAITING] = sociallogin.serialize()
            said = _(
                "There is an account with your address already. Sign in to it once to link it."
            )
            messages.info(request, said)
            raise ImmediateHttpResponse(redirect("oidc_link"))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user: User = sociallogin.user
        user.name = str(data.get("name") or "")[:80]
        user.email = str(data.get("email") or "")
        return user

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        return {"email": sociallogin.user.email, "name": sociallogin.user.name}


def name_of_issuer() -> str:
    """What one provider calls somebody must never let in another's: who changes OIDC_ISSUER begins
    anew."""
    return "oidc-" + hashlib.sha256(settings.OIDC_ISSUER.rstrip("/").encode()).hexdigest()[:16]


def check_nonce(sociallogin: Any) -> None:
    asked = sociallogin.state.get("data", {}).get("nonce", "")
    told = sociallogin.account.extra_data.get("nonce", "")
    if not asked or not secrets.compare_digest(str(asked), str(told)):
        raise OAuth2Error("This token was made for another sign-in.")


def confirmed_addresses(sociallogin: Any) -> list[str]:
    return [address.email.lower() for address in sociallogin.email_addresses if address.verified]


def owners_of(sociallogin: Any) -> Any:
    """The confirmed addresses here that the provider has confirmed, too."""
    return EmailAddress.objects.filter(email__in=confirmed_addresses(sociallogin), verified=True)
