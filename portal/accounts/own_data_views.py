"""What somebody may have of the portal: their data, and its end."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lessons.limits import within_limit
from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.accounts.request import SignedInRequest
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.models import Role
from portal.proof import require_proof

EXPORTS_PER_MINUTE = 3


@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    require_proof(request)
    if not within_limit(request.user, "export", per_minute=EXPORTS_PER_MINUTE):
        return render(request, "429.html", status=429)
    record(What.EXPORTED, person=request.user)
    answer = JsonResponse(data_of(request.user), json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="my-learning.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def erase_account(request: SignedInRequest) -> HttpResponse:
    """Nobody's account ends by a forgotten open browser."""
    allowed = not is_needed(request.user)
    if allowed and request.method == "POST":
        require_proof(request)
        user = request.user
        record(What.ERASED, person=user)
        logout(request)
        erase(user)
        messages.success(request, _("Your account and everything you wrote are gone."))
        return redirect("home")
    return render(request, "account/erase.html", {"allowed": allowed})


def is_needed(user: User) -> bool:
    """A cohort must not lose its instructor, nor the portal its administrator, by one click."""
    return user.is_staff or user.memberships.filter(role=Role.INSTRUCTOR).exists()
