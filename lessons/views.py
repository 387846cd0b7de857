"""Reading: a course, a lesson, and what a learner does with them. Finding is authorising:
not yours is 404."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lessons.changed_since import changed_lessons, read_before_change
from lessons.editions import Edition, due_keys, find_edition, find_lesson, original_of
from lessons.limits import PLACES_PER_MINUTE, limited
from lessons.margins import Margins
from lessons.models import Lesson
from lessons.people import SignedInRequest
from lessons.picture_files import TYPES
from lessons.pictures import NAME, folder_of
from lessons.printing import for_print
from lessons.progress import next_stop, place_in
from lessons.read_marks import ReadMarks, read_to_the_end
from lessons.tree import tree_of, where

MOST_READ = 200  # sections of a lesson


@require_safe
def course_detail(request: SignedInRequest, course: str) -> HttpResponse:
    edition = find_edition(request.user, course)
    tree = tree_of(edition, request.user)
    place = place_in(edition, request.user)
    context = {
        "course": edition.course,
        "edition": edition,
        "tree": tree,
        "next": next_stop(edition.lessons, tree.completed, place),
        "place": place,
        "changed": changed_lessons(edition, request.user),
        "read": tree.completed | read_to_the_end(edition, place),
    }
    return render(request, "lessons/course_detail.html", context)


@require_safe
def lesson_detail(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    edition, found = find_lesson(request.user, course, lesson)
    if "original" in request.GET:
        edition, found = original_of(edition, found)
    context = lesson_context(request, edition, edition.page_of(found))
    return render(request, "lessons/lesson_detail.html", context)


@require_safe
def module_print(request: SignedInRequest, course: str, module: str) -> HttpResponse:
    """All lessons of a module on one page, for paper."""
    edition = find_edition(request.user, course)
    branch = edition.branch(module)
    if branch is None:
        raise Http404(module)
    texts = for_print([edition.page_of(lesson).html for lesson in branch.lessons])
    context = {
        "course": edition.course,
        "branch": branch,
        "pages": list(zip(branch.lessons, texts, strict=True)),
    }
    return render(request, "lessons/module_print.html", context)


@require_safe
def picture(request: SignedInRequest, course: str, name: str) -> HttpResponse:
    """One of the author's screenshots. A name says what is in it: it may be kept for ever."""
    edition = find_edition(request.user, course)
    found = NAME.fullmatch(name)
    path = folder_of(edition.course.slug) / name
    if found is None or not path.is_file():
        raise Http404(name)
    answer = HttpResponse(path.read_bytes(), content_type=TYPES[found["ending"]])
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def lesson_context(request: SignedInRequest, edition: Edition, lesson: Lesson) -> dict[str, object]:
    tree = tree_of(edition, request.user)
    previous, following = edition.neighbours(lesson)
    is_completed, read = lesson.pk in tree.completed, ReadMarks(edition, lesson, request.user)
    stands = request.user.stands(lesson)
    return {
        "lesson": lesson,
        "read": read,
        "stands": stands,
        "stage": stands.sign(is_read=is_completed or read.is_to_the_end),
        "needed": None if is_completed else stands.needed,
        "margins": Margins(edition, lesson, request.user),
        "course": edition.course,
        "edition": edition,
        "tree": tree,
        "here": where(lesson),
        "is_completed": is_completed,
        "due": request.user.due(lesson.course_id, *due_keys(lesson)),
        "previous": previous,
        "following": following,
        "read_before": read_before_change(edition, lesson, request.user),
    }


@require_POST
def complete(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    edition, found = find_lesson(request.user, course, lesson)
    if needed := request.user.stands(found).needed:
        return completion(request, edition, found, message=needed.words, level=messages.INFO)
    found.complete(request.user)
    return completion(request, edition, found, message=_("Lesson completed."))


@require_POST
def reopen(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    edition, found = find_lesson(request.user, course, lesson)
    found.reopen(request.user)
    return completion(request, edition, found, message=_("Lesson marked as not completed."))


def completion(
    request: SignedInRequest,
    edition: Edition,
    lesson: Lesson,
    *,
    message: str,
    level: int = messages.SUCCESS,
) -> HttpResponse:
    """htmx gets the changed parts of the page; without it the same page is loaded again and says
    what happened."""
    if request.headers.get("HX-Request"):
        context = lesson_context(request, edition, lesson)
        return render(request, "lessons/_completed.html", context)
    messages.add_message(request, level, message)
    return redirect(lesson)


@require_POST
@limited("place", per_minute=PLACES_PER_MINUTE)
def place(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    """Sent by the page itself once a section was really read, and as it is left."""
    edition, found = find_lesson(request.user, course, lesson)
    page, section = edition.page_of(found), request.POST.get("section", "")
    page.remember_place(request.user, section, request.POST.getlist("read")[:MOST_READ])
    if page.contents and section == page.contents[-1]["anchor"] and found.pk in edition.changed:
        found.note_reading(request.user)  # to its end
    return HttpResponse(status=204)
