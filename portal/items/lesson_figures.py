"""How far a cohort reads: who completed a lesson, and where the others stopped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from labs.quiz.models import LessonCheck
from lessons.models import Completion, Lesson, Place
from portal.cohorts.models import Cohort
from portal.items.lab_figures import percent_of

Stops = Mapping[int | None, int]  # section pk (None: gone since) → learners


@dataclass(frozen=True, slots=True)
class LessonFigures:
    """`stops`: whose place is there, and the lesson is not completed."""

    lesson: Lesson
    learners: int
    completed: int
    stops: Stops
    checked: int = 0

    @property
    def completed_percent(self) -> int | None:
        return percent_of(self.completed, self.learners)

    @property
    def checked_percent(self) -> int | None:
        return percent_of(self.checked, self.learners)

    @property
    def stopped(self) -> int:
        return sum(self.stops.values())


def lesson_figures_of(cohort: Cohort, lessons: Sequence[Lesson]) -> list[LessonFigures]:
    """In the order of `lessons`. Four queries."""
    learners = cohort.learners.count()
    completed, checked = (number_of(rows, cohort, lessons) for rows in (Completion, LessonCheck))
    stops = stops_in(cohort, lessons)
    return [
        LessonFigures(one, learners, completed[one.pk], stops.get(one.pk, {}), checked[one.pk])
        for one in lessons
    ]


def number_of(
    model: type[Completion | LessonCheck], cohort: Cohort, lessons: Collection[Lesson]
) -> Counter[int]:
    """Lesson pk → learners who have such a row."""
    keys = [lesson.pk for lesson in lessons]
    rows = model.objects.filter(user__in=cohort.learners, lesson__in=keys)
    counted = rows.order_by().values_list("lesson_id").annotate(Count("pk"))
    return Counter(dict(counted))


def stops_in(cohort: Cohort, lessons: Collection[Lesson]) -> dict[int, dict[int | None, int]]:
    """Everybody has one place in a course: where they stopped reading last."""
    done = Completion.objects.filter(user=OuterRef("user"), lesson=OuterRef("lesson"))
    rows = Place.objects.filter(user__in=cohort.learners, lesson__in=[one.pk for one in lessons])
    rows = rows.filter(~Exists(done)).order_by()
    found = defaultdict[int, dict[int | None, int]](dict)
    for lesson, section, count in rows.values_list("lesson_id", "section_id").annotate(Count("pk")):
        found[lesson][section] = count
    return found
