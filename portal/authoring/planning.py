"""What the folders of content would change now: the courses and then the labs, as one plan."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict

from labs.models import Lab
from labs.quiz.sync import QuizPlan, hash_of, plan_quizzes
from labs.sync import LabPlan, hash_with_renderer, plan_labs, sections_by_course
from labs.translation_writer import names_in, names_of
from labs.try_proof import prove_tries
from lessons.ahead import sections_ahead
from lessons.matching import NEW, NOTHING_SAID, Said
from lessons.plan import LessonChange, SectionChange
from lessons.questions import Question
from lessons.same_words import read_same_words
from lessons.sync import CoursePlan, plan_sources, read_courses
from lessons.writer import content_hash

Answers = Mapping[str, Said]  # by the course's slug
PREFIX = "is:"
MOST_ANSWERS = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """Of each those that change."""

    courses: tuple[CoursePlan, ...]
    labs: tuple[LabPlan, ...]
    quizzes: tuple[QuizPlan, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.courses or self.labs or self.quizzes)

    @property
    def questions(self) -> list[tuple[CoursePlan, Question]]:
        return [(plan, question) for plan in self.courses for question in plan.plan.questions]

    @property
    def is_answered(self) -> bool:
        return all(question.is_answered for _plan, question in self.questions)

    @property
    def fingerprint(self) -> str:
        """Another one wherever applying would do something else: other files, other rows, other
        answers, or somebody who would lose something by now. Learners who go on learning change
        nothing."""
        digest = hashlib.sha256()
        marks = (
            *map(mark_of_course, self.courses),
            *map(mark_of_lab, self.labs),
            *map(mark_of_quiz, self.quizzes),
        )
        for mark in marks:
            digest.update(repr(mark).encode() + b"\0")
        return digest.hexdigest()


def mark_of_course(one: CoursePlan) -> tuple[object, ...]:
    changes = [*map(mark_of_change, one.plan.lessons), *map(mark_of_change, one.plan.sections)]
    files = content_hash(one.source) if one.source else ""
    chosen = [(question.new.slug, question.chosen) for question in one.plan.questions]
    return one.slug, one.version, files, one.is_safe, changes, chosen


def mark_of_change(one: LessonChange | SectionChange) -> tuple[object, ...]:
    return one.kinds, one.old and one.old.key, one.new and one.new.slug


def mark_of_lab(one: LabPlan) -> tuple[object, ...]:
    files = (hash_with_renderer(one.source), names_in(one.source)) if one.source else ()
    lab = one.lab
    row = (lab.pk, *version_of_lab(lab)) if lab else ()
    return one.slug, row, files, one.is_safe, one.kinds


def version_of_lab(lab: Lab) -> tuple[object, ...]:
    """No query where its translations were loaded with it."""
    return lab.content_hash, lab.rule, lab.archived_at, lab.course_id, names_of(lab)


def mark_of_quiz(one: QuizPlan) -> tuple[object, ...]:
    files = [hash_of(question) for question in one.source.questions]
    return one.slug, files, sorted(one.changes.items())


def plan_content(answers: Answers | None = None) -> Planned:
    """Raises SourceError and SpecError. An answer that nobody asked for is not heard."""
    answers = answers or {}
    sources = read_courses(settings.NOTES_DIR)
    prove_tries(sources)
    courses = plan_sources(sources, answers)
    if (heard := {plan.slug: asked_for(plan) for plan in courses}) != {
        plan.slug: plan.said for plan in courses
    }:
        courses = plan_sources(sources, heard)
    for source in sources:
        read_same_words(settings.NOTES_DIR / source.slug)  # a mistake there is one of the files
    known = sections_by_course() | {
        plan.slug: sections_ahead(plan) for plan in courses if plan.source and not plan.is_empty
    }
    labs = plan_labs(settings.CATALOG_DIR, known)
    changing = tuple(plan for plan in courses if not plan.is_empty)
    return Planned(changing, tuple(labs), tuple(plan_quizzes(settings.NOTES_DIR, sources)))


def asked_for(plan: CoursePlan) -> Said:
    if plan.said == NOTHING_SAID:
        return NOTHING_SAID
    of_sections, of_lessons = (
        {
            question.new.slug: [candidate.old.slug for candidate in question.candidates] + [NEW]
            for question in plan.plan.questions
            if question.is_of_lesson is is_of_lesson
        }
        for is_of_lesson in (False, True)
    )
    return Said(
        sections=only_possible(plan.said.sections, of_sections),
        lessons=only_possible(plan.said.lessons, of_lessons),
    )


def only_possible(said: Mapping[str, str], possible: Mapping[str, list[str]]) -> dict[str, str]:
    return {new: old for new, old in said.items() if old in possible.get(new, ())}


# --- Answers in a form ----------------------------------------------------------------------------


def name_of(course: str, question: Question) -> str:
    kind = "lesson" if question.is_of_lesson else "section"
    return f"{PREFIX}{course}:{kind}:{question.new.slug}"


def answers_in(sent: QueryDict) -> dict[str, Said]:
    """`is:aws:section:the-new-slug` = the old slug, or nothing for a new one."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: {"section": {}, "lesson": {}})
    for course, kind, slug, value in parts_of(sent):
        if kind in ("section", "lesson"):
            found[course][kind][slug] = value
    return {
        course: Said(sections=said["section"], lessons=said["lesson"])
        for course, said in found.items()
    }


def parts_of(sent: QueryDict) -> Iterator[tuple[str, str, str, str]]:
    for name in list(sent)[:MOST_ANSWERS]:
        parts = name.split(":")
        if name.startswith(PREFIX) and len(parts) == 4:
            yield *parts[1:], sent.get(name, "")  # type: ignore[misc]
