"""From a cell of the grid to what is behind it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lessons.people import SignedInRequest
from portal.cohorts.content import Content, content_of
from portal.cohorts.date_forms import ExtendForm
from portal.cohorts.finding import seen_cohort
from portal.cohorts.lateness import Item
from portal.cohorts.log import record_look
from portal.cohorts.models import Cohort
from portal.reviews import stories


@require_safe
def lab_story(request: SignedInRequest, slug: str, pk: int, lab: int) -> HttpResponse:
    cohort, content, learner, found = find(request, slug, pk, f"lab-{lab}")
    page = request.GET.get("page", "1")
    story = stories.lab_story(cohort, content, learner, found, page)
    context = common(cohort, content, learner, found) | story
    return render(request, "portal/reviews/lab_story.html", context)


@require_safe
def lesson_story(request: SignedInRequest, slug: str, pk: int, lesson: int) -> HttpResponse:
    cohort, content, learner, found = find(request, slug, pk, f"lesson-{lesson}")
    story = stories.lesson_story(cohort, learner, found)
    context = common(cohort, content, learner, found) | story
    return render(request, "portal/reviews/lesson_story.html", context)


def find(
    request: SignedInRequest, slug: str, pk: int, item: str
) -> tuple[Cohort, Content, Any, Any]:
    """A learner of the cohort with something that it learns; the look is noted."""
    cohort = seen_cohort(request, slug)
    learner = get_object_or_404(cohort.learners, pk=pk)
    content = content_of(cohort)
    if item not in content.by_key:
        raise Http404(item)
    record_look(cohort, learner, at=item)
    return cohort, content, learner, content.by_key[item]


def common(cohort: Cohort, content: Content, learner: Any, item: Item) -> dict[str, Any]:
    duty = stories.duty_of(content, learner, item)
    return {
        "cohort": cohort,
        "learner": learner,
        "item": item,
        "duty": duty,
        "extend_form": ExtendForm(choices=duty.choices) if duty.choices else None,
        "neighbours": stories.neighbours_of(content, item),
    }
