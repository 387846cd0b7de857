"""The one queue of those who teach: instructors and assistants alike."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from labs.models import Submission
from lessons.people import SignedInRequest
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.finding import seen_cohort
from portal.cohorts.models import Cohort
from portal.reviews.forms import AssignForm, StageForm, TextForm
from portal.reviews.models import Question
from portal.reviews.queue import LISTS, faults_in, questions_in
from portal.reviews.saying import say_to
from portal.reviews.talk import role_in, talk_of

A_PAGE = 50
DIGITS = 18  # of the largest numbers that every database's keys can hold


@require_safe
def queue(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    show = request.GET.get("show", "")
    show = show if show in LISTS else ""
    rows = Paginator(questions_in(cohort, show, request.user), A_PAGE)
    context = {
        "cohort": cohort,
        "lists": LISTS.items(),
        "show": show,
        "questions": rows.get_page(request.GET.get("page")),
        "faults": faults_in(cohort)[:A_PAGE] if not show else [],
    }
    return render(request, "portal/reviews/queue.html", context)


def find_question(cohort: Cohort, pk: int) -> Question:
    return get_object_or_404(Question.objects.in_cohort(cohort).shown(), pk=pk)


@require_safe
def cohort_question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    return question_page(request, cohort, find_question(cohort, pk))


def question_page(
    request: SignedInRequest, cohort: Cohort, question: Question, form: TextForm | None = None
) -> HttpResponse:
    context = {
        "cohort": cohort,
        "question": question,
        "talk": talk_of(question),
        "form": form or TextForm(author=request.user, role=role_in(cohort)),
        "assign": AssignForm(question=question, teachers=cohort.teachers, user=request.user),
    }
    return render(request, "portal/reviews/cohort_question.html", context)


@require_POST
def answer_question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    question = find_question(cohort, pk)
    form = TextForm(request.POST, author=request.user, role=role_in(cohort))
    if not form.is_valid():
        return question_page(request, cohort, question, form)
    comment = say_to(question, form.words, request=request)
    messages.success(request, _("Answered. It stands at the learner’s question now."))
    page = redirect("cohort_question", slug, pk)
    page["Location"] += f"#comment-{comment.pk}"
    return page


@require_POST
def assign_question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    question = find_question(cohort, pk)
    teachers = cohort.teachers
    form = AssignForm(request.POST, question=question, teachers=teachers, user=request.user)
    if not form.is_valid():
        messages.warning(request, _("It can be given to whoever teaches in this cohort."))
    elif form.save():
        messages.success(request, _("It is given to %(name)s now.") % {"name": form.name})
    else:
        messages.warning(request, _("Somebody else took it meanwhile. See who has it now."))
    return redirect("cohort_question", slug, pk)


@require_POST
def move_question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Closed without an answer, or opened again."""
    question = find_question(seen_cohort(request, slug), pk)
    form = StageForm(request.POST)
    if form.is_valid():
        question.move(form.cleaned_data["stage"])
    return redirect("cohort_question", slug, pk)


def is_key(word: str) -> bool:
    """A number that a row could have."""
    return word.isascii() and word.isdigit() and len(word) <= DIGITS


@require_POST
def check_again(request: SignedInRequest, slug: str) -> HttpResponse:
    """Those of the queue that are named: ours was the fault, ours is the work."""
    cohort = seen_cohort(request, slug)
    named = [int(key) for key in request.POST.getlist("rows") if is_key(key)]
    with transaction.atomic():
        rows = list(faults_in(cohort).filter(pk__in=named))
        count = Submission.objects.filter(pk__in=[one.pk for one in rows]).check_again()
        for one in rows:
            about = f"{cohort.slug}: submission {one.pk}"
            record(What.RECHECKED, person=one.user, cohort=cohort, about=about)
    words = ngettext(
        "%(count)d answer is checked again in a moment.",
        "%(count)d answers are checked again in a moment.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect("queue", slug)
