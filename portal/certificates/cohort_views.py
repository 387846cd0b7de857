"""The certificates that were earned in a cohort, for those who teach it; instructors revoke."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.people import SignedInRequest
from portal.certificates.forms import RevokeForm
from portal.certificates.models import Certificate
from portal.certificates.own_views import note
from portal.certificates.telling import tell_of_revocation
from portal.cohorts.finding import led_cohort, seen_cohort
from portal.cohorts.models import Cohort

A_PAGE = 50


@require_safe
def cohort_certificates(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    rows = Certificate.objects.filter(cohort=cohort).exclude(name="")
    rows = rows.select_related("user", "revoked_by")
    pages = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"cohort": cohort, "certificates": pages}
    return render(request, "portal/certificates/cohort_certificates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_certificate(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = led_cohort(request, slug)
    one = find_certificate(request, cohort, pk)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        revoke(request, one, form.cleaned_data["reason"])
        return redirect("cohort_certificates", slug=slug)
    context = {"cohort": cohort, "certificate": one, "form": form}
    return render(request, "portal/certificates/revoke_certificate.html", context)


def find_certificate(request: SignedInRequest, cohort: Cohort, pk: int) -> Certificate:
    """Nobody decides about their own, which they may have made before they taught here."""
    others = Certificate.objects.exclude(name="").exclude(user=request.user.pk)
    return get_object_or_404(others, cohort=cohort, pk=pk)


@transaction.atomic
def revoke(request: SignedInRequest, one: Certificate, reason: str) -> None:
    if one.revoke(request.user, reason):
        note(one, "revoked")
        tell_of_revocation(one, request)
        messages.success(request, _("It is revoked, and the learner is told."))


@require_POST
def restore_certificate(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = led_cohort(request, slug)
    restore(request, find_certificate(request, cohort, pk))
    return redirect("cohort_certificates", slug=slug)


@transaction.atomic
def restore(request: SignedInRequest, one: Certificate) -> None:
    if one.restore(request.user):
        note(one, "restored")
        messages.success(request, _("It is valid again, at the same address."))
    elif one.is_by_administrator:
        messages.error(request, _("An administrator revoked it: only they make it valid again."))
    elif not one.is_valid:
        messages.error(request, _("It stays revoked: the learner has another valid one."))
