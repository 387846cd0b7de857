"""Every page of a cohort begins here: what is not its reader's is not found."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from lessons.people import SignedInRequest
from portal.cohorts.models import Cohort


def seen_cohort(request: SignedInRequest, slug: str) -> Cohort:
    """For what only looks, or says something."""
    return get_object_or_404(Cohort.objects.seen_by(request.user), slug=slug)


def led_cohort(request: SignedInRequest, slug: str, *, lock: bool = False) -> Cohort:
    """For what changes something; locked where two who act at once could do harm together."""
    cohorts = Cohort.objects.led_by(request.user)
    if lock:
        cohorts = cohorts.select_for_update(of=("self",))
    return get_object_or_404(cohorts, slug=slug)
