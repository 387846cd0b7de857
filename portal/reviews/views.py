"""One answer, for those who teach: read, and commented."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lessons.limits import limited
from lessons.people import SignedInRequest
from portal.cohorts.finding import seen_cohort
from portal.cohorts.log import record_look
from portal.reviews.finding import answers_in, find_answer
from portal.reviews.neighbours import Looking
from portal.reviews.page import PAGE, comment_form, page_of
from portal.reviews.saying import say_about

PAGES_PER_MINUTE = 120  # each compares two texts; arrow keys turn pages quickly


@require_safe
@limited("review", per_minute=PAGES_PER_MINUTE)
def submission_detail(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    submission = find_answer(cohort, pk)
    record_look(cohort, submission.user, at=f"submission {pk}")
    looking = Looking.from_get(cohort, request.GET)
    return render(request, PAGE, page_of(submission, looking, user=request.user))


@require_safe
def latest_submission(request: SignedInRequest, slug: str, learner: int, lab: str) -> HttpResponse:
    """From a cell of the grid to the last answer behind it."""
    cohort = seen_cohort(request, slug)
    # By the key itself: no row has a number that no column holds, which a relation does not know.
    rows = answers_in(cohort).filter(user__pk=learner, lab__slug=lab)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return redirect("submission_detail", slug, found)


@require_POST
def write_comment(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    submission, looking = find_answer(cohort, pk), Looking.from_get(cohort, request.GET)
    form = comment_form(submission, looking, request.user, request.POST)
    if not form.is_valid():
        context = page_of(submission, looking, user=request.user, comment=form)
        return render(request, PAGE, context)
    comment = say_about(submission, form.words, cohort=cohort, request=request)
    messages.success(request, _("Said. It stands at the learner’s attempt now."))
    return redirect(f"{looking.url(pk)}#comment-{comment.pk}")
