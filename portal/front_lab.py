"""The lab on the first page, for whoever is not signed in. Nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from labs.child import Fault
from labs.forms import Sent
from labs.grading.errors import AnswerError, Undecided
from labs.refusals import Refusal, refusal_of, slower
from labs.samples import Busy, Sample, judged, sample
from portal.audit.record import network_of


@login_not_required
@require_POST
def try_lab(request: HttpRequest) -> HttpResponse:
    """With JavaScript the verdict alone; without, the whole page with what was typed."""
    one = sample()
    if one is None:
        raise Http404("FRONT_LAB")
    text = Sent.from_post(request.POST).text
    context: dict[str, Any] = {"sample": one, "text": text} | outcome(
        one, text, network_of(request)
    )
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "portal/_front_verdict.html", context | {"swapped": True})
    refusal: Refusal | None = context.get("refusal")
    return render(request, "portal/home.html", context, status=refusal.status if refusal else 200)


def outcome(one: Sample, text: str, network: str) -> dict[str, Any]:
    try:
        return {"verdict": judged(one, text, network=network)}
    except AnswerError as error:
        return {"refusal": refusal_of(error)}
    except Busy:
        return {"refusal": busy()}
    except (Fault, Undecided):
        return {"refusal": our_fault()}


def busy() -> Refusal:
    return slower(
        _("Many answers are tried here just now. Your text is still there: try again in a minute.")
    )


def our_fault() -> Refusal:
    title = _("We could not check this answer")
    text = _("That is our side's fault, not yours. Your text is still there: try it once more.")
    return Refusal(title=title, text=text, status=200)
