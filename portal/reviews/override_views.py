"""A verdict decided by an instructor, taken back, and given to all who wrote the same."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labs.models import Ruling, Submission
from labs.models.overrides import ruling_of
from lessons.limits import limited
from lessons.people import SignedInRequest
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.finding import led_cohort
from portal.cohorts.models import Cohort
from portal.reviews.finding import answers_in, find_answer
from portal.reviews.neighbours import Looking
from portal.reviews.override_forms import OverrideForm, SeenForm, WithdrawForm
from portal.reviews.page import PAGE, page_of
from portal.reviews.same_answers import choice_of, override_chosen, same_answers
from portal.reviews.saying import tell_decision

COUNTS_PER_MINUTE = 60
READ_IT_FIRST = _(
    "The verdict of this answer has changed meanwhile, so nobody else was given it. Read it, and "
    "send again."
)


@require_POST
def override(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    looking = Looking.from_get(led_cohort(request, slug), request.GET)
    submission = find_answer(looking.cohort, pk)
    form = OverrideForm(request.POST, submission=submission)
    if not form.is_valid():
        page = page_of(submission, looking, user=request.user, override=form)
        return render(request, PAGE, page)
    with transaction.atomic():
        is_done = form.save(request.user)
        if is_done:
            note_override(looking.cohort, submission, form.ruling)
            tell_decision(submission, looking.cohort, request=request)
    if not is_done:
        return conflict(request, looking, submission, form)
    messages.success(request, _("Decided. It counts from now on, and the learner reads why."))
    return redirect(looking.url(pk))


@require_POST
def withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    looking = Looking.from_get(led_cohort(request, slug), request.GET)
    submission = find_answer(looking.cohort, pk)
    form = WithdrawForm(request.POST, submission=submission)
    if not form.is_valid():
        page = page_of(submission, looking, user=request.user, withdraw=form)
        return render(request, PAGE, page)
    with transaction.atomic():
        is_done = form.save(request.user)
        if is_done:
            note(What.WITHDREW, looking.cohort, submission)
            tell_decision(submission, looking.cohort, request=request)
    if not is_done:
        return conflict(request, looking, submission, form)
    messages.success(request, _("Withdrawn. The automatic check counts again."))
    return redirect(looking.url(pk))


def conflict(
    request: SignedInRequest, looking: Looking, submission: Submission, form: SeenForm
) -> HttpResponse:
    """Both stand on the page: what somebody else decided meanwhile, and what was sent. The form
    now says the grade that stands there, so that sending it again is a decision about that."""
    now = find_answer(looking.cohort, submission.pk)
    context = {
        "cohort": looking.cohort,
        "submission": now,
        "looking": looking,
        "grade": now.grade,
        "form": form.about(now),
        "is_override": isinstance(form, OverrideForm),
        "is_moot": isinstance(form, WithdrawForm) and not now.is_overridden,
    }
    return render(request, "portal/reviews/conflict.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def same(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Who wrote the same as well; with a verdict to give them once one was decided here."""
    cohort = led_cohort(request, slug)
    submission = find_answer(cohort, pk)
    others = same_answers(answers_in(cohort), submission)
    ruling = ruling_of(submission.grade) if submission.is_overridden else None  # type: ignore[arg-type]
    if request.method == "POST":
        if ruling and request.POST.get("seen") == str(submission.grade_id):
            done = give_to(request, cohort, others, ruling)
            say_done(request, done, request.POST.getlist("rows"))
        else:
            messages.warning(request, READ_IT_FIRST)
        return redirect("same_answers", slug, pk)
    rows = [(one, choice_of(one), is_decided(one, ruling)) for one in others]
    context = {"cohort": cohort, "submission": submission, "ruling": ruling, "rows": rows}
    return render(request, "portal/reviews/same_answers.html", context)


@require_safe
@limited("same", per_minute=COUNTS_PER_MINUTE)
def same_count(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Asked for by the answer's page when it is seen there: it looks at all texts of a variant."""
    cohort = led_cohort(request, slug)
    submission = find_answer(cohort, pk)
    number = len(same_answers(answers_in(cohort), submission))
    context = {"cohort": cohort, "submission": submission, "number": number}
    return render(request, "portal/reviews/_same_count.html", context)


def is_decided(submission: Submission, ruling: Ruling | None) -> bool:
    return (
        ruling is not None and submission.grade is not None and ruling.is_that_of(submission.grade)
    )


@transaction.atomic
def give_to(
    request: SignedInRequest, cohort: Cohort, others: list[Submission], ruling: Ruling
) -> list[Submission]:
    chosen = request.POST.getlist("rows")
    done = override_chosen(others, chosen, ruling, author=request.user)
    for one in done:
        note_override(cohort, one, ruling)
        tell_decision(one, cohort, request=request)
    return done


def say_done(request: SignedInRequest, done: list[Submission], chosen: Iterable[str]) -> None:
    left = len(set(chosen)) - len(done)
    words = ngettext(
        "%(number)d more answer was decided.", "%(number)d more answers were decided.", len(done)
    )
    messages.success(request, words % {"number": len(done)})
    if left:
        words = ngettext(
            "%(number)d has changed meanwhile and was left as it is.",
            "%(number)d have changed meanwhile and were left as they are.",
            left,
        )
        messages.warning(request, words % {"number": left})


def note_override(cohort: Cohort, submission: Submission, ruling: Ruling) -> None:
    verdict = "passed" if ruling.passed else "not passed"
    note(What.OVERRODE, cohort, submission, f": {verdict}, {ruling.percent} %")


def note(what: What, cohort: Cohort, submission: Submission, how: str = "") -> None:
    about = f"{cohort.slug}: submission {submission.pk}{how}"
    record(what, person=submission.user, cohort=cohort, about=about)
