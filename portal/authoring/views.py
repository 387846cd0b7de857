"""Plan, read, apply, undo: for those who may author."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from labs.grading.errors import SpecError
from lessons.limits import limited
from lessons.people import SignedInRequest
from lessons.toml_table import SourceError
from portal.authoring.applying import Outdated, Undoing, apply
from portal.authoring.models import MAY_AUTHOR, Change
from portal.authoring.page import shown_courses, shown_question
from portal.authoring.planning import answers_in, plan_content
from portal.authoring.rows import rows_of_courses, rows_of_plan

PLANS_PER_MINUTE = 30
CHANGES_A_PAGE = 20
OUTDATED = gettext_lazy(
    "Nothing was applied: the files or what learners did changed since you read this plan. This is "
    "the plan now; read it and apply it again."
)


def require_author(request: SignedInRequest) -> None:
    if not request.user.has_perm(MAY_AUTHOR):
        raise Http404


@require_safe
@limited("authoring", per_minute=PLANS_PER_MINUTE)
def content_plan(request: SignedInRequest) -> HttpResponse:
    """The answers to what is asked stand in the address: another answer is another plan."""
    require_author(request)
    return plan_page(request, request.GET)


def plan_page(request: SignedInRequest, sent: QueryDict, *, refused: str = "") -> HttpResponse:
    changes = Change.objects.select_related("author")
    pages = Paginator(changes, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"refused": refused, "changes": pages}
    try:
        planned = plan_content(answers_in(sent))
    except (SourceError, SpecError) as error:
        return render(
            request, "portal/authoring/content_plan.html", context | {"problem": str(error)}
        )
    context |= {
        "planned": planned,
        "courses": shown_courses(rows := rows_of_plan(planned)),
        "losses": sum(row["is_loss"] for row in rows),
        "questions": [shown_question(*one) for one in planned.questions],
    }
    return render(request, "portal/authoring/content_plan.html", context)


@require_POST
@limited("authoring", per_minute=PLANS_PER_MINUTE)
def apply_content(request: SignedInRequest) -> HttpResponse:
    """Exactly the plan that was read, or nothing."""
    require_author(request)
    try:
        change = apply(
            answers_in(request.POST),
            fingerprint=request.POST.get("plan", ""),
            by=request.user,
        )
    except (Outdated, SourceError, SpecError):
        return plan_page(request, request.POST, refused=str(OUTDATED))
    messages.success(request, _("Applied."))
    return redirect(change)


@require_safe
@limited("authoring", per_minute=PLANS_PER_MINUTE)
def content_change(request: SignedInRequest, pk: int) -> HttpResponse:
    require_author(request)
    people = Change.objects.select_related("author", "undone_by")
    change = get_object_or_404(people, pk=pk)
    undoing = Undoing(change)
    context: dict[str, Any] = {"change": change, "courses": shown_courses(change.rows)}
    if undoing.is_open:
        context |= {"is_open": True, "back": shown_courses(rows_of_courses(undoing.plans))}
    return render(request, "portal/authoring/content_change.html", context)


@require_POST
@limited("authoring", per_minute=PLANS_PER_MINUTE)
def undo_content(request: SignedInRequest, pk: int) -> HttpResponse:
    require_author(request)
    change = get_object_or_404(Change, pk=pk)
    if Undoing(change).undo(request.user):
        messages.success(request, _("Undone. The files still hold the change."))
    else:
        messages.warning(
            request, _("It cannot be undone any more: something was applied after it.")
        )
    return redirect(change)
