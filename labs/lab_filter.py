"""Which of their labs somebody wants to see: by kind, by how they stand with them, by topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from labs.grading.kinds import KINDS
from labs.lab_list import CourseLabs
from labs.lab_state import UNTOUCHED, LabState
from labs.language import in_language
from labs.models import Lab
from labs.shelves import ModuleLabs, Shelf
from lessons.models import Module
from lessons.templatetags.pieces import once

in_page_language = lazy(in_language, str)
OF_STATE = {LabState.NEW: "new", LabState.PASSED: "passed"}  # the others are tried


class Choice(NamedTuple):
    value: str
    words: object
    language: str = ""  # where it is another than the page's


STATES = (
    Choice("new", _("Not begun")),
    Choice("trying", _("Begun, not passed")),
    Choice("passed", _("Passed")),
)


class Field(NamedTuple):
    name: str
    label: object
    any: object
    choices: Sequence[Choice]
    chosen: str


@dataclass(frozen=True, eq=False)
class Choices:
    """What labs can be narrowed by, for all who see these."""

    kinds: tuple[Choice, ...]
    topics: tuple[Choice, ...]

    @property
    def values(self) -> dict[str, set[str]]:
        fields = {"kind": self.kinds, "state": STATES, "topic": self.topics}
        return {name: {one.value for one in choices} for name, choices in fields.items()}


@once
def choices_of(*shelves: Shelf) -> Choices:
    found = {lab.kind for shelf in shelves for lab in shelf.labs}
    titles = {name: KINDS[name].TITLE for name in found if name in KINDS}
    modules = [group.module for shelf in shelves for group in shelf.modules if group.module]
    return Choices(
        tuple(Choice(name, in_page_language(title)) for name, title in titles.items()),
        tuple(Choice(str(one.pk), one.title, one.language) for one in modules),
    )


def in_order(choices: Sequence[Choice]) -> list[Choice]:
    """By what the reader sees."""
    return sorted(choices, key=lambda one: str(one.words).casefold())


class Asked(NamedTuple):
    """What an address asks for; a piece of its own, for the form that shows it."""

    choices: Choices
    kind: str = ""
    state: str = ""
    topic: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.kind or self.state or self.topic)

    @property
    def fields(self) -> list[Field]:
        return [
            Field("kind", _("Kind"), _("All kinds"), in_order(self.choices.kinds), self.kind),
            Field("state", _("State"), _("All states"), STATES, self.state),
            Field("topic", _("Topic"), _("All topics"), self.choices.topics, self.topic),
        ]


class Group(NamedTuple):
    """Of a module, or of none: its cards, one after another."""

    module: Module | None
    cards: SafeString


@dataclass(frozen=True, slots=True)
class LabFilter:
    """The labs of a user, and what of them is asked for."""

    courses: Sequence[CourseLabs]
    asked: Asked

    @classmethod
    def of(cls, query: Mapping[str, str], courses: Sequence[CourseLabs]) -> Self:
        """What is not among the choices is not asked for."""
        choices = choices_of(*(one.shelf for one in courses))
        asked = {name: query[name] for name in ("kind", "state", "topic") if query.get(name)}
        known = choices.values if asked else {}
        return cls(courses, Asked(choices, **{k: v for k, v in asked.items() if v in known[k]}))

    @property
    def found(self) -> list[tuple[CourseLabs, list[Group]]]:
        """The courses with what of their labs is asked for; nothing of those without any."""
        shown = [(course, list(self.groups(course))) for course in self.courses]
        return [(course, groups) for course, groups in shown if groups]

    def groups(self, course: CourseLabs) -> Iterator[Group]:
        for group in course.shelf.modules:
            labs = self.labs_in(group, course)
            if cards := "".join([course.cards[lab.pk] for lab in labs]):
                yield Group(group.module, mark_safe(cards))  # noqa: S308 - of cards alone

    def labs_in(self, group: ModuleLabs, course: CourseLabs) -> Sequence[Lab]:
        if not self.asked.is_narrow:
            return group.labs
        if self.asked.topic and (group.module is None or str(group.module.pk) != self.asked.topic):
            return ()
        return [lab for lab in group.labs if self.keeps(lab, course)]

    def keeps(self, lab: Lab, course: CourseLabs) -> bool:
        state = course.progress.get(lab.pk, UNTOUCHED).state
        return (not self.asked.kind or lab.kind == self.asked.kind) and (
            not self.asked.state or OF_STATE.get(state, "trying") == self.asked.state
        )
