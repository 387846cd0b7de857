"""`questions/*.toml` in a course's folder → questions by lesson. Reads files and nothing else.

A question belongs to the lesson of its section; a file is named after the lesson that it is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from labs.grading.errors import SpecError
from labs.grading.quiz.reading import Question, read_questions
from lessons.outline import slugify
from lessons.source import CourseSource

FOLDER = "questions"


@dataclass(frozen=True, slots=True)
class QuizSource:
    course: str
    lessons: Mapping[str, tuple[Question, ...]]  # by the lesson's slug, in the course's order

    @property
    def questions(self) -> list[Question]:
        return [question for some in self.lessons.values() for question in some]


def read_quiz(folder: Path, course: CourseSource) -> QuizSource:
    """SpecError names the file and the question."""
    lesson_of = {
        section.heading.slug: lesson.slug
        for lesson in course.lessons
        for section in lesson.sections
    }
    lessons: dict[str, list[Question]] = {lesson.slug: [] for lesson in course.lessons}
    seen: dict[str, str] = {}
    for question in questions_in(folder / FOLDER):
        if question.section not in lesson_of:
            raise SpecError(f"{question.place}: the course has no section {question.section!r}")
        if question.slug != slugify(question.slug):
            raise SpecError(f"{question.place}: write it as {slugify(question.slug)!r}")
        if question.slug in seen:
            raise SpecError(f"{question.place}: {seen[question.slug]} is called so, too")
        seen[question.slug] = question.place
        lessons[lesson_of[question.section]].append(question)
    return QuizSource(course.slug, {slug: tuple(questions) for slug, questions in lessons.items()})


def questions_in(folder: Path) -> Iterator[Question]:
    for path in sorted(folder.glob("*.toml")):
        yield from read_questions(path.read_text(encoding="utf-8"), f"{FOLDER}/{path.name}")
