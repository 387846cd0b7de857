"""Reading: a course, a lesson, and what a learner does with them. Finding is authorising:
not yours is 404."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lessons.models import Course, Lesson
from lessons.people import SignedInRequest
from lessons.progress import next_stop
from lessons.tree import course_tree


def find_lesson(request: SignedInRequest, course: str, lesson: str) -> Lesson:
    lessons = Lesson.objects.visible_to(request.user).select_related("course", "module")
    found: Lesson = get_object_or_404(lessons, course__slug=course, slug=lesson)
    return found


@require_GET
def course_detail(request: SignedInRequest, course: str) -> HttpResponse:
    found = get_object_or_404(Course.objects.visible_to(request.user), slug=course)
    tree = course_tree(found, request.user)
    place = found.places.filter(user=request.user.pk).select_related("section").first()
    context = {
        "course": found,
        "tree": tree,
        "next": next_stop(tree.lessons, place),
        "place": place,
    }
    return render(request, "lessons/course_detail.html", context)


@require_GET
def lesson_detail(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    found = find_lesson(request, course, lesson)
    return render(request, "lessons/lesson_detail.html", lesson_context(request, found))


def lesson_context(request: SignedInRequest, lesson: Lesson) -> dict[str, object]:
    tree = course_tree(lesson.course, request.user)
    previous, following = tree.neighbours(lesson)
    lesson.completed = lesson in [other for other in tree.lessons if other.completed]
    context = {
        "lesson": lesson,
        "course": lesson.course,
        "tree": tree,
        "previous": previous,
        "following": following,
    }
    return context | {
        "module_url": f"{lesson.course.get_absolute_url()}#module-{lesson.module.slug}"
    }


@require_POST
def complete(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    found = find_lesson(request, course, lesson)
    found.complete(request.user)
    return completion(request, found, message=_("Lesson completed."))


@require_POST
def reopen(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    found = find_lesson(request, course, lesson)
    found.reopen(request.user)
    return completion(request, found, message=_("Lesson marked as not completed."))


def completion(request: SignedInRequest, lesson: Lesson, *, message: str) -> HttpResponse:
    """htmx gets the changed parts of the page; without it the same page is loaded again and says
    what happened."""
    if request.headers.get("HX-Request"):
        return render(
            request, "lessons/_completion.html", lesson_context(request, lesson) | {"swapped": True}
        )
    messages.success(request, message)
    return redirect(lesson)


@require_POST
def place(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    """Sent by the page itself while it is read, and as it is left."""
    find_lesson(request, course, lesson).remember_place(
        request.user, request.POST.get("section", "")
    )
    return HttpResponse(status=204)
