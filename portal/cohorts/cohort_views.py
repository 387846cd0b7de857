"""Opening, changing, copying and archiving cohorts."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.typed import asked_for
from portal.cohorts.belonging import StaffRequest
from portal.cohorts.cohort_forms import CohortForm, CopyForm
from portal.cohorts.completing import reached_in
from portal.cohorts.finding import led_cohort
from portal.cohorts.log import record_change
from portal.cohorts.models import Cohort

COHORTS_A_PAGE, LONGEST_NAME = 60, 80


@require_safe
def cohort_list(request: StaffRequest) -> HttpResponse:
    """An administrator may have thousands: a page of them, and by name."""
    if not (request.user.leads or request.user.may_open_cohorts):
        raise Http404
    query = asked_for(request.GET.get("q", ""), LONGEST_NAME)
    found = Cohort.objects.seen_by(request.user).filter(name__icontains=query).with_sizes()
    ordered = found.order_by(F("archived_at").desc(nulls_first=True), "name")
    pages = Paginator(ordered.prefetch_related("courses"), COHORTS_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    leads = any(cohort.is_led for cohort in shown)
    context = {"cohorts": shown, "query": query, "leads_some": leads}
    return render(request, "portal/cohorts/cohort_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_cohort(request: StaffRequest) -> HttpResponse:
    require_opener(request)
    form = CohortForm(request.POST or None, user=request.user)
    if form.is_valid():
        cohort = form.save()
        record_change(cohort, "opened")
        messages.success(request, _("%(cohort)s is open. Now let people in.") % {"cohort": cohort})
        return redirect("invitations", slug=cohort.slug)
    return render(request, "portal/cohorts/new_cohort.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_settings(request: StaffRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug)
    form = CohortForm(request.POST or None, user=request.user, cohort=cohort)
    if form.is_valid():
        before = cohort.counts
        form.save()
        record_change(cohort, ", ".join(changed(form, before, cohort.counts)))
        messages.success(request, _("Saved."))
        return redirect("cohort_settings", slug=slug)
    context = {"cohort": cohort, "form": form, "reached": reached_in(cohort)}
    return render(request, "portal/cohorts/settings.html", context)


@require_POST
def complete_reached(request: StaffRequest, slug: str) -> HttpResponse:
    """What learners reached before the cohort had its rule."""
    cohort = led_cohort(request, slug)
    reached = reached_in(cohort)
    reached.apply()
    record_change(cohort, f"{reached.lessons} lessons completed by its rule")
    messages.success(request, _("Marked as completed."))
    return redirect("cohort_settings", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def copy_cohort(request: StaffRequest, slug: str) -> HttpResponse:
    require_opener(request)
    cohort = led_cohort(request, slug)
    form = CopyForm(request.POST or None)
    if form.is_valid():
        copy = cohort.copy(by=request.user, **form.cleaned_data)
        record_change(copy, f"copied from {cohort.slug}")
        messages.success(request, _("%(cohort)s is open. Now let people in.") % {"cohort": copy})
        return redirect("invitations", slug=copy.slug)
    return render(request, "portal/cohorts/copy_cohort.html", {"cohort": cohort, "form": form})


@require_POST
def archive_cohort(request: StaffRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug)
    cohort.archive()
    record_change(cohort, "archived")
    messages.success(
        request, _("%(cohort)s is archived. Whoever is in can still read.") % {"cohort": cohort}
    )
    return redirect("cohort_settings", slug=slug)


@require_POST
def unarchive_cohort(request: StaffRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug)
    cohort.unarchive()
    record_change(cohort, "taken out of the archive")
    messages.success(request, _("%(cohort)s is open again.") % {"cohort": cohort})
    return redirect("cohort_settings", slug=slug)


def changed(form: CohortForm, before: str, now: str) -> list[str]:
    rule = [f"counts: {before} → {now}"] if before != now else []
    return [*(name for name in form.changed_data if name != "counts"), *rule]


def require_opener(request: StaffRequest) -> None:
    if not request.user.may_open_cohorts:
        raise Http404
