"""Search: the sections and labs that hold the words, as a page and while they are typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from labs.limits import limited
from labs.models import Lab
from lessons.people import SignedInRequest
from lessons.search import HITS, LENGTH, words_of
from lessons.search import search as search_sections

LABS = 10
SEARCHES_PER_MINUTE = 120  # one asks several times while one types


@require_GET
@limited("search", per_minute=SEARCHES_PER_MINUTE)
def search(request: SignedInRequest) -> HttpResponse:
    return render(request, "portal/search.html", results(request))


@require_GET
@limited("search", per_minute=SEARCHES_PER_MINUTE)
def search_results(request: SignedInRequest) -> HttpResponse:
    return render(request, "portal/_search_results.html", results(request) | {"typing": True})


def results(request: SignedInRequest) -> dict[str, Any]:
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LENGTH]
    if not words_of(asked):
        return {"asked": asked, "has_words": False}
    sections = search_sections(asked, request.user)
    labs = list(Lab.objects.visible_to(request.user).matching(asked)[:LABS])
    return {
        "asked": asked,
        "has_words": True,
        "sections": sections,
        "labs": labs,
        "count": len(sections) + len(labs),
        "is_cut": len(sections) == HITS or len(labs) == LABS,
    }
