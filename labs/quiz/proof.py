"""Are a course's questions fair? Each by itself (`labs.grading.quiz.proof`), and all of them
together: in the file of their lesson, a case last, codes that labs have."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from labs.grading.kinds import KINDS
from labs.grading.quiz.generators import EVERY
from labs.grading.quiz.generators.kind import Generator
from labs.grading.quiz.generators.proof import doubts_about_generator
from labs.grading.quiz.proof import doubts_about
from labs.grading.quiz.reading import Question
from labs.quiz.codes import codes_in
from labs.quiz.source import FOLDER, QuizSource
from lessons.source import CourseSource


@cache
def codes_of_labs() -> frozenset[str]:
    return frozenset(code for kind in KINDS.values() for code in kind.CODES)


def doubts_about_quiz(quiz: QuizSource, lessons: Collection[str] = ()) -> Iterator[str]:
    """What an author has to mend, by file and question. `lessons`: the slugs of some; none: all."""
    for lesson, questions in quiz.lessons.items():
        if lessons and lesson not in lessons:
            continue
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
        if code not in codes_of_labs():
            yield f"{question.place}: no lab has findings of the code {code!r}"


def generators_of(course: CourseSource) -> list[Generator]:
    """Those that it offers as practice: it teaches what they ask."""
    taught = {section.heading.slug for lesson in course.lessons for section in lesson.sections}
    return [generator for generator in EVERY if generator.SECTION in taught]


def doubts_about_practice(course: CourseSource) -> Iterator[str]:
    for generator in generators_of(course):
        yield from doubts_about_generator(generator)
