"""A course as it stood before a plan was applied. The way back is a plan, too: from the rows as
they are to those that were kept, where it is known which is which. So completions go back by the
same rules as they came: who completed every part has completed the whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.db.models import CharField, Model, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from lessons.carrying import carry_over, count_completed, take_from_twin, twin_of
from lessons.editions import new_edition
from lessons.kept_rows import (
    Keep,
    Kept,
    Rows,
    Values,
    keep_nothing,
    made_of,
    put_back,
    rows_of,
)
from lessons.matching import NewLesson, NewSection, OldLesson, OldSection
from lessons.models import Course, EarlierText, Lesson, Module, Section, Term, Translation
from lessons.plan import Plan, Sides, plan_between
from lessons.sides import old_lessons, old_sections

TABLES: dict[str, type[Model]] = {"modules": Module, "lessons": Lesson, "sections": Section}
VERSION = ("content_hash", "synced_at", "archived_at")


def rows_of_course(slug: str) -> dict[str, Rows]:
    course = {"course": rows_of(Course.objects.filter(slug=slug))}
    tables = ((name, model._default_manager) for name, model in TABLES.items())
    course["terms"] = rows_of(Term.objects.filter(course__slug=slug))
    course["translations"] = rows_of(Translation.objects.filter(lesson__course__slug=slug))
    course["earlier"] = {
        str(key): {}
        for key in EarlierText.objects.filter(lesson__course__slug=slug).values_list(
            "pk", flat=True
        )
    }
    return course | {name: rows_of(rows.filter(course__slug=slug)) for name, rows in tables}


@contextmanager
def keeping(slug: str, keep: Keep) -> Iterator[None]:
    """Within the transaction that writes the course."""
    if keep is keep_nothing:
        yield
        return
    before = rows_of_course(slug)
    yield
    after = rows_of_course(slug)
    kept: dict[str, Any] = {"terms": before.pop("terms")} | {
        name: asdict(Kept.between(rows, after[name])) for name, rows in before.items()
    }
    keep("course", slug, kept | {"left": version_in(after["course"])})


def version_in(course: Rows) -> list[Any]:
    return [row[name] for row in course.values() for name in VERSION]


class WayBack:
    """Of one course, from what was kept when a plan was applied."""

    def __init__(self, slug: str, kept: dict[str, Any]) -> None:
        self.slug, self.left = slug, kept["left"]
        names = ("course", "earlier", "translations", *TABLES)
        self.kept = {name: Kept(**kept[name]) for name in names}
        self.terms: Rows = kept["terms"]
        self.course = Course.objects.get(slug=slug)

    @property
    def is_open(self) -> bool:
        """Nothing was applied to the course since."""
        now = version_in(rows_of(Course.objects.filter(slug=self.slug)))
        return bool(now == self.left)

    @property
    def plan(self) -> Plan:
        now = rows_of_course(self.slug)
        rows = {name: self.rows_before(name, now[name]) for name in TABLES}
        modules = {row["id"]: row["slug"] for row in rows["modules"].values()}
        lessons = [row for row in rows["lessons"].values() if row["archived_at"] is None]
        sections = [row for row in rows["sections"].values() if row["archived_at"] is None]
        names = {row["id"]: row["slug"] for row in lessons}
        old_ones, old_parts = old_lessons(self.course), old_sections(self.course)
        sides = Sides(
            old_ones,
            [lesson_of(row, modules[row["module_id"]]) for row in lessons],
            old_parts,
            [section_of(row, names[row["lesson_id"]]) for row in sections],
        )
        known = plan_between(
            sides, same_sections(sections, old_parts), same_lessons(lessons, old_ones)
        )
        return known.counted(count_completed)

    def rows_before(self, name: str, now: Rows) -> Rows:
        kept = self.kept[name]
        return {key: kept.before.get(key, row) for key, row in now.items() if key not in kept.made}

    def write(self) -> None:
        """Within a transaction that has locked the course, and has asked whether it `is_open`."""
        plan = self.plan
        for name in ("lessons", "sections"):
            self.free_slugs(name)
        for name, model in TABLES.items():
            put_back(model, self.kept[name].before)
            made = model._default_manager.filter(pk__in=self.kept[name].made)
            made.filter(archived_at=None).update(archived_at=timezone.now())
        self.put_terms_back()
        self.put_translations_back()
        EarlierText.objects.filter(pk__in=self.kept["earlier"].made).delete()
        put_back(Course, self.kept["course"].before)
        renewed: dict[str, Any] = {"edition": new_edition()}
        if self.kept["course"].made:
            renewed["archived_at"] = timezone.now()
        Course.objects.filter(slug=self.slug).update(**renewed)
        self.carry_back(plan)

    def put_terms_back(self) -> None:
        """Nothing hangs on them."""
        self.course.terms.all().delete()
        Term.objects.bulk_create(made_of(Term, row) for row in self.terms.values())

    def put_translations_back(self) -> None:
        """Those of before: where the files are put back as well, no sync has anything to do."""
        kept = self.kept["translations"]
        Translation.objects.filter(pk__in=[*kept.before, *kept.made]).delete()
        Translation.objects.bulk_create(made_of(Translation, row) for row in kept.before.values())

    def free_slugs(self, name: str) -> None:
        """Rows may have changed slugs with each other."""
        kept = self.kept[name]
        rows = TABLES[name]._default_manager
        free = Concat(Value("was-"), Cast("pk", CharField()))
        rows.filter(pk__in=list(kept.before)).update(slug=free)
        wanted = [row["slug"] for row in kept.before.values()]
        rows.filter(pk__in=kept.made, slug__in=wanted).update(slug=free)

    def carry_back(self, plan: Plan) -> None:
        pairs = [(one.old, one.new) for one in plan.lessons]
        keys: dict[str, Any] = {new.slug: old.key for old, new in pairs if old and new}
        rows = Lesson.objects.in_bulk(list(keys.values()))
        carry_over(self.course, plan.lessons, {slug: rows[key] for slug, key in keys.items()})
        for twin in Lesson.objects.filter(pk__in=self.kept["lessons"].made):
            if lesson := twin_of(twin):
                take_from_twin(twin, lesson)


def lesson_of(row: Values, module: str) -> NewLesson:
    return NewLesson(slug=row["slug"], title=row["title"], module=module)


def section_of(row: Values, lesson: str) -> NewSection:
    return NewSection(slug=row["slug"], title=row["title"], text=row["text"], lesson=lesson)


def same_lessons(rows: list[Values], old: list[OldLesson]) -> dict[str, OldLesson]:
    by_key = {one.key: one for one in old}
    return {row["slug"]: by_key[row["id"]] for row in rows}


def same_sections(rows: list[Values], old: list[OldSection]) -> dict[str, OldSection]:
    by_key = {str(one.key): one for one in old}
    return {row["slug"]: by_key[row["uuid"]] for row in rows}
