"""A capstone: its story, its labs in order, and the one score."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from labs.own_capstones import OwnCapstone
from labs.progress import own_progress
from labs.shelves import shelves_of
from lessons.people import SignedInRequest, User


@require_safe
def capstone_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    return render(request, "labs/capstone_detail.html", {"own": find_own(request.user, slug)})


def find_own(user: User, slug: str) -> OwnCapstone:
    """One of a course that `user` may read, else 404."""
    for shelf in shelves_of(user):
        if capstone := shelf.capstones.get(slug):
            return OwnCapstone.of(capstone, own_progress(user, [lab.pk for lab in capstone.labs]))
    raise Http404(slug)
