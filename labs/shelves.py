"""The labs of a course as all its learners see them, in the reader's language as far as they are
translated: loaded once in each process and kept until a sync writes one of them anew
(`lessons/editions.py`). How somebody stands with them is asked for each time (`labs/progress.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.http import Http404
from django.utils.translation import get_language

from labs.capstones import Capstone, capstones_in
from labs.in_language import Found, put_in_language, put_task_in_language
from labs.models import Lab, Submission, Variant
from lessons import editions
from lessons.models import Module
from lessons.people import User
from lessons.phrases import ORIGINAL


@dataclass(frozen=True, slots=True, eq=False)
class ModuleLabs:
    """The labs of one module; those without a lesson stand on a group without one."""

    module: Module | None
    labs: tuple[Lab, ...]


@dataclass(frozen=True, eq=False)
class Shelf:
    """The live labs of a course in order, none of which may be changed."""

    labs: tuple[Lab, ...]
    # Of a lab's key: the slugs of the sections that it asks for, its home first
    sections: Mapping[int, tuple[str, ...]]
    # Of a lab's key: the lessons that these are in
    lessons: Mapping[int, frozenset[int]]
    translations: Found = field(default_factory=dict)

    @cached_property
    def by_slug(self) -> dict[str, Lab]:
        return {lab.slug: lab for lab in self.labs}

    @cached_property
    def keys(self) -> tuple[int, ...]:
        return tuple(self.by_key)

    @cached_property
    def by_key(self) -> dict[int, Lab]:
        return {lab.pk: lab for lab in self.labs}

    @cached_property
    def variants(self) -> dict[int, tuple[Variant, ...]]:
        return {}

    def variants_of(self, lab: Lab) -> tuple[Variant, ...]:
        """The live ones in order; read when somebody first opens the lab."""
        if lab.pk not in self.variants:
            found = tuple(lab.variants.live())
            for variant in found:
                variant.lab = lab
                if row := self.translations.get(lab.pk):
                    put_task_in_language(variant, row)
            self.variants[lab.pk] = found
        return self.variants[lab.pk]

    def words_for(self, submission: Submission) -> Mapping[str, str]:
        """What the reader's language has for texts of its variant."""
        if submission.lab_id not in self.translations:
            return {}
        variants = self.variants_of(self.by_key[submission.lab_id])
        return next((one.words for one in variants if one.pk == submission.variant_id), {})

    @cached_property
    def by_home(self) -> dict[int, tuple[Lab, ...]]:
        """Of a lesson's key: the labs that can be done after it, the easier ones first. What else a
        lab names was taught before (`labs/teaching.py`)."""
        found: dict[int, tuple[Lab, ...]] = {}
        for lab in self.labs:
            if home := home_of(lab):
                found[home] = (*found.get(home, ()), lab)
        return found

    @cached_property
    def capstones(self) -> dict[str, Capstone]:
        return capstones_in(self.labs)

    def capstone_of(self, lab: Lab) -> Capstone | None:
        return self.capstones.get(lab.capstone.get("slug", ""))

    @cached_property
    def modules(self) -> tuple[ModuleLabs, ...]:
        groups: dict[Module | None, list[Lab]] = {}
        for lab in self.labs:
            groups.setdefault(module_of(lab), []).append(lab)
        return tuple(
            ModuleLabs(module, tuple(labs))
            for module, labs in sorted(groups.items(), key=lambda item: place_of(item[0]))
        )


def home_of(lab: Lab) -> int | None:
    """The key of the lesson after which it can be done."""
    return lab.home.lesson_id if lab.home and lab.home.archived_at is None else None


def module_of(lab: Lab) -> Module | None:
    return lab.home.lesson.module if lab.home and lab.home.archived_at is None else None


def due_keys(lab: Lab) -> tuple[tuple[str, int], ...]:
    """What may have a date of its own, before what it is part of."""
    module = module_of(lab)
    return (("lab", lab.pk), ("module", module.pk)) if module else (("lab", lab.pk),)


def place_of(module: Module | None) -> tuple[bool, int]:
    return (module is None, module.position if module else 0)


def capstone_with(lab: Lab) -> Capstone | None:
    """The one that it is a step of. No query, but for the first after a sync (a row with
    `course`)."""
    return shelf_of(lab.course_id, lab.course.edition).capstone_of(lab) if lab.capstone else None


def find_lab(user: User, slug: str) -> tuple[Shelf, Lab]:
    """A live lab of a course that `user` may read."""
    for shelf in shelves_of(user):
        if lab := shelf.by_slug.get(slug):
            return shelf, lab
    raise Http404(slug)


def shelves_of(user: User) -> list[Shelf]:
    return [shelf_of(one.course, one.edition) for one in user.enrolments()]


def with_lab(submission: Submission, user: User) -> Submission:
    """With the lab that is kept here already, unless that was archived meanwhile."""
    for shelf in shelves_of(user):
        if lab := shelf.by_key.get(submission.lab_id):
            submission.lab = lab
    return submission


def words_translated(submission: Submission) -> Mapping[str, str]:
    """What the reader's language has for texts of its lab. No query, but for the first after a
    sync (a row with `lab__course`)."""
    if (get_language() or ORIGINAL) == ORIGINAL:
        return {}
    course = submission.lab.course
    return shelf_of(course.pk, course.edition).words_for(submission)


def shelf_of(course: int, edition: str) -> Shelf:
    """In the reader's language. No query, but for the first after a sync."""
    return load_in(course, edition, get_language() or ORIGINAL)


def original_of(lab: Lab) -> tuple[Shelf, Lab]:
    """As it was written, for whoever wants to read it so."""
    shelf = load_in(lab.course_id, lab.course.edition, ORIGINAL)
    return shelf, shelf.by_slug[lab.slug]


@lru_cache(maxsize=128)
def load_in(course: int, edition: str, language: str) -> Shelf:
    """`edition` is the name of what was read: another name, and it is read again."""
    found = editions.load_in(course, edition, language)
    lessons = {lesson.pk: lesson for lesson in found.lessons}
    rows = found.course.labs.live().select_related("home__lesson__module")
    labs = sorted(rows.defer("home__text", "home__plain", "home__lesson__html"), key=order)
    for lab in labs:
        lab.course = found.course
        if lab.home:
            lab.home.lesson = lessons.get(lab.home.lesson_id, lab.home.lesson)
            lab.home.lesson.course = found.course
    translations = put_in_language(labs, language)
    return Shelf(tuple(labs), *sections_by_lab(labs), translations)


def sections_by_lab(
    labs: Sequence[Lab],
) -> tuple[dict[int, tuple[str, ...]], dict[int, frozenset[int]]]:
    """Their slugs, and their lessons."""
    rows = Lab.sections.through.objects.filter(
        lab__in=[lab.pk for lab in labs], section__archived_at=None
    )
    found: dict[int, list[tuple[bool, int, str]]] = {}
    lessons: dict[int, set[int]] = {}
    homes = {lab.pk: lab.home_id for lab in labs}
    for lab, section, position, slug, lesson in rows.values_list(
        "lab", "section", "section__position", "section__slug", "section__lesson"
    ):
        found.setdefault(lab, []).append((section != homes[lab], position, slug))
        lessons.setdefault(lab, set()).add(lesson)
    slugs = {lab: tuple(slug for *_place, slug in sorted(rows)) for lab, rows in found.items()}
    return slugs, {lab: frozenset(keys) for lab, keys in lessons.items()}


def order(lab: Lab) -> tuple[bool, int, int, int, str]:
    """As lessons stand in the course; in a lesson by difficulty."""
    has_home = lab.home is not None and lab.home.archived_at is None
    lesson = lab.home.lesson.position if lab.home and has_home else 0
    return not has_home, lesson, lab.difficulty, lab.position, lab.slug
