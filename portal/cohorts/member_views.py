"""Who is in a cohort, and in which role."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lessons.people import SignedInRequest
from portal.cohorts.finding import led_cohort, seen_cohort
from portal.cohorts.member_forms import MembersFilter, MembersForm
from portal.cohorts.models import Cohort, Membership, Role
from portal.proof import require_proof

MEMBERS_A_PAGE = 100
PAST_SHOWN = 100


@require_safe
def members(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    form = MembersForm(cohort=cohort, user=request.user) if cohort.is_led else None
    return render(request, "portal/cohorts/members.html", members_context(request, cohort, form))


@require_POST
@transaction.atomic
def change_members(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug, lock=True)
    form = MembersForm(request.POST, cohort=cohort, user=request.user)
    if not form.is_valid():
        context = members_context(request, cohort, form)
        return render(request, "portal/cohorts/members.html", context)
    if form.concerns_rights():
        require_proof(request)
    number = form.save()
    done = ngettext("Done for %(number)d person.", "Done for %(number)d people.", number)
    messages.success(request, done % {"number": number})
    return redirect("members", slug=slug)


def members_context(
    request: SignedInRequest, cohort: Cohort, form: MembersForm | None
) -> dict[str, Any]:
    filters = MembersFilter(request.GET)
    query = filters.cleaned_data["q"] if filters.is_valid() else ""
    pages = Paginator(ordered(cohort.memberships.select_related("user"), query), MEMBERS_A_PAGE)
    return {
        "cohort": cohort,
        "form": form,
        "filters": filters,
        "query": query,
        "members": pages.get_page(request.GET.get("page")),
        "past": cohort.past_memberships.select_related("user")[:PAST_SHOWN],
    }


def ordered(rows: QuerySet[Membership], query: str) -> QuerySet[Membership]:
    """Those who teach come first."""
    rank = Case(When(role=Role.INSTRUCTOR, then=0), When(role=Role.ASSISTANT, then=1), default=2)
    named = Q(user__name__icontains=query) | Q(user__email__icontains=query) if query else Q()
    return rows.filter(named).order_by(rank, "user__name", "user__email")
