"""The questions of a course as all its learners get them: read once in each process and kept until
a sync writes them anew (`lessons/editions.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from django.http import Http404

from labs.grading.quiz.reading import Question
from labs.quiz.codes import codes_in
from labs.quiz.models import QuizQuestion
from lessons.models import Lesson


@dataclass(frozen=True, eq=False)
class Asked:
    """One of them, read."""

    row: QuizQuestion
    question: Question

    @property
    def pk(self) -> int:
        return self.row.pk


@dataclass(frozen=True, eq=False)
class Sheet:
    """The live questions of a course, none of which may be changed, by the lesson's key."""

    lessons: dict[int, tuple[Asked, ...]]

    @cached_property
    def by_key(self) -> dict[int, Asked]:
        return {one.pk: one for some in self.lessons.values() for one in some}

    @cached_property
    def by_slug(self) -> dict[str, Asked]:
        return {one.row.slug: one for one in self.by_key.values()}

    @cached_property
    def by_code(self) -> dict[str, tuple[Asked, ...]]:
        """Those that show a misconception, in the order of the course's file."""
        found: dict[str, list[Asked]] = {}
        for one in self.by_key.values():
            for code in dict.fromkeys(codes_in(one.row.table)):
                found.setdefault(code, []).append(one)
        return {code: tuple(some) for code, some in found.items()}

    def of(self, lesson: Lesson) -> tuple[Asked, ...]:
        return self.lessons.get(lesson.pk, ())

    def find(self, lesson: Lesson, slug: str) -> Asked:
        """Raises Http404."""
        one = self.by_slug.get(slug)
        if one is None or one.row.lesson_id != lesson.pk:
            raise Http404(slug)
        return one


@lru_cache(maxsize=32)
def sheet_of(course: int, edition: str) -> Sheet:
    """`edition` is the name of what was read: another name, and it is read again."""
    rows = (
        QuizQuestion.objects.live()
        .filter(course=course, lesson__archived_at=None)
        .select_related("lesson__course", "section")
        .defer("lesson__html", "lesson__contents", "section__text", "section__plain")
        .order_by("lesson", "position")
    )
    asked = [Asked(row, row.question) for row in rows]
    groups = groupby(asked, key=lambda one: one.row.lesson_id)
    return Sheet({lesson: tuple(some) for lesson, some in groups})
