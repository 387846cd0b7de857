"""What one did in a lab before, all of it, some rows a page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from labs.models import KeptText, Submission
from labs.workspace import Workspace
from lessons.people import SignedInRequest

ATTEMPTS_A_PAGE = 50
TEXTS_A_PAGE = 10  # whole answers


@require_safe
def all_attempts(request: SignedInRequest, slug: str) -> HttpResponse:
    lab = Workspace.find(request.user, slug).lab
    rows = Submission.objects.filter(user=request.user.pk, lab=lab).lean()
    attempts = some(request, rows, ATTEMPTS_A_PAGE)
    return render(request, "labs/all_attempts.html", {"lab": lab, "attempts": attempts})


@require_safe
def kept_texts(request: SignedInRequest, slug: str) -> HttpResponse:
    lab = Workspace.find(request.user, slug).lab
    rows = KeptText.objects.filter(user=request.user.pk, lab=lab)
    texts = some(request, rows, TEXTS_A_PAGE)
    return render(request, "labs/kept_texts.html", {"lab": lab, "texts": texts})


def some(request: SignedInRequest, rows: QuerySet[Any], number: int) -> Page[Any]:
    return Paginator(rows, number).get_page(request.GET.get("page"))
