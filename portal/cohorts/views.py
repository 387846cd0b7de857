"""The instructor's pages. Every view begins with the cohorts that its reader leads;
all else is 404."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from labs.progress import submissions_of
from lessons.people import SignedInRequest
from lessons.progress import places_of
from portal.cohorts.forms import GridForm, InvitationForm
from portal.cohorts.grid import grid_of
from portal.cohorts.models import Cohort, Role
from portal.cohorts.standing import columns_of, standings_of
from portal.proof import require_proof

SUBMISSIONS_A_PAGE = 50


def led_cohort(request: SignedInRequest, slug: str) -> Cohort:
    """For what changes something."""
    return get_object_or_404(Cohort.objects.led_by(request.user), slug=slug)


def seen_cohort(request: SignedInRequest, slug: str) -> Cohort:
    """For what only looks."""
    return get_object_or_404(Cohort.objects.seen_by(request.user), slug=slug)


@require_GET
def cohort_list(request: SignedInRequest) -> HttpResponse:
    cohorts = Cohort.objects.seen_by(request.user).with_sizes().prefetch_related("courses")
    if not cohorts:
        raise Http404
    return render(request, "portal/cohorts/cohort_list.html", {"cohorts": cohorts})


@require_GET
def cohort_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    grid = grid_of(cohort)
    form = GridForm(request.GET, groups=grid.groups)
    asked = form.asked()
    groups = grid.columns(asked.pop("module"))
    rows = grid.rows(grid.chosen(**asked), groups)
    context = {"cohort": cohort, "grid": grid, "form": form, "groups": groups, "rows": rows}
    return render(request, "portal/cohorts/cohort_detail.html", context)


@require_GET
def learner_detail(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    learner = get_object_or_404(cohort.learners, pk=pk)
    courses = cohort.courses.values("pk")
    lessons, labs = columns_of(cohort)
    [standing] = standings_of(cohort.learners.filter(pk=pk), lessons=lessons, labs=labs)
    submissions = Paginator(submissions_of(learner, courses), SUBMISSIONS_A_PAGE)
    context = {
        "cohort": cohort,
        "standing": standing,
        "modules": [
            (module, list(members))
            for module, members in groupby(lessons, key=lambda row: row.module)
        ],
        "place": places_of([learner], courses).get(learner.pk),
        "submissions": submissions.get_page(request.GET.get("page")),
    }
    return render(request, "portal/cohorts/learner_detail.html", context)


@require_http_methods(["GET", "POST"])
def invitations(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug)
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["role"] == Role.INSTRUCTOR:
            require_proof(request)
        form.instance.cohort = cohort
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
