"""The words of a course, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.editions import find_edition
from lessons.models import Term
from lessons.people import SignedInRequest
from lessons.typed import asked_for

LONGEST = 100  # characters of what is looked for


class Letter(NamedTuple):
    name: str
    terms: list[Term]


@require_safe
def glossary(request: SignedInRequest, course: str) -> HttpResponse:
    edition = find_edition(request.user, course)
    asked = asked_for(request.GET.get("q", ""), LONGEST)
    found = [term for term in edition.terms if says(term, asked.lower())]
    context = {
        "course": edition.course,
        "asked": asked,
        "count": len(found),
        "total": len(edition.terms),
        "letters": by_letter(found),
    }
    return render(request, "lessons/glossary.html", context)


def says(term: Term, asked: str) -> bool:
    """In its name or another form of it: what it is explained by is another term."""
    return any(asked in form.lower() for form in (term.name, *term.also))


def by_letter(terms: Iterable[Term]) -> list[Letter]:
    groups = groupby(terms, key=lambda term: term.name[0].upper())
    return [Letter(name, list(group)) for name, group in groups]
