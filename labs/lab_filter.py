"""Which of their labs somebody wants to see: by kind, by how they stand with them, by topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.utils.translation import gettext_lazy as _

from labs.grading.kinds import KINDS
from labs.lab_list import CourseLabs, OwnModule
from labs.lab_state import LabState
from labs.progress import OwnLab
from lessons.phrases import ORIGINAL

STATES = {"new": _("Not begun"), "trying": _("Begun, not passed"), "passed": _("Passed")}
OF_STATE = {LabState.NEW: "new", LabState.PASSED: "passed"}  # the others are tried


class Choice(NamedTuple):
    value: str
    words: object
    is_chosen: bool
    language: str = ""  # where it is another than the page's


class Field(NamedTuple):
    name: str
    label: object
    any: object
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class LabFilter:
    """What an address asks for. What is not among the choices is not asked for."""

    courses: Sequence[CourseLabs]
    kind: str = ""
    state: str = ""
    topic: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], courses: Sequence[CourseLabs]) -> Self:
        asked = {
            field.name: query.get(field.name, "")
            for field in cls(courses).fields
            if query.get(field.name, "") in {choice.value for choice in field.choices}
        }
        return cls(courses, **asked)

    @property
    def is_on(self) -> bool:
        return bool(self.kind or self.state or self.topic)

    @property
    def fields(self) -> list[Field]:
        return [
            Field("kind", _("Kind"), _("All kinds"), list(self.kinds())),
            Field("state", _("State"), _("All states"), list(self.states())),
            Field("topic", _("Topic"), _("All topics"), list(self.topics())),
        ]

    def kinds(self) -> Iterable[Choice]:
        found = {own.lab.kind for group in self.groups() for own in group.labs}
        titles = {name: KINDS[name].TITLE for name in found if name in KINDS}
        for name, title in sorted(titles.items(), key=lambda one: one[1]):
            yield Choice(name, title, name == self.kind, ORIGINAL)

    def states(self) -> Iterable[Choice]:
        return (Choice(value, words, value == self.state) for value, words in STATES.items())

    def topics(self) -> Iterable[Choice]:
        for group in self.groups():
            if module := group.module:
                value = str(module.pk)
                yield Choice(value, module.title, value == self.topic, module.language)

    def groups(self) -> Iterable[OwnModule]:
        return (group for course in self.courses for group in course.modules)

    @property
    def found(self) -> list[tuple[CourseLabs, list[OwnModule]]]:
        """The courses with what of their labs is asked for; nothing of those without any."""
        kept = [(course, [self.of_group(one) for one in course.modules]) for course in self.courses]
        shown = [(course, [one for one in groups if one.labs]) for course, groups in kept]
        return [(course, groups) for course, groups in shown if groups]

    def of_group(self, group: OwnModule) -> OwnModule:
        if self.topic and (group.module is None or str(group.module.pk) != self.topic):
            return OwnModule(group.module, [])
        return OwnModule(group.module, [own for own in group.labs if self.keeps(own)])

    def keeps(self, own: OwnLab) -> bool:
        return (not self.kind or own.lab.kind == self.kind) and (
            not self.state or OF_STATE.get(own.state, "trying") == self.state
        )
