"""Trying something in a lesson's text. Finding is authorising: who may not read it gets 404."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labs.grading.tries.kind import FieldError
from labs.limits import TRIES_PER_MINUTE
from labs.refusals import Refusal, slower
from labs.tries import Shown, ask, section_of, sent, tries_of, trouble_of
from lessons.editions import find_lesson
from lessons.limits import within_limit
from lessons.people import SignedInRequest


@require_safe
def try_detail(request: SignedInRequest, course: str, lesson: str, slug: str) -> HttpResponse:
    """By itself, and as it was: without JavaScript, *Start again* leads here."""
    return page(request, find_try(request, course, lesson, slug))


@require_safe
def try_form(request: SignedInRequest, course: str, lesson: str, slug: str) -> HttpResponse:
    context = {"try": find_try(request, course, lesson, slug)}
    return render(request, "labs/_try_form.html", context)


@require_POST
def try_answer(request: SignedInRequest, course: str, lesson: str, slug: str) -> HttpResponse:
    one = find_try(request, course, lesson, slug)
    one = replace(one, texts=sent(one, request.POST))
    one = answered(one, may=within_limit(request.user, "try", per_minute=TRIES_PER_MINUTE))
    if request.htmx:
        return render(request, "labs/_try_answer.html", {"try": one})
    return page(request, one, status=one.refusal.status if one.refusal else 200)


def answered(one: Shown, *, may: bool) -> Shown:
    if not may:
        return replace(one, refusal=too_often())
    try:
        return replace(one, answer=ask(one.kind, one.fields, one.texts))
    except FieldError as error:
        return replace(one, trouble=trouble_of(error, one))


def too_often() -> Refusal:
    return slower(
        _(
            "You asked very often within a minute. Nothing is lost: what you typed is still there. "
            "Try again in a moment."
        )
    )


def find_try(request: SignedInRequest, course: str, lesson: str, slug: str) -> Shown:
    edition, found = find_lesson(request.user, course, lesson)
    one = tries_of(edition.page_of(found)).get(slug)
    if one is None:
        raise Http404(slug)
    return one


def page(request: SignedInRequest, one: Shown, *, status: int = 200) -> HttpResponse:
    context = {
        "try": one,
        "these": {one.slug: one},
        "lesson": one.lesson,
        "html": section_of(one.lesson.html, one.slug),
    }
    return render(request, "labs/try_detail.html", context, status=status)
