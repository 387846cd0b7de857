"""Looking at a cohort: everybody, one learner, one answer."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from labs.progress import submissions_of
from lessons.people import SignedInRequest
from lessons.progress import places_of
from portal.cohorts.content import content_of
from portal.cohorts.date_forms import ExtendForm
from portal.cohorts.dates import dates_of
from portal.cohorts.due_items import choices_of, cohort_dues
from portal.cohorts.figures import figures_of, kept_figures, numbers_ahead
from portal.cohorts.finding import seen_cohort
from portal.cohorts.grid import grid_of
from portal.cohorts.grid_form import GridForm
from portal.cohorts.log import record_look
from portal.cohorts.standing import columns_of, standings_of

SUBMISSIONS_A_PAGE = 50
LEARNERS_A_PAGE = 100


@require_safe
def cohort_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    content = content_of(cohort)
    form = GridForm(request.GET, content=content)
    grid = grid_of(cohort, content=content)
    form.offer_labels(grid.labels)
    figures = kept_figures(grid)
    found = grid.chosen(form.wish())
    shown = Paginator(found, LEARNERS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "grid": grid,
        "form": form,
        "shown": shown,
        "query": query_without(request, "page"),
        "page": grid.page(list(shown), form.columns),
        "figures": figures,
        "numbers": figures.numbers if figures else numbers_ahead(grid),
    }
    return render(request, "portal/cohorts/cohort_detail.html", context)


@require_safe
def cohort_figures(request: SignedInRequest, slug: str) -> HttpResponse:
    """For the cohort's page, which does not wait for them; or without JavaScript by themselves."""
    cohort = seen_cohort(request, slug)
    figures = figures_of(grid_of(cohort))
    context = {"cohort": cohort, "figures": figures, "is_later": bool(request.htmx)}
    name = "portal/cohorts/_figures.html" if request.htmx else "portal/cohorts/figures.html"
    return render(request, name, context)


def query_without(request: SignedInRequest, name: str) -> str:
    """What was asked for, for an address that asks the same and one thing more."""
    asked = request.GET.copy()
    asked.pop(name, None)
    return asked.urlencode()


@require_safe
def learner_detail(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    learner = get_object_or_404(cohort.learners, pk=pk)
    record_look(cohort, learner)
    courses = cohort.courses.values("pk")
    lessons, labs = columns_of(cohort)
    dates = dates_of(cohort.pk, cohort.dates_edition)
    only = cohort.learners.filter(pk=pk)
    [standing] = standings_of(only, lessons=lessons, labs=labs, dates=dates)
    submissions = Paginator(submissions_of(learner, courses), SUBMISSIONS_A_PAGE)
    context = {
        "cohort": cohort,
        "standing": standing,
        "modules": [
            (module, list(members))
            for module, members in groupby(lessons, key=lambda row: row.module)
        ],
        "place": places_of([learner], courses).get(learner.pk),
        "dues": cohort_dues(learner.pk, [*lessons, *labs], dates),
        "extend_form": ExtendForm(choices=choices_of([*lessons, *labs], dates)),
        "submissions": submissions.get_page(request.GET.get("page")),
    }
    return render(request, "portal/cohorts/learner_detail.html", context)
