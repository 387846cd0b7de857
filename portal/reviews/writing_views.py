"""Those who teach begin to talk with one learner."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labs.models import Submission
from lessons.people import SignedInRequest
from portal.cohorts.finding import seen_cohort
from portal.cohorts.models import Cohort
from portal.letters.writing import is_mail_sent
from portal.reviews.finding import answers_in
from portal.reviews.forms import TextForm
from portal.reviews.models import Question
from portal.reviews.saying import begin_message, hold_back_others
from portal.reviews.talk import role_in


@require_http_methods(["GET", "HEAD", "POST"])
def write_to(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """`?lab=`: about the latest answer to it."""
    cohort = seen_cohort(request, slug)
    learner = get_object_or_404(cohort.learners, pk=pk)
    submission = answer_to_talk_about(cohort, learner, request.GET.get("lab", ""))
    form = TextForm(request.POST or None, author=request.user, role=role_in(cohort))
    if form.is_valid():
        question = write_once(request, cohort, learner, form, submission)
        messages.success(request, _("Written. The answer will stand here."))
        return redirect("cohort_question", slug, question.pk)
    context = {"cohort": cohort, "learner": learner, "submission": submission, "form": form}
    context["is_mail_sent"] = is_mail_sent()
    return render(request, "portal/reviews/write_to.html", context)


def answer_to_talk_about(cohort: Cohort, learner: Any, lab: str) -> Submission | None:
    if not lab:
        return None
    answers = answers_in(cohort).filter(user=learner, lab__slug=lab).select_related("lab")
    return answers.first()


@transaction.atomic
def write_once(
    request: SignedInRequest,
    cohort: Cohort,
    learner: Any,
    form: TextForm,
    submission: Submission | None,
) -> Question:
    """Also where the form was sent twice."""
    hold_back_others(cohort, learner.pk)
    text = form.cleaned_data["text"]
    twins = Question.objects.going_on().twins_to(cohort, learner, form.author, text)
    return twins.first() or begin_message(
        request, cohort, learner, form.words, submission=submission
    )
