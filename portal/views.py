"""The front door and "your day"."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from labs.progress import course_labs, recent_verdicts
from lessons.people import SignedInRequest
from lessons.progress import progress_of
from portal.cohorts.models import Cohort


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own would look for a CSRF token in the body that could not be read,
    and fail again."""
    return HttpResponse(render_to_string("400.html"), status=400)


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("day")
    return render(request, "portal/home.html")


def day(request: SignedInRequest) -> HttpResponse:
    reading = progress_of(request.user)
    labs = course_labs(request.user, [progress.course for progress in reading])
    context = {
        "led": Cohort.objects.led_by(request.user).with_sizes().select_related("course"),
        "courses": [(progress, labs[progress.course.pk]) for progress in reading],
        "verdicts": recent_verdicts(request.user),
    }
    return render(request, "portal/day.html", context)
