"""Practice: tasks that are drawn one after the other, and how far somebody got with them.

What somebody is asked follows from them, the generator and how often they answered it, as with a
lesson's questions: nothing is stored before it is answered, and a form that is sent twice is one
answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from labs.grading.quiz.generators import EVERY, GENERATORS
from labs.grading.quiz.generators.kind import Generator, table_of
from labs.grading.quiz.judgement import Given
from labs.grading.quiz.markup import html_of
from labs.grading.quiz.posing import Posed, posed, seed_from
from labs.grading.quiz.reading import LEVELS, Question, read_question
from labs.language import in_language
from labs.quiz.models import PracticeAnswer
from labs.quiz.rendering import changed, with_keys
from lessons.editions import Edition
from lessons.models import Lesson, Module, Section
from lessons.people import User

RIGHT_TO_RISE = 2  # in a row, on a level


def level_words(level: int) -> str:
    return {1: _("easy"), 2: _("medium"), 3: _("hard")}[level]


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """A generator in a course: the section that teaches it is there."""

    generator: Generator
    lesson: Lesson
    section: Section

    @property
    def name(self) -> str:
        return self.generator.NAME

    @property
    def title(self) -> str:
        return in_language(self.generator.TITLE)

    @property
    def url(self) -> str:
        return self.address("task")

    @property
    def answer_url(self) -> str:
        return self.address("task_answer")

    def address(self, view: str) -> str:
        return reverse(f"quiz:{view}", args=[self.lesson.course.slug, self.name])

    @property
    def section_url(self) -> str:
        return f"{self.lesson.get_absolute_url()}#{self.section.slug}"


@dataclass(frozen=True, slots=True)
class TopicStanding:
    """What somebody made of a topic. `reached` is the highest level of a right answer."""

    answered: int = 0
    right: int = 0
    reached: int = 0

    @property
    def level(self) -> str:
        return level_words(self.reached) if self.reached else ""


def topics_in(edition: Edition) -> Iterator[Topic]:
    """In the order of the course; no query, but for the first reader after a sync."""
    for lesson in edition.lessons:
        known = edition.sections.get(lesson.pk, {})
        for generator in EVERY:
            if generator.SECTION in known:
                yield Topic(generator, lesson, known[generator.SECTION])


def topics_of(edition: Edition, lesson: Lesson) -> list[Topic]:
    return [topic for topic in topics_in(edition) if topic.lesson.pk == lesson.pk]


def find_topic(edition: Edition, name: str) -> Topic:
    """Raises Http404."""
    for topic in topics_in(edition):
        if topic.name == name:
            return topic
    raise Http404(name)


def shelves(edition: Edition, user: User) -> list[tuple[Module, list[tuple[Topic, TopicStanding]]]]:
    """One query."""
    known = standings(edition, user)
    pairs = [(topic, known.get(topic.name, TopicStanding())) for topic in topics_in(edition)]
    groups = groupby(pairs, key=lambda pair: pair[0].lesson.module)
    return [(module, list(some)) for module, some in groups]


def standings(edition: Edition, user: User) -> dict[str, TopicStanding]:
    is_right = Q(score=1)
    rows = (
        PracticeAnswer.objects.filter(user=user.pk, course=edition.course.pk)
        .order_by()
        .values_list("generator")
        .annotate(
            answered=Count("pk"),
            right=Count("pk", filter=is_right),
            reached=Max("level", filter=is_right),
        )
    )
    return {name: TopicStanding(count, right, level or 0) for name, count, right, level in rows}


def last_answers(user: User, topic: Topic) -> list[PracticeAnswer]:
    """The last ones, the latest first: enough to know what comes next."""
    mine = PracticeAnswer.objects.filter(
        user=user.pk, course=topic.lesson.course_id, generator=topic.name
    )
    return list(mine.order_by("-number")[:RIGHT_TO_RISE])


def next_level(last: Sequence[PracticeAnswer]) -> int:
    """Up after two right ones on a level, down after a miss."""
    if not last:
        return LEVELS[0]
    level = last[0].level
    if not last[0].is_right:
        return max(LEVELS[0], level - 1)
    on_level = [one for one in last if one.is_right and one.level == level]
    return min(LEVELS[-1], level + (len(on_level) == RIGHT_TO_RISE))


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked as somebody's answer of this number."""

    number: int
    level: int
    posed: Posed
    kept: PracticeAnswer | None = None  # it was answered


def next_task(user: User, topic: Topic) -> Task:
    last = last_answers(user, topic)
    number, level = (last[0].number if last else 0) + 1, next_level(last)
    return Task(number, level, drawn(topic.name, seed_of(user, topic, number), level))


def find_task(user: User, topic: Topic, number: int) -> Task:
    """The one that was answered so; else the next one."""
    kept = PracticeAnswer.objects.filter(
        user=user.pk, course=topic.lesson.course_id, generator=topic.name, number=number
    ).first()
    if kept is None:
        return next_task(user, topic)
    return Task(number, kept.level, drawn(topic.name, kept.seed, kept.level), kept)


def seed_of(user: User, topic: Topic, number: int) -> int:
    return seed_from(f"{user.pk} {topic.lesson.course_id} {topic.name} {number}")


def drawn(name: str, seed: int, level: int) -> Posed:
    return posed(drawn_question(name, seed, level), seed)


@lru_cache(maxsize=512)
def drawn_question(name: str, seed: int, level: int) -> Question:
    """Kept for the answer, which comes soon."""
    table: dict[str, Any] = table_of(GENERATORS[name], seed, level)
    return read_question(changed(with_keys(table), html_of), name)


def record(user: User, topic: Topic, task: Task, given: Given) -> PracticeAnswer:
    """Whoever sends a number again, also at the same time, gets what was kept."""
    kept, _is_new = PracticeAnswer.objects.get_or_create(
        user_id=user.pk,
        course_id=topic.lesson.course_id,
        generator=topic.name,
        number=task.number,
        defaults={
            "seed": task.posed.seed,
            "level": task.level,
            "given": dict(given),
            "score": task.posed.body.judge(given).score,
            "answered_at": timezone.now(),
        },
    )
    return kept
