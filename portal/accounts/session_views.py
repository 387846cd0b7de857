"""On which devices somebody is signed in, and the end of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.request import SignedInRequest
from portal.accounts.sessions import Session, end_other_sessions

MOST = 50


@require_safe
def session_list(request: SignedInRequest) -> HttpResponse:
    alive = Session.objects.filter(user=request.user.pk).alive().order_by("-seen", "-since")
    context = {"sessions": alive[:MOST], "this_session": request.session.session_key}
    return render(request, "account/sessions.html", context)


@require_POST
def end_session(request: SignedInRequest) -> HttpResponse:
    handle = request.POST.get("session", "")
    others = Session.objects.filter(user=request.user.pk).others(request)
    found = next((session for session in others if session.is_called(handle)), None)
    if found is None:
        raise Http404
    found.delete()
    messages.success(request, _("That device is signed out."))
    return redirect("session_list")


@require_POST
def end_sessions(request: SignedInRequest) -> HttpResponse:
    end_other_sessions(request, request.user)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("session_list")
