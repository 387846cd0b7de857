"""Old verdicts looked at again, by those who teach."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lessons.limits import limited
from lessons.people import SignedInRequest
from portal.regrades.finding import find_lab, find_regrade, require_leader
from portal.regrades.forms import ApplyForm, UndoForm
from portal.regrades.log import note_applied, note_begun, note_undone
from portal.regrades.models import Effect, Regrade, Stage
from portal.regrades.models.regrades import ring_on_commit
from portal.regrades.page import answers_of, fates_of, progress_of, tally_of
from portal.regrades.scope import answers_for, has_strangers, labs_of, outdated_for

RUNS_A_PAGE, LABS_SHOWN = 30, 30
BEGUN_PER_MINUTE = 10
LOOKS_PER_MINUTE = 120

CHANGED = gettext_lazy(
    "The lab has changed since this dry run. Begin again: it would show something else."
)
HAVE_LEFT = gettext_lazy(
    "It was not undone: some whose verdicts it changed are not in your cohorts any more, so these "
    "verdicts are not yours to change. Let them in again, or ask an administrator to undo it."
)


@require_safe
def regrade_list(request: SignedInRequest) -> HttpResponse:
    require_leader(request)
    labs = labs_of(request.user).filter(rule_since__isnull=False).order_by("-rule_since")
    runs = Regrade.objects.visible_to(request.user).filter(lab__in=labs_of(request.user))
    pages = Paginator(runs.select_related("lab", "author"), RUNS_A_PAGE)
    context = {"labs": labs[:LABS_SHOWN], "runs": pages.get_page(request.GET.get("page"))}
    return render(request, "portal/regrades/regrade_list.html", context)


@require_safe
@limited("regrade-look", per_minute=LOOKS_PER_MINUTE)
def regrade_lab(request: SignedInRequest, slug: str) -> HttpResponse:
    lab = find_lab(request, slug)
    user = request.user
    context = {
        "lab": lab,
        "outdated": outdated_for(user, lab),
        "total": answers_for(user, lab, everybodys=user.is_superuser).count(),
        "runs": Regrade.objects.visible_to(user).filter(lab=lab).select_related("author")[:10],
    }
    return render(request, "portal/regrades/regrade_lab.html", context)


@require_POST
@limited("regrade", per_minute=BEGUN_PER_MINUTE)
def start_regrade(request: SignedInRequest, slug: str) -> HttpResponse:
    """The dry run, which changes nothing."""
    lab = find_lab(request, slug)
    with transaction.atomic():
        regrade = Regrade.objects.begin(lab, by=request.user)
        ring_on_commit()
        note_begun(regrade, request.user)
    return redirect(regrade)


@require_safe
@limited("regrade-look", per_minute=LOOKS_PER_MINUTE)
def regrade_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return regrade_page(request, find_regrade(request, pk))


def regrade_page(
    request: SignedInRequest, regrade: Regrade, *, sent: ApplyForm | UndoForm | None = None
) -> HttpResponse:
    """`sent`: a form that could not be taken; its words stay in it."""
    effect = request.GET.get("effect", "")
    effect = effect if effect in Effect.values else ""
    tally, number = tally_of(regrade), request.GET.get("page")
    context = {
        "regrade": regrade,
        "lab": regrade.lab,
        "tally": tally,
        "fates": fates_of(regrade),
        "effect": effect,
        "answers": answers_of(regrade, request.user, effect=effect, number=number),
        "form": sent or form_for(regrade, has_losses=tally.has_losses),
        "is_current": regrade.is_current,
        **progress_context(regrade),
    }
    return render(request, "portal/regrades/regrade_detail.html", context)


def form_for(regrade: Regrade, *, has_losses: bool) -> ApplyForm | UndoForm | None:
    if regrade.stage == Stage.READY:
        return ApplyForm(has_losses=has_losses)
    return UndoForm() if regrade.stage == Stage.APPLIED else None


def progress_context(regrade: Regrade) -> dict[str, object]:
    return {"progress": progress_of(regrade)} if regrade.is_at_work else {}


@require_safe
@limited("regrade-progress", per_minute=LOOKS_PER_MINUTE)
def regrade_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asked for every two seconds; in the end the page is to be loaded anew."""
    regrade = find_regrade(request, pk)
    context = {"regrade": regrade, **progress_context(regrade)}
    answer = render(request, "portal/regrades/_progress.html", context)
    if not regrade.is_at_work:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def apply_regrade(request: SignedInRequest, pk: int) -> HttpResponse:
    """Exactly what the dry run showed, or nothing."""
    regrade = find_regrade(request, pk)
    form = ApplyForm(request.POST, has_losses=tally_of(regrade).has_losses)
    if not form.is_valid():
        return regrade_page(request, regrade, sent=form)
    if problem := why_not(request, regrade):
        messages.warning(request, problem)
        return redirect(regrade)
    how = {"lowers": form.lowers, "reason": form.cleaned_data["reason"]}
    with transaction.atomic():
        is_done = regrade.apply(**how, site=site_of(request))
        if is_done:
            note_applied(regrade)
    say(request, is_done, _("It is being applied. You may leave this page."))
    return redirect(regrade)


def why_not(request: SignedInRequest, regrade: Regrade) -> str:
    if not regrade.is_current:
        regrade.move(Stage.READY, to=Stage.OUTDATED)
        return str(CHANGED)
    if has_strangers(regrade, request.user):
        return _("Some of these learners are not in your cohorts any more. Begin again.")
    return ""


@require_POST
def undo_regrade(request: SignedInRequest, pk: int) -> HttpResponse:
    regrade = find_regrade(request, pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return regrade_page(request, regrade, sent=form)
    if has_strangers(regrade, request.user):
        messages.warning(request, str(HAVE_LEFT))
        return redirect(regrade)
    with transaction.atomic():
        is_done = regrade.undo(reason=form.cleaned_data["reason"], site=site_of(request))
        if is_done:
            note_undone(regrade)
    say(request, is_done, _("It is being undone. You may leave this page."))
    return redirect(regrade)


@require_POST
def drop_regrade(request: SignedInRequest, pk: int) -> HttpResponse:
    regrade = find_regrade(request, pk)
    say(request, regrade.drop(), _("Thrown away. Nothing was changed."))
    return redirect("regrade_lab", regrade.lab.slug)


def say(request: SignedInRequest, is_done: bool, words: str) -> None:
    if is_done:
        messages.success(request, words)
    else:
        messages.warning(request, _("It is not at that point any more. See what became of it."))


def site_of(request: SignedInRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
