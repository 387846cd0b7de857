"""Asking, and reading what was said to it: everything begins with what is the learner's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labs.models import Submission
from labs.shelves import find_lab
from lessons.models import Lesson
from lessons.people import SignedInRequest
from portal.cohorts.models import Cohort, Role
from portal.letters.writing import is_mail_sent
from portal.reviews.forms import AskForm, TextForm
from portal.reviews.models import Kind, Question
from portal.reviews.saying import ask as begin
from portal.reviews.saying import hold_back_others, say_to
from portal.reviews.talk import talk_of

QUESTIONS_SHOWN = 100


@require_safe
def question_list(request: SignedInRequest) -> HttpResponse:
    questions = Question.objects.filter(user=request.user.pk).shown()[:QUESTIONS_SHOWN]
    return render(request, "portal/reviews/question_list.html", {"questions": questions})


@require_http_methods(["GET", "HEAD", "POST"])
def ask_lesson(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    rows = Lesson.objects.live().filter(course__in=request.user.course_keys())
    rows = rows.select_related("course").defer("html", "contents", "tries")
    found = get_object_or_404(rows, course__slug=course, slug=lesson)
    return ask(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_lab(request: SignedInRequest, slug: str) -> HttpResponse:
    """With the latest attempt, where there is one."""
    _shelf, lab = find_lab(request.user, slug)
    latest = Submission.objects.filter(user=request.user.pk, lab=lab.pk).first()
    return ask(request, lab, submission=latest)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_second_look(request: SignedInRequest, pk: int) -> HttpResponse:
    """Once at a time for each verdict."""
    rows = Submission.objects.visible_to(request.user).decided().select_related("lab__course")
    submission = get_object_or_404(rows, pk=pk)
    own = Question.objects.about(submission).filter(user=request.user.pk, kind=Kind.SECOND_LOOK)
    if going_on := own.heard().going_on().first():
        return redirect(going_on)
    return ask(request, submission.lab, submission=submission, kind=Kind.SECOND_LOOK)


def ask(request: SignedInRequest, thing: Any, **about: Any) -> HttpResponse:
    """Those who teach the asker: nobody else reads it."""
    cohort = Cohort.objects.filter(pk=request.user.crowd(thing.course_id)).first()
    if cohort is None:
        raise Http404
    form = AskForm(request.POST or None, author=request.user, role=Role.LEARNER)
    if form.is_valid():
        question = ask_once(request, cohort, thing, form, **about)
        messages.success(request, _("Asked. The answer will stand here."))
        return redirect(question)
    context = {"thing": thing, "form": form, "is_second_look": "kind" in about, **about}
    return render(request, "portal/reviews/ask.html", context)


@transaction.atomic
def ask_once(
    request: SignedInRequest, cohort: Cohort, thing: Any, form: AskForm, **about: Any
) -> Question:
    """Also where the form was sent twice."""
    hold_back_others(cohort, request.user.pk)
    text = form.cleaned_data["text"]
    twins = Question.objects.twins(request.user, thing, text, **about)
    return twins.first() or begin(request, cohort, thing, form.words, **about)


def own_question(request: SignedInRequest, pk: int) -> Question:
    return get_object_or_404(Question.objects.filter(user=request.user.pk).shown(), pk=pk)


@require_safe
def question_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return question_page(request, own_question(request, pk))


def question_page(
    request: SignedInRequest, question: Question, form: TextForm | None = None
) -> HttpResponse:
    context = {
        "question": question,
        "talk": talk_of(question),
        "is_heard": question.is_heard(),
        "is_mail_sent": is_mail_sent(),
        "form": form or TextForm(author=request.user, role=Role.LEARNER),
    }
    return render(request, "portal/reviews/question_detail.html", context)


@require_POST
def reply_question(request: SignedInRequest, pk: int) -> HttpResponse:
    question = own_question(request, pk)
    form = TextForm(request.POST, author=request.user, role=Role.LEARNER)
    if form.is_valid() and not question.is_heard():
        form.add_error(None, _("It was not sent: you do not learn in this cohort any more."))
    if not form.is_valid():
        return question_page(request, question, form)
    comment = say_to(question, form.words, request=request)
    messages.success(request, _("Sent."))
    return redirect(f"{question.get_absolute_url()}#comment-{comment.pk}")


@require_POST
def end_question(request: SignedInRequest, pk: int) -> HttpResponse:
    question = own_question(request, pk)
    question.close()
    messages.success(request, _("Closed. Write again whenever you like: that opens it."))
    return redirect(question)
