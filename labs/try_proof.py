"""Does what a lesson says of its experiments hold? Each is asked as it stands, and after each of
its ideas, and answers what its author wrote down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labs.grading.errors import AnswerError, SpecError
from labs.grading.tries import TRY_KINDS
from labs.grading.tries.kind import Field, TryKind
from labs.tries import ask
from lessons.source import CourseSource
from lessons.tries import Idea, Try


def prove_tries(courses: Iterable[CourseSource]) -> None:
    """SpecError names what does not hold in any of them."""
    doubts = [doubt for course in courses for doubt in doubts_about(course)]
    if doubts:
        raise SpecError("\n".join(doubts))


def tries_in(course: CourseSource) -> Iterator[Try]:
    for lesson in course.lessons:
        for section in lesson.sections:
            yield from section.tries


def doubts_about(course: CourseSource) -> Iterator[str]:
    """What is wrong, by file and place."""
    for one in tries_in(course):
        kind = TRY_KINDS.get(one.kind)
        if kind is None:
            yield f"{one.place}: kind {one.kind!r} is none of {', '.join(TRY_KINDS)}"
            continue
        try:
            yield from wrong_answers(one, kind, kind.fields(frozenset(dict(one.start))))
        except SpecError as error:
            yield f"{one.place}: {error}"


def wrong_answers(one: Try, kind: TryKind, fields: tuple[Field, ...]) -> Iterator[str]:
    every: tuple[Try | Idea, ...] = (one, *one.ideas)
    for asked in every:
        said = answer_to(kind, fields, dict(asked.start))
        if said != asked.answer:
            yield f"{asked.place}: the answer is {said!r}, not {asked.answer!r}"


def answer_to(kind: TryKind, fields: tuple[Field, ...], texts: dict[str, str]) -> str:
    """Also what cannot be read may be the point of an idea."""
    try:
        return str(ask(kind, fields, texts).words)
    except AnswerError as error:
        return str(error)
