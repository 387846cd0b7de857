"""Search: sections, labs and words of the glossary, as a page and while one types."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from labs.search import LAB, lab_hits
from lessons.glossary_search import TERM, term_hits
from lessons.limits import limited
from lessons.people import SignedInRequest
from lessons.search import SECTION, find, section_hits
from lessons.searching.words import LENGTH, words_of
from lessons.typed import asked_for

MAKERS = {SECTION: section_hits, TERM: term_hits, LAB: lab_hits}
SEARCHES_PER_MINUTE = 120  # one asks several times while one types


@require_safe
@limited("search", per_minute=SEARCHES_PER_MINUTE)
def search(request: SignedInRequest) -> HttpResponse:
    return render(request, "portal/search.html", results(request))


@require_safe
@limited("search", per_minute=SEARCHES_PER_MINUTE)
def search_results(request: SignedInRequest) -> HttpResponse:
    return render(request, "portal/_search_results.html", results(request) | {"typing": True})


def results(request: SignedInRequest) -> dict[str, Any]:
    asked = asked_for(request.GET.get("q", ""), LENGTH)
    if not words_of(asked):
        return {"asked": asked, "has_words": False}
    found = find(asked, request.user, MAKERS)
    return {"asked": asked, "has_words": True, "found": found, "count": len(found.hits)}
