"""What anybody may see who was given a certificate's address, and by what a verifier knows us."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lessons.limits import is_within
from portal.audit.record import network_of
from portal.certificates.credential import issuer_of, jwk_at, status_of, token_of
from portal.certificates.models import Certificate, SigningKey

PER_MINUTE = 120  # of a network: a class sits behind one address
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """For everybody, so often in a minute, and for no search engine."""

    @functools.wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not is_within(f"certificates:{network_of(request)}", per_minute=PER_MINUTE):
            return render(request, "429.html", status=429)
        response = view(request, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(require_safe(answer))


@public
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    one = get_object_or_404(Certificate, token=token)
    issuer = issuer_of(request)
    context = {
        "certificate": one,
        "issuer": issuer,
        "url": issuer.at("certificate", one.token),
        "keys_url": issuer.at("certificate_keys"),
    }
    return render(request, "portal/certificates/certificate.html", context)


@public
def credential(request: HttpRequest, token: str) -> HttpResponse:
    one = get_object_or_404(Certificate.objects.valid(), token=token)
    answer = HttpResponse(token_of(one, issuer_of(request)), content_type="application/vc+jwt")
    answer["Content-Disposition"] = 'attachment; filename="credential.jwt"'
    return answer


@public
def certificate_status(request: HttpRequest, token: str) -> HttpResponse:
    one = get_object_or_404(Certificate, token=token)
    return for_verifiers(status_of(one, issuer_of(request)))


@public
def certificate_key(request: HttpRequest, name: str) -> HttpResponse:
    key = get_object_or_404(SigningKey, name=name)
    return for_verifiers(jwk_at(key, issuer_of(request)))


@public
def certificate_keys(request: HttpRequest) -> HttpResponse:
    """All that ever signed here."""
    issuer = issuer_of(request)
    return for_verifiers({"keys": [jwk_at(key, issuer) for key in SigningKey.objects.all()]})


def for_verifiers(told: dict[str, Any]) -> HttpResponse:
    """Some are pages in a browser, at another address; nothing here asks who somebody is."""
    return JsonResponse(told, headers={"Access-Control-Allow-Origin": "*"})
