"""What happened in a cohort, for those who lead it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.people import SignedInRequest
from portal.audit.models import Entry, What
from portal.audit.record import record, record_once
from portal.cohorts.finding import led_cohort
from portal.cohorts.models import Cohort

ENTRIES_A_PAGE = 50
ONE_LOOK = timedelta(hours=1)  # whoever turns some pages of one learner looks once


@require_safe
def cohort_log(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug)
    rows = Entry.objects.filter(cohort=cohort).select_related("actor", "person")
    entries = Paginator(rows, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/cohorts/log.html", {"cohort": cohort, "entries": entries})


def record_look(cohort: Cohort, learner: Any, *, at: str = "learner") -> None:
    about = f"{cohort.slug}: {at}"
    record_once(What.LOOKED, within=ONE_LOOK, person=learner, about=about, cohort=cohort)


def record_change(cohort: Cohort, done: str) -> None:
    record(What.COHORT, about=f"{cohort.slug}: {done}", cohort=cohort)
