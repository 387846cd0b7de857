"""Something else in the editor: an earlier attempt, a text that was kept, the starter, another
variant. What stood there is kept, and can be had back the same way."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from labs.forms import Sent
from labs.models import KeptText, Submission, Variant
from labs.refusals import TooMany, refusal_of
from labs.views import lab_page, refused
from labs.workspace import Workspace
from lessons.people import SignedInRequest


@dataclass(frozen=True, slots=True)
class Other:
    """What is put in, the words that say so, and the part of the page that is looked at then."""

    variant: Variant
    text: str
    words: str
    part: str = "editor"


@require_POST
def restart(request: SignedInRequest, slug: str) -> HttpResponse:
    workspace = Workspace.find(request.user, slug)
    words = _("You begin again. What you had typed is kept.")
    return put_in(request, workspace, Other(workspace.variant, workspace.variant.starter, words))


@require_POST
def practise(request: SignedInRequest, slug: str) -> HttpResponse:
    """The next variant, where the learner left off with it."""
    workspace = Workspace.find(request.user, slug)
    variant = workspace.next_variant
    if variant is None:
        raise Http404
    left = KeptText.objects.latest_for(request.user, variant)
    words = _("This is the same task with other names and numbers.")
    other = Other(variant, variant.starter if left is None else left, words, part="statement")
    return put_in(request, workspace, other)


@require_POST
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """An attempt of one's own."""
    rows = Submission.objects.visible_to(request.user).select_related("lab")
    return put_back(request, get_object_or_404(rows, pk=pk))


@require_POST
def restore_text(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = KeptText.objects.filter(user=request.user.pk).select_related("lab")
    return put_back(request, get_object_or_404(rows, pk=pk))


def put_back(request: SignedInRequest, row: Submission | KeptText) -> HttpResponse:
    workspace = Workspace.find(request.user, row.lab.slug)
    at = row.created_at if isinstance(row, Submission) else row.kept_at
    time = date_format(localtime(at), "SHORT_DATETIME_FORMAT")
    words = _("Your text of %(time)s is back in the editor.") % {"time": time}
    return put_in(request, workspace, Other(workspace.variant_of(row), row.text, words))


def put_in(request: SignedInRequest, workspace: Workspace, other: Other) -> HttpResponse:
    """The form may bring what was typed and not yet saved."""
    seen = Sent.from_post(request.POST)
    workspace.turn_to(seen.variant)
    try:
        done = workspace.put_in(other.variant, other.text, seen=seen)
    except TooMany as error:
        return refused(request, workspace, seen, refusal_of(error))
    if not done:
        return render(request, "labs/lab_detail.html", lab_page(workspace, seen))
    messages.success(request, other.words)
    return redirect(f"{workspace.lab.get_absolute_url()}?part={other.part}")
