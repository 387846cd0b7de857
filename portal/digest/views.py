"""No more mail about one's learning, without signing in: by the link of each such mail, or by the
button that mail programs make of its header (RFC 8058)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.accounts.models import Told
from portal.digest.choosing import turn_off, whose


@csrf_exempt  # a mail program has no form of ours; the address says whose mail it is
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """Asked once more where the link was only opened: scanners of mail open every link."""
    user = whose(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        turn_off(user)
    return render(request, "portal/mail_off.html", {"is_off": user.mail_told == Told.NEVER})
