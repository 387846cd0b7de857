"""Every page here begins with one of these: what is not its reader's is not found."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from labs.models import Lab
from lessons.people import SignedInRequest
from portal.cohorts.models import Cohort
from portal.regrades.models import Regrade
from portal.regrades.scope import labs_of


def require_leader(request: SignedInRequest) -> None:
    """Whoever leads a cohort that goes on."""
    if not (request.user.is_superuser or Cohort.objects.led_by(request.user).live().exists()):
        raise Http404


def find_lab(request: SignedInRequest, slug: str) -> Lab:
    found: Lab = get_object_or_404(labs_of(request.user).select_related("course"), slug=slug)
    return found


def find_regrade(request: SignedInRequest, pk: int) -> Regrade:
    """One's own, of a lab that one still may regrade."""
    mine = Regrade.objects.visible_to(request.user).filter(lab__in=labs_of(request.user))
    return get_object_or_404(mine.select_related("lab__course", "author"), pk=pk)
