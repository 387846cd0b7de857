"""Lessons and labs as a cohort meets them: which are too hard, too easy, or tell nothing."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lessons.models import Lesson
from lessons.people import SignedInRequest
from portal.charts import Bars, bars
from portal.cohorts.finding import seen_cohort
from portal.cohorts.models import Cohort
from portal.cohorts.standing import columns_of
from portal.items.lab_figures import LabFigures, lab_figures_of
from portal.items.lesson_figures import lesson_figures_of
from portal.items.question_figures import question_figures_of
from portal.items.wrong_answers import wrong_answers

MOST_TRIES = 8  # a bar each; above them one for all
ORDERS = {
    "": gettext_lazy("As in the course"),
    "hardest": gettext_lazy("Hardest first"),
    "flagged": gettext_lazy("To look at first"),
}


@require_safe
def items(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    lessons, labs = columns_of(cohort)
    order = request.GET.get("order", "")
    context = {
        "cohort": cohort,
        "labs": ordered(lab_figures_of(cohort, labs), order),
        "lessons": lesson_figures_of(cohort, lessons),
        "orders": ORDERS.items(),
        "order": order if order in ORDERS else "",
    }
    return render(request, "portal/items/items.html", context)


def ordered(figures: list[LabFigures], order: str) -> list[LabFigures]:
    if order == "hardest":
        return sorted(figures, key=lambda one: (not one.tried, one.facility or 0))
    if order == "flagged":
        return sorted(figures, key=lambda one: -len(one.flags))
    return figures


@require_safe
def lab_item(request: SignedInRequest, slug: str, lab: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    _lessons, labs = columns_of(cohort)
    figures = next((one for one in lab_figures_of(cohort, labs) if one.lab.slug == lab), None)
    if figures is None:
        raise Http404
    context = {
        "cohort": cohort,
        "figures": figures,
        "one_lab": [figures],
        "tries": tries_chart(figures),
        "wrong": wrong_answers(cohort, figures.lab),
    }
    return render(request, "portal/items/lab_item.html", context)


def tries_chart(figures: LabFigures) -> Bars | None:
    """How many needed how many answers."""
    if not figures.counts:
        return None
    most = min(max(figures.counts), MOST_TRIES)
    rows = [(str(number), figures.counts.get(number, 0)) for number in range(1, most + 1)]
    more = sum(count for number, count in figures.counts.items() if number > MOST_TRIES)
    return bars([*rows, (f"> {MOST_TRIES}", more)] if more else rows)


@require_safe
def lesson_item(request: SignedInRequest, slug: str, course: str, lesson: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    found = lesson_in(cohort, course, lesson)
    [figures] = lesson_figures_of(cohort, [found])
    sections = found.sections.live()
    stops = [(one, figures.stops.get(one.pk, 0)) for one in sections] if figures.stopped else []
    questions = question_figures_of(cohort, found)
    context = {"cohort": cohort, "figures": figures, "stops": stops, "questions": questions}
    return render(request, "portal/items/lesson_item.html", context)


def lesson_in(cohort: Cohort, course: str, slug: str) -> Lesson:
    lessons, _labs = columns_of(cohort)
    for one in lessons:
        if (one.course.slug, one.slug) == (course, slug):
            return one
    raise Http404
