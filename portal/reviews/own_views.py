"""What learners say to those who teach them; all of it begins with what is their own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from labs.models import Submission
from lessons.people import SignedInRequest
from portal.cohorts.models import Cohort, Role
from portal.reviews.forms import TextForm
from portal.reviews.saying import say_about
from portal.reviews.talk import talk_about


@require_POST
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """To what was said about one's own answer."""
    rows = Submission.objects.visible_to(request.user).select_related("lab")
    submission = get_object_or_404(rows, pk=pk)
    cohort = Cohort.objects.filter(pk=request.user.crowd(submission.lab.course_id)).first()
    talk = talk_about(submission)
    if not talk.is_begun or cohort is None:
        raise Http404
    form = TextForm(request.POST, author=request.user, role=Role.LEARNER)
    if not form.is_valid():
        context = {"submission": submission, "talk": talk, "form": form}
        return render(request, "portal/reviews/reply.html", context)
    comment = say_about(submission, form.words, cohort=cohort, request=request)
    messages.success(request, _("Sent."))
    return redirect(f"{submission.get_absolute_url()}#comment-{comment.pk}")
