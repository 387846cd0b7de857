"""Questions in lessons. Finding is authorising: who may not read the lesson gets 404."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from labs.grading.errors import AnswerError
from labs.language import in_language
from labs.quiz.answering import is_due, judgement_of, pose, pose_number, record
from labs.quiz.limits import ANSWERS_PER_MINUTE
from labs.quiz.models import QuizAnswer, QuizCard
from labs.quiz.page import QuestionPage
from labs.quiz.practice import topics_of
from labs.quiz.reviewing import queue_of
from labs.quiz.sheets import Asked, sheet_of
from labs.quiz.standing import LessonQuiz, quiz_of
from lessons.editions import find_lesson
from lessons.limits import within_limit
from lessons.models import Lesson
from lessons.people import SignedInRequest
from lessons.typed import number

MOST_NUMBER = 10**6


@require_safe
def lesson_quiz(request: SignedInRequest, course: str, lesson: str) -> HttpResponse:
    """How one stands with them all; in the lesson, or without JavaScript by itself."""
    edition, found = find_lesson(request.user, course, lesson)
    context = {
        "lesson": edition.page_of(found),
        "quiz": quiz_of(found, request.user),
        "practice": topics_of(edition, found),
        "is_wanted": "stand" in request.GET,  # by a press, not because it came into sight
    }
    name = "quiz/_summary.html" if request.htmx else "quiz/question.html"
    return render(request, name, context)


@require_safe
def question(request: SignedInRequest, course: str, lesson: str, slug: str) -> HttpResponse:
    """To be answered; if it was, what was said of the answer, until somebody wants it again."""
    found = find_question(request, course, lesson, slug)
    return show(request, found.page(request, again="again" in request.GET))


@require_POST
def answer(request: SignedInRequest, course: str, lesson: str, slug: str) -> HttpResponse:
    found = find_question(request, course, lesson, slug)
    page = found.sent_page(request)
    if page.trouble or page.is_too_often or page.was_changed:
        return show(request, page, status=429 if page.is_too_often else 200)
    if not request.htmx:
        return redirect(page.question_url)
    response = show(request, page)
    response["HX-Trigger"] = "answered"  # whatever on the page says how one stands
    return response


def show(request: SignedInRequest, page: QuestionPage, *, status: int = 200) -> HttpResponse:
    if page.in_review and page.queue is None:
        page = replace(page, queue=queue_of(request.user))
    whole = "quiz/review.html" if page.in_review else "quiz/question.html"
    name = "quiz/_question.html" if request.htmx else whole
    context = {"page_of": page, "lesson": page.quiz.lesson}
    return render(request, name, context, status=200 if request.htmx else status)


@dataclass(frozen=True, eq=False)
class Found:
    """A question that the reader may answer, and how they stand with it."""

    lesson: Lesson
    asked: Asked
    quiz: LessonQuiz

    @property
    def card(self) -> QuizCard | None:
        return self.quiz.step_of(self.asked).card

    def page(self, request: SignedInRequest, *, again: bool = False) -> QuestionPage:
        is_asked = again or (self.card is not None and is_due(self.card, request.user))
        last = None if is_asked else self.last_answer(request)
        if last and (read := judgement_of(self.asked, last)):
            return replace(self.blank(request), posed=read[0], judgement=read[1], answer=last)
        return self.blank(request)

    def blank(self, request: SignedInRequest) -> QuestionPage:
        card = self.card
        return QuestionPage(
            quiz=self.quiz,
            step=self.quiz.step_of(self.asked),
            posed=pose(request.user, self.asked, card),
            number=card.answers + 1 if card else 1,
            in_review="review" in (request.GET or request.POST),
        )

    def last_answer(self, request: SignedInRequest) -> QuizAnswer | None:
        if self.card is None:
            return None
        mine = QuizAnswer.objects.counting().filter(user=request.user.pk, question=self.asked.pk)
        return mine.order_by("-number").first()

    def sent_page(self, request: SignedInRequest) -> QuestionPage:
        """The answer is kept, or it is said what is wrong with it, and it still stands there."""
        number = number_in(request.POST.get("number", ""))
        one = pose_number(request.user, self.asked, self.card, number)
        page = replace(self.blank(request), posed=one, number=number, sent=request.POST)
        if request.POST.get("edition") != self.asked.row.edition:
            return replace(self.blank(request), was_changed=True)
        if not within_limit(request.user, "quiz", per_minute=ANSWERS_PER_MINUTE):
            return replace(page, is_too_often=True)
        try:
            given = one.body.given(dict(request.POST.lists()))
        except AnswerError as error:
            return replace(page, trouble=in_language(error.message))
        kept = record(request.user, self.asked, one, given)
        quiz = quiz_of(self.lesson, request.user)
        return replace(
            page,
            quiz=quiz,
            step=quiz.step_of(self.asked),
            answer=kept,
            judgement=one.body.judge(kept.given),
        )


def number_in(text: str) -> int:
    """Which answer of theirs a form says it is; a strange one is the next."""
    return min(number(text) or 0, MOST_NUMBER)


def find_question(request: SignedInRequest, course: str, lesson: str, slug: str) -> Found:
    edition, found = find_lesson(request.user, course, lesson)
    asked = sheet_of(found.course_id, edition.course.edition).find(found, slug)
    return Found(found, asked, quiz_of(found, request.user))
