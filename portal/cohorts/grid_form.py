"""What an instructor may ask of the grid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.cohorts.choosing import Wish
from portal.cohorts.content import Content, Group, key_of
from portal.cohorts.lateness import Item, keys_of
from portal.cohorts.models.labels import LONGEST

SHOW = [
    ("", _("Everybody")),
    ("stuck", _("Who is stuck")),
    ("trying", _("Who is trying")),
    ("new", _("Who has not begun")),
    ("passed", _("Who is done")),
    ("late", _("Who is late")),
    ("faulted", _("Not checked")),
]
SORT = [
    ("", _("Name")),
    ("least", _("Least done")),
    ("most", _("Most done")),
    ("seen", _("Longest away")),
    ("stuck", _("Most stuck")),
]
FIRST = ("q", "show", "item", "sort")


class GridForm(forms.Form):
    """Sent by GET; what makes no sense is left out rather than complained about. There is no field
    where there is nothing to choose."""

    q = forms.CharField(
        label=_("Name"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    show = forms.ChoiceField(label=_("Show"), choices=SHOW, required=False)
    item = forms.ChoiceField(label=_("With"), required=False)
    # Which there are is known only once everybody is
    label = forms.CharField(
        label=_("Label"), required=False, max_length=LONGEST, widget=forms.Select
    )
    days = forms.IntegerField(label=_("Away for days"), required=False, min_value=1, max_value=999)
    sort = forms.ChoiceField(label=_("Order"), choices=SORT, required=False)
    course = forms.ChoiceField(label=_("Course"), required=False)
    module = forms.ChoiceField(label=_("Module"), required=False)

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        self.choose("item", [("", _("anything")), *items_in(content.groups)])
        courses = [(course.slug, course.title) for course in content.courses]
        self.choose("course", [("", _("All courses")), *courses])
        modules = {group.slug: group.title for group in content.groups}
        self.choose("module", [("", _("All modules")), *modules.items()])
        if len(courses) < 2:
            del self.fields["course"]

    def choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def offer_labels(self, labels: list[str]) -> None:
        choices = [("", _("Any")), *((label, label) for label in labels)]
        self.fields["label"].widget.choices = choices
        if not labels:
            del self.fields["label"]

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked for most."""
        return [self[name] for name in FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def asks_more(self) -> bool:
        return any(self.asked(field.name) for field in self.more)

    def asked(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or ""

    @property
    def target(self) -> Item | None:
        return self.content.by_key.get(self.asked("item"))

    @property
    def columns(self) -> list[Group]:
        return self.content.columns(course=self.asked("course"), module=self.asked("module"))

    def wish(self) -> Wish:
        asked = {name: self.asked(name) for name in ("q", "show", "label", "sort")}
        if target := self.target:
            asked |= {"target": target, "due_at": self.due_of(target)}
        return Wish(self.content.stuck_after, **asked, days=self.asked("days") or None)

    def due_of(self, item: Item) -> Callable[[int], datetime | None]:
        def due_at(user: int) -> datetime | None:
            found = self.content.dates.due(user, *keys_of(item))
            return found.at if found else None

        return due_at


def items_in(groups: list[Group]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(group.title, [(key_of(one), one.title) for one in group.items]) for group in groups]
