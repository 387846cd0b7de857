"""A row a learner, a column a lesson and a lab: 100 where it is done, and the best score."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from labs.mastery import checks_of, homes_of
from labs.models import Lab
from portal.cohorts.dates import dates_of
from portal.cohorts.lateness import Item
from portal.cohorts.models import Cohort
from portal.cohorts.standing import Standing, columns_of, standings_of
from portal.exports.people import learners_of, who
from portal.exports.tables import Column, Row, Table, Value, in_parts

AT_A_TIME = 200  # learners


def gradebook(cohort: Cohort) -> Table:
    lessons, labs = columns_of(cohort)
    items: list[Item] = [*lessons, *labs]
    columns = (*who(), *summary(), *[column_of(item) for item in items])
    return Table(_("Gradebook"), columns, rows_of(cohort, items))


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


def column_of(item: Item) -> Column:
    if isinstance(item, Lab):
        return Column(f"lab:{item.slug}", _("Lab: %(title)s") % {"title": item.title})
    return Column(f"lesson:{item.slug}", _("Lesson: %(title)s") % {"title": item.title})


def rows_of(cohort: Cohort, items: list[Item]) -> Iterator[Row]:
    """Five queries for each two hundred learners."""
    lessons = [one for one in items if not isinstance(one, Lab)]
    labs = [one for one in items if isinstance(one, Lab)]
    dates, homes = dates_of(cohort.pk, cohort.dates_edition), homes_of(lessons)
    for keys in in_parts(list(learners_of(cohort)), AT_A_TIME):
        some, checks = cohort.learners.filter(pk__in=keys), checks_of(keys, lessons)
        for standing in standings_of(some, lessons=lessons, labs=labs, dates=dates):
            checked = checks.get(standing.user.pk, set())
            row = row_of(standing, len(checked), mastered(standing, checked, homes))
            yield [*row, *(value_of(standing, item) for item in items)]


def mastered(
    standing: Standing, checked: Collection[int], homes: Mapping[int, Collection[Lab]]
) -> int:
    """How many of the checked lessons have labs, all of them passed."""
    labs = [homes[lesson] for lesson in checked]
    return sum(all(standing.labs[lab].passed for lab in some) for some in labs if some)


def row_of(standing: Standing, checked: int, mastered: int) -> list[Value]:
    return [
        standing.user.name,
        standing.user.email,
        standing.seen_at,
        standing.lessons_done,
        checked,
        mastered,
        standing.labs_passed,
        standing.percent,
        len(standing.lateness.late),
        len(standing.missing),
    ]


def value_of(standing: Standing, item: Item) -> Value:
    """None: not begun, or nothing that has a verdict."""
    if isinstance(item, Lab):
        return standing.labs[item].percent
    return 100 if item.pk in standing.done else None
