"""The review: what is due today, one card after the other, over all courses."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labs.quiz.reviewing import Queue, queue_of
from labs.quiz.sheets import Asked
from labs.quiz.taking_back import take_back
from labs.quiz.views import Found, find_question, number_in, show
from lessons.people import SignedInRequest


@require_safe
def review(request: SignedInRequest) -> HttpResponse:
    """The card that is due the longest; after a session that there is more, and that it can
    wait."""
    queue = queue_of(request.user)
    if not queue.due or (queue.is_paused and "more" not in request.GET):
        return show_end(request, queue)
    page = found_of(request, queue.due[0]).blank(request)
    return show(request, replace(page, in_review=True, queue=queue))


def found_of(request: SignedInRequest, asked: Asked) -> Found:
    lesson = asked.row.lesson
    return find_question(request, lesson.course.slug, lesson.slug, asked.row.slug)


def show_end(request: SignedInRequest, queue: Queue) -> HttpResponse:
    name = "quiz/_review_end.html" if request.htmx else "quiz/review.html"
    return render(request, name, {"queue": queue})


@require_POST
def withdraw(request: SignedInRequest, course: str, lesson: str, slug: str) -> HttpResponse:
    asked = find_question(request, course, lesson, slug).asked
    is_done = take_back(request.user, asked, number_in(request.POST.get("number", "")))
    if is_done:
        messages.success(request, _("Taken back. Here it is anew."))
    else:
        messages.error(request, _("Only the last answer can be taken back, for ten minutes."))
    found = find_question(request, course, lesson, slug)
    page = replace(found.page(request, again=is_done), in_review=True)
    if request.htmx:
        return show(request, page)
    return redirect(f"{page.question_url}&again" if is_done else page.question_url)
