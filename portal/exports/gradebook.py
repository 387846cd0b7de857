"""A row a learner, a column a lesson and a lab: 100 where it is done, and the best score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from labs.lab_state import UNTOUCHED
from labs.mastery import Stage
from labs.models import Lab
from portal.cohorts.briefs import Brief, people_of
from portal.cohorts.cells import Cells, DueColumns, cells_of, stage_in
from portal.cohorts.content import Column as Place
from portal.cohorts.content import Content, column_of, content_of
from portal.cohorts.lateness import Item
from portal.cohorts.models import Cohort
from portal.cohorts.sums import add_sums
from portal.exports.people import who
from portal.exports.tables import Column, Row, Table, Value, in_parts

AT_A_TIME = 200  # learners


def gradebook(cohort: Cohort) -> Table:
    content = content_of(cohort)
    columns = (*who(), *summary(), *map(headed, content.items))
    return Table(_("Gradebook"), columns, rows_of(cohort, content))


def summary() -> list[Column]:
    return [
        Column("seen_at", _("Last seen")),
        Column("lessons_completed", _("Lessons completed")),
        Column("lessons_checked", _("Lessons checked")),
        Column("lessons_mastered", _("Lessons mastered")),
        Column("labs_passed", _("Labs passed")),
        Column("percent", _("Percent of all")),
        Column("done_late", _("Done late")),
        Column("overdue", _("Overdue")),
    ]


def headed(item: Item) -> Column:
    if isinstance(item, Lab):
        return Column(f"lab:{item.slug}", _("Lab: %(title)s") % {"title": item.title})
    return Column(f"lesson:{item.slug}", _("Lesson: %(title)s") % {"title": item.title})


def rows_of(cohort: Cohort, content: Content) -> Iterator[Row]:
    """One query for everybody, and two for each two hundred learners."""
    places, due = [column_of(item) for item in content.items], DueColumns(content)
    by_key = {one.pk: one for one in people_of(cohort, content)}
    for keys in in_parts(list(by_key), AT_A_TIME):
        some, cells = [by_key[key] for key in keys], cells_of(keys)
        add_sums(cohort, content, some)
        for one in some:
            own = cells.get(one.pk, Cells())
            late = sum(map(own.has_done, due.late(one.pk, own)))
            yield [*row_of(one, own, content, late), *(value_of(own, place) for place in places)]


def row_of(one: Brief, cells: Cells, content: Content, late: int) -> list[Value]:
    stages = Counter(stage_in(cells, lesson, content) for lesson in content.lesson_keys)
    mastered = stages[Stage.MASTERED]
    return [
        one.name,
        one.email,
        one.seen_at,
        one.done,
        stages[Stage.CHECKED] + mastered,
        mastered,
        one.passed,
        one.percent,
        late,
        one.missing,
    ]


def value_of(cells: Cells, place: Place) -> Value:
    """None: not begun, or nothing that has a verdict."""
    if place.is_lab:
        return cells.labs.get(place.pk, UNTOUCHED).percent
    return 100 if place.pk in cells.done else None
