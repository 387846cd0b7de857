"""What can be tried in a lesson's text: a form in the place that its stored page marks, and an
engine's answer. Nothing that is typed is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from labs.grading.errors import SpecError
from labs.grading.tries import TRY_KINDS
from labs.grading.tries.kind import Field, FieldError, TryAnswer, TryKind, too_long
from labs.language import in_language
from labs.refusals import Refusal
from lessons.models import Lesson
from lessons.try_html import MARK
from lessons.typed import storable, with_lines

PLACE = re.compile(MARK.format("([a-z0-9-]+)"))
SECTION = '<section class="try" id="try-{}" [^>]*>.*?</section>'
LEAST_ROWS, MOST_ROWS = 3, 24
AROUND = 40  # characters of a line, on either side of a mistake


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands in a field and cannot be read, and where."""

    field: Field
    text: str
    place: str = ""
    before: str = ""
    at: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A field with what stands in it."""

    field: Field
    text: str
    name: str  # its id
    described_by: str
    is_wrong: bool = False

    @property
    def rows(self) -> int:
        return max(LEAST_ROWS, min(MOST_ROWS, self.text.count("\n") + 2))


@dataclass(frozen=True, eq=False, kw_only=True)
class Shown:
    """Something to try as a page shows it."""

    lesson: Lesson
    slug: str
    title: str
    kind: TryKind
    fields: tuple[Field, ...]
    texts: Mapping[str, str]
    answer: TryAnswer | None = None
    trouble: Trouble | None = None
    refusal: Refusal | None = None

    @property
    def name(self) -> str:
        return f"try-{self.slug}"

    @property
    def long_slots(self) -> list[Slot]:
        return [slot for slot in self.slots() if not slot.field.is_short]

    @property
    def short_slots(self) -> list[Slot]:
        return [slot for slot in self.slots() if slot.field.is_short]

    def slots(self) -> Iterator[Slot]:
        for field in self.fields:
            name = f"{self.name}-{field.name}"
            is_wrong = self.trouble is not None and self.trouble.field == field
            hint = [f"{name}-hint"] if field.hint else []
            described = " ".join([*([f"{self.name}-trouble"] if is_wrong else []), *hint])
            yield Slot(field, self.texts[field.name], name, described, is_wrong)

    def address(self, view: str) -> str:
        return reverse(f"labs:{view}", args=[self.lesson.course.slug, self.lesson.slug, self.slug])

    @property
    def page_url(self) -> str:
        return self.address("try_detail")

    @property
    def form_url(self) -> str:
        return self.address("try_form")

    @property
    def answer_url(self) -> str:
        return self.address("try_answer")

    @property
    def lesson_url(self) -> str:
        return f"{self.lesson.get_absolute_url()}#{self.name}"


def tries_of(lesson: Lesson) -> dict[str, Shown]:
    """By slug, as they are at the beginning. What this version has no kind or no fields for is left
    out: its fallback stands there until a sync."""
    found = (shown(lesson, row) for row in lesson.tries or ())
    return {one.slug: one for one in found if one is not None}


def shown(lesson: Lesson, row: Mapping[str, Any]) -> Shown | None:
    kind, texts = TRY_KINDS.get(row["kind"]), dict(row["start"])
    try:
        fields = kind.fields(frozenset(texts)) if kind else ()
    except SpecError:
        fields = ()
    if kind is None or not fields:
        return None
    return Shown(
        lesson=lesson,
        slug=row["slug"],
        title=row["title"],
        kind=kind,
        fields=fields,
        texts=texts,
    )


def parts_of(html: str, tries: Mapping[str, Shown]) -> Iterator[tuple[str, Shown | None]]:
    """A lesson's text, cut where something can be tried."""
    *cut, last = PLACE.split(html)
    for text, slug in zip(cut[::2], cut[1::2], strict=True):
        yield text, tries.get(slug)
    yield last, None


def section_of(html: str, slug: str) -> str:
    """The part of a lesson's text that is about one of them."""
    found = re.search(SECTION.format(re.escape(slug)), html, re.S)
    return found[0] if found else ""


def sent(one: Shown, post: QueryDict) -> dict[str, str]:
    """What was typed. A field that was not sent is as it was."""
    return {name: storable(with_lines(post.get(name, text))) for name, text in one.texts.items()}


def ask(kind: TryKind, fields: tuple[Field, ...], texts: Mapping[str, str]) -> TryAnswer:
    """FieldError where something cannot be read; sizes first."""
    for field in fields:
        if len(texts[field.name]) > field.most:
            raise too_long(field)
    return kind.answer(texts)


def trouble_of(error: FieldError, one: Shown) -> Trouble:
    field = next(field for field in one.fields if field.name == error.field)
    message = in_language(error.message)
    if error.line is None or not field.lines:
        return Trouble(field, message)
    column = error.column or 1
    words = _("Line %(line)d, column %(column)d") % {"line": error.line, "column": column}
    line = one.texts[field.name].split("\n")[error.line - 1]
    start = column - 1
    return Trouble(
        field,
        message,
        words,
        before=line[max(0, start - AROUND) : start],
        at=line[start : start + 1],
        after=line[start + 1 : start + AROUND],
    )
