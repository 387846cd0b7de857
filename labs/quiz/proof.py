"""Are a course's questions fair? Each by itself (`labs.grading.quiz.proof`), and all of them
together: in the file of their lesson, a case last, codes that labs have."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.kinds import KINDS
from labs.grading.quiz.proof import doubts_about
from labs.grading.quiz.reading import Question
from labs.quiz.codes import codes_in
from labs.quiz.source import FOLDER, QuizSource

CODES = {code for kind in KINDS.values() for code in kind.CODES}


def doubts_about_quiz(quiz: QuizSource) -> Iterator[str]:
    """What an author has to mend, by file and question."""
    for lesson, questions in quiz.lessons.items():
        for question in questions:
            yield from doubts_about(question)
            yield from doubts_of_place(question, lesson)
            yield from doubts_of_codes(question)
        if questions and not questions[-1].is_case:
            yield f"{questions[-1].place}: the last question of a lesson is a case: level 2 or 3"


def doubts_of_place(question: Question, lesson: str) -> Iterator[str]:
    if not question.place.startswith(f"{FOLDER}/{lesson}.toml:"):
        yield f"{question.place}: its section stands in the lesson {lesson!r}: move it to that file"


def doubts_of_codes(question: Question) -> Iterator[str]:
    for code in codes_in(question.table):
        if code not in CODES:
            yield f"{question.place}: no lab has findings of the code {code!r}"
