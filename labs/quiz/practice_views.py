"""Practice without end. Finding is authorising: who may not read the course gets 404."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from labs.grading.errors import AnswerError
from labs.language import in_language
from labs.quiz.limits import ANSWERS_PER_MINUTE, TASKS_PER_MINUTE
from labs.quiz.page import AskedPage
from labs.quiz.practice import (
    Task,
    Topic,
    find_task,
    find_topic,
    last_answers,
    level_words,
    next_level,
    next_task,
    record,
    shelves,
)
from labs.quiz.views import number_in
from lessons.editions import find_edition
from lessons.limits import limited, within_limit
from lessons.people import SignedInRequest


@dataclass(frozen=True, eq=False, kw_only=True)
class TaskPage(AskedPage):
    """A task as a page shows it. `next_level` is 0 before it is answered."""

    topic: Topic
    level: int
    next_level: int = 0

    @property
    def answer_url(self) -> str:
        return self.topic.answer_url

    @property
    def level_words(self) -> str:
        return level_words(self.level)

    @property
    def next_words(self) -> str:
        """Where the next one is of another level."""
        return level_words(self.next_level) if self.next_level not in (0, self.level) else ""

    @property
    def is_harder(self) -> bool:
        return self.next_level > self.level


def page_of(request: SignedInRequest, topic: Topic, task: Task) -> TaskPage:
    page = TaskPage(topic=topic, level=task.level, posed=task.posed, number=task.number)
    if task.kept is None:
        return page
    judgement = task.posed.body.judge(task.kept.given)
    level = next_level(last_answers(request.user, topic))
    return replace(page, judgement=judgement, next_level=level)


@require_safe
def topics(request: SignedInRequest, course: str) -> HttpResponse:
    edition = find_edition(request.user, course)
    context = {"course": edition.course, "shelves": shelves(edition, request.user)}
    return render(request, "quiz/practice.html", context)


@require_safe
@limited("practice", per_minute=TASKS_PER_MINUTE)
def task(request: SignedInRequest, course: str, name: str) -> HttpResponse:
    """The next one; or what was said of an earlier answer."""
    topic = find_topic(find_edition(request.user, course), name)
    number = number_in(request.GET.get("answered", ""))
    one = find_task(request.user, topic, number) if number else next_task(request.user, topic)
    return show(request, page_of(request, topic, one))


@require_POST
def answer(request: SignedInRequest, course: str, name: str) -> HttpResponse:
    """Kept and judged; or it is said what is wrong with it, and it still stands there."""
    topic = find_topic(find_edition(request.user, course), name)
    one = find_task(request.user, topic, number_in(request.POST.get("number", "")))
    page = replace(page_of(request, topic, one), sent=request.POST)
    if not within_limit(request.user, "quiz", per_minute=ANSWERS_PER_MINUTE):
        return show(request, replace(page, judgement=None, is_too_often=True), status=429)
    try:
        given = one.posed.body.given(dict(request.POST.lists()))
    except AnswerError as error:
        return show(request, replace(page, trouble=in_language(error.message)))
    kept = record(request.user, topic, one, given)
    if not request.htmx:
        return redirect(f"{topic.url}?answered={kept.number}")
    return show(request, page_of(request, topic, replace(one, kept=kept)))


def show(request: SignedInRequest, page: TaskPage, *, status: int = 200) -> HttpResponse:
    name = "quiz/_task.html" if request.htmx else "quiz/task.html"
    context = {"page": page, "course": page.topic.lesson.course}
    return render(request, name, context, status=200 if request.htmx else status)
