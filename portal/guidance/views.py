"""Who needs help, and where the lines are."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lessons.people import SignedInRequest
from portal.cohorts.finding import led_cohort, seen_cohort
from portal.cohorts.log import record_change
from portal.cohorts.models import Cohort
from portal.guidance.attention import AWAY, BEHIND, DROPPED, STUCK, Learner, attention_in
from portal.guidance.forms import LinesForm

A_PAGE = 50
TOP = 5
WHY = {
    "": gettext_lazy("All"),
    STUCK: gettext_lazy("Stuck"),
    BEHIND: gettext_lazy("Behind"),
    AWAY: gettext_lazy("Away"),
    DROPPED: gettext_lazy("Review dropped"),
}


@require_safe
def attention(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    return attention_page(request, cohort, LinesForm(cohort=cohort))


def attention_page(request: SignedInRequest, cohort: Cohort, form: LinesForm) -> HttpResponse:
    everybody = attention_in(cohort)
    why = request.GET.get("why", "")
    shown = [one for one in everybody if why in one.names] if why in WHY and why else everybody
    context = {
        "cohort": cohort,
        "form": form,
        "why": why if why in WHY else "",
        "counts": [(name, words, count_of(everybody, name)) for name, words in WHY.items()],
        "learners": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/guidance/attention.html", context)


def count_of(learners: list[Learner], name: str) -> int:
    return sum(not name or name in one.names for one in learners)


@require_safe
def attention_top(request: SignedInRequest, slug: str) -> HttpResponse:
    """For the cohort's first page, which shows it once it is there."""
    cohort = seen_cohort(request, slug)
    found = attention_in(cohort)
    context = {"cohort": cohort, "learners": found[:TOP], "number": len(found)}
    return render(request, "portal/guidance/_top.html", context)


@require_POST
def change_lines(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug)
    form = LinesForm(request.POST, cohort=cohort)
    if not form.is_valid():
        return attention_page(request, cohort, form)
    record_change(cohort, form.save())
    messages.success(request, _("Saved."))
    return redirect("attention", slug)
