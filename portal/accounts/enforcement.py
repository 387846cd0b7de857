"""Whose role needs a second factor sets one up before anything else; and whoever enters the
administration has shown within the hour who they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.proof import ONE_HOUR, is_proven

GetResponse = Callable[[HttpRequest], HttpResponseBase]
UNSEEN = "unseen_recovery_codes"  # in the session
CODES = "mfa_view_recovery_codes"


class Middleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        found = request.resolver_match
        if found and found.url_name == CODES and response.status_code == 200:
            request.session.pop(UNSEEN, None)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        return lead_elsewhere(request)


def lead_elsewhere(request: HttpRequest) -> HttpResponseBase | None:
    """Only the pages of one's own account are open to everybody who is signed in."""
    found = request.resolver_match
    if found is None or found.route.startswith("accounts/"):
        return None
    if needs_factor(request.user):
        messages.warning(request, _("Your role needs a second factor: set one up first."))
        return lead(request, reverse("mfa_index"))
    if request.session.get(UNSEEN):
        return lead(request, reverse(CODES))
    if found.namespace == "admin" and not is_proven(request, within=ONE_HOUR):
        return lead(request, question(request))
    return None


def needs_factor(user: Any) -> bool:
    """What is asked of `user` came with it (portal/accounts/backend.py): no query."""
    if settings.MFA_REQUIRED_FOR == "none" or user.has_factor:
        return False
    if user.is_staff or user.authors:
        return True
    return bool(settings.MFA_REQUIRED_FOR == "instructors" and user.leads)


def question(request: HttpRequest) -> str:
    """Where one shows who one is, and back. What was sent is not kept, unlike allauth does it: in
    the administration it may be somebody's new password."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    return f"{ways[0]['url']}?{urlencode({'next': request.get_full_path()})}"


def lead(request: HttpRequest, address: str) -> HttpResponseBase:
    """An htmx request must load the page, not swap it into a fragment."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def note_unseen_codes(request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Recovery codes that nobody has read help nobody: they are shown before anything else."""
    codes = Authenticator.objects.filter(user=user.pk, type=Authenticator.Type.RECOVERY_CODES)
    found = codes.first()
    if found and not found.wrap().did_view:
        request.session[UNSEEN] = True
