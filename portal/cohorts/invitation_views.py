"""Letting people into a cohort."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.people import SignedInRequest
from portal.cohorts.finding import led_cohort
from portal.cohorts.forms import InvitationForm
from portal.cohorts.models import Invitation, Role
from portal.proof import require_proof


@require_http_methods(["GET", "POST"])
def invitations(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug)
    form = InvitationForm(request.POST or None, instance=Invitation(cohort=cohort))
    if form.is_valid():
        if form.cleaned_data["role"] == Role.INSTRUCTOR:
            require_proof(request)
        messages.success(request, _("A new code: %(code)s") % {"code": form.save()})
        return redirect("invitations", slug=slug)
    context = {
        "cohort": cohort,
        "form": form,
        "open": cohort.invitations.open().order_by("-pk"),
        "closed": cohort.invitations.closed().order_by("-pk"),
    }
    return render(request, "portal/cohorts/invitations.html", context)


@require_POST
def close_invitation(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    invitation = get_object_or_404(led_cohort(request, slug).invitations, pk=pk)
    invitation.close()
    messages.success(
        request, _("%(code)s is closed. Whoever joined with it stays.") % {"code": invitation}
    )
    return redirect("invitations", slug=slug)
