"""What is different in a lesson since its reader read it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lessons.changed_since import difference_since, read_before_change
from lessons.editions import find_lesson
from lessons.people import SignedInRequest


@require_safe
def lesson_changes(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    edition, found = find_lesson(request.user, course, lesson)
    at = read_before_change(edition, found, request.user)
    context = {
        "course": edition.course,
        "lesson": found,
        "at": at,
        "sections": difference_since(edition, found, at) if at else [],
    }
    return render(request, "lessons/lesson_changes.html", context)


@require_POST
def read_again(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    _edition, found = find_lesson(request.user, course, lesson)
    found.note_reading(request.user)
    messages.success(request, _("Noted: you know what changed."))
    return redirect(found)
