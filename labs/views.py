"""Doing: a lab, an answer, a verdict. Finding is authorising: what is not yours is 404."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labs.child import Fault, advise_in_child
from labs.differences import difference, sides
from labs.findings import mark_of, mark_of_error
from labs.forms import Sent
from labs.grading.errors import AnswerError
from labs.lab_filter import LabFilter
from labs.lab_list import lab_list_of
from labs.lesson_links import reading_for
from labs.limits import COMPARISONS_PER_MINUTE, LINTS_PER_MINUTE
from labs.models import Submission
from labs.onward import onward_of
from labs.refusals import Refusal, TooMany, refusal_of
from labs.shelves import capstone_with, with_lab
from labs.solutions import SolutionAccess, access_of, note_look, own_answer
from labs.verdicts import verdict_of
from labs.workspace import Workspace
from lessons.compiled import Compiled
from lessons.limits import limited, within_limit
from lessons.people import SignedInRequest

ATTEMPTS_SHOWN = 20  # beside the editor; the others have a page of their own
PARTS = ("statement", "editor", "verdict")  # of the lab page, one at a time on a narrow screen


@require_safe
def lab_list(request: SignedInRequest) -> HttpResponse:
    wanted = LabFilter.of(request.GET, lab_list_of(request.user))
    return render(request, "labs/lab_list.html", {"filter": wanted})


@require_safe
# Chromium writes style attributes of its own when one types over a selection in the editor.
# Attributes only.
@csp_update({"style-src-attr": [UNSAFE_INLINE]})  # type: ignore[arg-type]
def lab_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    workspace = Workspace.find(request.user, slug, in_original="original" in request.GET)
    page = lab_page(workspace)
    part = request.GET.get("part", "")
    return render(request, "labs/lab_detail.html", page | ({"part": part} if part in PARTS else {}))


@require_POST
def submit(request: SignedInRequest, slug: str) -> HttpResponse:
    workspace, sent = opened(request, slug)
    try:
        workspace.save_draft(sent)
        submission = workspace.submit(sent)
    except (AnswerError, TooMany) as error:
        return refused(request, workspace, sent, refusal_of(error))
    if request.htmx:
        context = {"verdict": verdict_of(submission), "key": uuid.uuid4()}
        return render(request, "labs/_submitted.html", {"workspace": workspace} | context)
    return redirect(f"{workspace.lab.get_absolute_url()}#verdict")


def opened(request: SignedInRequest, slug: str) -> tuple[Workspace, Sent]:
    """A form, and the workspace that it was shown in."""
    workspace, sent = Workspace.find(request.user, slug), Sent.from_post(request.POST)
    workspace.turn_to(sent.variant)
    return workspace, sent


def refused(
    request: SignedInRequest, workspace: Workspace, sent: Sent, refusal: Refusal
) -> HttpResponse:
    """Nothing was handed in, no attempt used; what was typed is where it was."""
    if request.htmx:
        context = {"workspace": workspace, "key": sent.key, "refusal": refusal}
        return render(request, "labs/_submitted.html", context)
    page = lab_page(workspace, sent) | {"refusal": refusal}
    return render(request, "labs/lab_detail.html", page, status=refusal.status)


@require_POST
def draft(request: SignedInRequest, slug: str) -> HttpResponse:
    """Saved while typing. Without JavaScript the form's own button comes here and goes back to the
    page."""
    workspace, sent = opened(request, slug)
    try:
        saved = workspace.save_draft(sent)
    except TooMany as error:
        if request.htmx:
            return HttpResponse(status=429)  # the page keeps the text and tries again
        return refused(request, workspace, sent, refusal_of(error))
    if request.htmx:
        return render(request, "labs/_draft_saved.html", {"workspace": workspace})
    if saved:
        messages.success(request, _("Draft saved."))
        return redirect(workspace.lab)
    return render(request, "labs/lab_detail.html", lab_page(workspace, sent))


@require_POST
def lint(request: SignedInRequest, slug: str) -> JsonResponse:
    """{"marks": [{line, column, message, severity}]}: where the text cannot be read, by the parser
    that will grade it; and what can be said of it before anything is decided, by the kinds that do
    so."""
    workspace, sent = opened(request, slug)
    if not within_limit(request.user, "lint", per_minute=LINTS_PER_MINUTE):
        return JsonResponse({"marks": []}, status=429)
    try:
        return JsonResponse({"marks": marks_of(workspace, sent.text)})
    except Fault:
        return JsonResponse({"marks": []}, status=503)


def marks_of(workspace: Workspace, text: str) -> list[dict[str, object]]:
    if not text.strip():
        return []
    try:
        found = advise_in_child(workspace.lab.kind, workspace.variant, text)
    except AnswerError as error:
        return [mark_of_error(error)]
    return [mark_of(finding) for finding in found if finding.line]


@require_safe
def verdict(request: SignedInRequest, pk: int) -> HttpResponse:
    return verdict_swap(request, find_submission(request, pk))


def verdict_swap(request: SignedInRequest, submission: Submission) -> HttpResponse:
    shown = verdict_of(submission)
    context = {"verdict": shown, "onward": onward_of(shown, request.user)}
    answer = render(request, "labs/_verdict_swap.html", context)
    if not shown.is_open:
        answer["HX-Trigger"] = "verdict"  # the list of attempts looks again
    return answer


@require_POST
def show_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """The last hint: only to those whose answer it is, and noted."""
    submission = get_object_or_404(Submission.objects.filter(user=request.user.pk), pk=pk)
    submission.show_change()
    if request.htmx:
        return verdict_swap(request, find_submission(request, pk))
    return redirect(f"{submission.get_absolute_url()}#verdict")


@require_safe
def attempts(request: SignedInRequest, slug: str) -> HttpResponse:
    return render(request, "labs/_attempts.html", attempts_of(Workspace.find(request.user, slug)))


def attempts_of(workspace: Workspace) -> dict[str, Any]:
    submissions = workspace.submissions
    return {
        "workspace": workspace,
        "lab": workspace.lab,
        "submissions": submissions[:ATTEMPTS_SHOWN],
        "has_more": len(submissions) > ATTEMPTS_SHOWN,
        "access": access_of(workspace, submissions),
    }


@require_safe
@limited("compare", per_minute=COMPARISONS_PER_MINUTE)
def attempt_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    submission = find_submission(request, pk)
    previous = submission.previous
    shown = verdict_of(submission)
    context = {
        "submission": submission,
        "verdict": shown,
        "onward": onward_of(shown, request.user),
        "previous": previous,
        "difference": difference(previous.text, submission.text) if previous else [],
    }
    return render(request, "labs/attempt_detail.html", context)


@require_safe
@limited("compare", per_minute=COMPARISONS_PER_MINUTE)
def solution(request: SignedInRequest, slug: str) -> HttpResponse:
    """The model answer, or what is missing, or what looking costs."""
    workspace = Workspace.find(request.user, slug)
    access = solution_access(workspace)
    context = {"lab": workspace.lab, "workspace": workspace, "access": access}
    if not access.is_open:
        status = 200 if access.is_offered else 403
        return render(request, "labs/solution_ahead.html", context, status=status)
    mine = own_answer(workspace)
    context |= {"mine": mine, "sides": sides(mine.text, workspace.variant.solution)} if mine else {}
    return render(request, "labs/solution.html", context)


@require_POST
def show_solution(request: SignedInRequest, slug: str) -> HttpResponse:
    """Noted at the latest attempt; it costs nothing else, as the page said before."""
    workspace = Workspace.find(request.user, slug)
    if solution_access(workspace).is_offered:
        note_look(workspace.submissions[0])
    return redirect("labs:solution", slug=slug)


def solution_access(workspace: Workspace) -> SolutionAccess:
    access = access_of(workspace, workspace.submissions)
    return access if access.is_open else replace(access, teaches=workspace.is_taught)


def find_submission(request: SignedInRequest, pk: int) -> Submission:
    user = request.user
    found = VISIBLE.first(pk=pk, user=user.pk, courses=user.course_keys())
    if found is None:
        raise Http404(pk)
    return with_lab(found, user)


VISIBLE = Compiled(
    lambda pk, user, courses: (
        Submission.objects.of(user, courses).filter(pk=pk).select_related("grade")
    ),
    pk=-1,
    user=-2,
    courses=[-3],
)


def lab_page(workspace: Workspace, sent: Sent | None = None) -> dict[str, object]:
    """`sent`: a form that could not be taken; its text stays in the editor."""
    page = attempts_of(workspace)
    latest = latest_of(workspace, page["submissions"])
    shown = verdict_of(latest) if latest else None
    text = sent.text if sent else workspace.text
    judged = latest.text if latest and latest.variant_id == workspace.variant.pk else None
    return page | {
        "text": text,
        "key": sent.key if sent else uuid.uuid4(),
        "verdict": shown,
        "onward": onward_of(shown, workspace.user) if shown else None,
        "judged": judged,
        "is_old": bool(latest) and judged != text,
        "reading": reading_for(workspace.lab),
        "capstone": capstone_with(workspace.lab),
        "due": None if page["access"].passed else workspace.due,
    }


def latest_of(workspace: Workspace, submissions: Sequence[Submission]) -> Submission | None:
    """With its report, which the others do without."""
    if not submissions:
        return None
    (latest,) = WITH_REPORT.rows(pk=submissions[0].pk)
    latest.lab = workspace.lab
    return latest


WITH_REPORT = Compiled(lambda pk: Submission.objects.filter(pk=pk).select_related("grade"), pk=-1)
