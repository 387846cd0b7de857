"""What an instructor takes along of their cohort."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lessons.limits import within_limit
from lessons.people import SignedInRequest
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.finding import led_cohort
from portal.exports.answers import findings, submissions
from portal.exports.formats import FORMATS
from portal.exports.gradebook import gradebook
from portal.exports.tables import TableOf
from portal.long_answers import joined, long_answer
from portal.proof import require_proof

PER_MINUTE = 12
TABLES: dict[str, TableOf] = {
    "gradebook": gradebook,
    "answers": submissions,
    "findings": findings,
}
OFFERED = [
    (
        "gradebook",
        _("Gradebook"),
        _("A line for each learner, a column for each lesson and lab: 100 or the best score."),
    ),
    (
        "answers",
        _("Answers"),
        _("A line for each answer: when, which lab, what it was worth, who graded it, its text."),
    ),
    (
        "findings",
        _("Findings"),
        _("A line for each check of each answer: whether it held, and what was said."),
    ),
]


@require_safe
def exports(request: SignedInRequest, slug: str) -> HttpResponse:
    context = {"cohort": led_cohort(request, slug), "offered": OFFERED, "formats": list(FORMATS)}
    return render(request, "portal/exports/exports.html", context)


@require_safe
def export_file(request: SignedInRequest, slug: str, name: str, ending: str) -> HttpResponseBase:
    """Names, addresses and all that they wrote leave the portal: whoever asks has just shown who
    they are, and the log says so."""
    cohort = led_cohort(request, slug)
    if name not in TABLES or ending not in FORMATS:
        raise Http404
    require_proof(request)
    if not within_limit(request.user, "cohort-export", per_minute=PER_MINUTE):
        return render(request, "429.html", status=429)
    record(What.EXPORTED, about=f"{cohort.slug}: {name}.{ending}", cohort=cohort)
    made = FORMATS[ending]
    filename = f"{cohort.slug}-{name}-{timezone.localdate()}.{ending}"
    pieces = joined(made.pieces(TABLES[name](cohort)))
    return long_answer(request, pieces, content_type=made.content_type, filename=filename)
