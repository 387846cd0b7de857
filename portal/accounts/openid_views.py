"""To the provider, back from it, and linking what belongs to one person."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from requests import RequestException

from portal.accounts.openid import Adapter
from portal.accounts.openid_adapter import WAITING, name_of_issuer, owners_of
from portal.accounts.request import SignedInRequest
from portal.proof import require_proof

# A provider that is away, or answers something else than it promised: a key of another kind than
# the token's algorithm is a TypeError.
FAULTS = (OAuth2Error, RequestException, KeyError, TypeError, ValueError)


@login_not_required
@require_http_methods(["GET", "POST"])
def oidc_login(request: HttpRequest) -> HttpResponse:
    return ask_provider(request, OAuth2LoginView)


@login_not_required
@require_http_methods(["GET"])
def oidc_callback(request: HttpRequest) -> HttpResponse:
    """No HEAD: it signs somebody in."""
    return ask_provider(request, OAuth2CallbackView)


def ask_provider(request: HttpRequest, view: Any) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        raise Http404
    adapter = Adapter(request, name_of_issuer())
    try:
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except FAULTS as error:
        answer = render_authentication_error(request, adapter.get_provider(), exception=error)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def oidc_link(request: SignedInRequest) -> HttpResponse:
    """Only whoever has the confirmed address on both sides, and has just shown who they are."""
    waiting = request.session.get(WAITING)
    login = SocialLogin.deserialize(waiting) if waiting else None
    if login is None or not owners_of(login).filter(user=request.user.pk).exists():
        raise Http404
    if request.method != "POST":
        return render(request, "socialaccount/link.html")
    require_proof(request)
    del request.session[WAITING]
    login.lookup()
    if not login.is_existing:
        login.connect(request, request.user)
    messages.success(request, _("%(name)s is linked.") % {"name": settings.OIDC_NAME})
    return redirect("day")
