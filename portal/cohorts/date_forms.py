"""Days by which something is to be done: each ends with its last second, where the portal is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.models import Lab
from lessons.models import Lesson, Module
from portal.cohorts.dates import FIRST_DAY, LAST_DAY, Key
from portal.cohorts.models import Late

Target = Module | Lesson | Lab
NOTHING_CHANGED = _("Nothing was changed: choose what has a due date, and a day.")
FAR = _("Choose a day between %(first)d and %(last)d.")


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def key_of(target: Target) -> Key:
    return (target._meta.model_name or "", target.pk)


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        days = {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        widget = forms.DateInput({"type": "date", **days}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(FAR % {"first": FIRST_DAY.year, "last": LAST_DAY.year})
        return day


class DatesForm(forms.Form):
    """A field for each module, lesson and lab of one course, called as `lesson-12`."""

    late = forms.ChoiceField(label=_("When something is late"), choices=Late.choices)

    def __init__(
        self, *args: Any, targets: Iterable[Target], known: Mapping[Key, datetime], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.targets = {f"{key[0]}-{key[1]}": key for key in map(key_of, targets)}
        for name, key in self.targets.items():
            self.fields[name] = DayField()
            if key in known:
                self.initial[name] = timezone.localtime(known[key]).date()

    def field_of(self, target: Target) -> forms.BoundField:
        kind, pk = key_of(target)
        return self[f"{kind}-{pk}"]

    def dates(self) -> dict[Key, datetime | None]:
        """Those that were changed: what somebody else set meanwhile stays."""
        found = {
            name: self.cleaned_data[name] for name in self.changed_data if name in self.targets
        }
        return {self.targets[name]: end_of(day) if day else None for name, day in found.items()}


class ExtendForm(forms.Form):
    """Without a day an extension ends."""

    what = forms.ChoiceField(label=_("For"))
    until = DayField(label=_("Until"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]

    @property
    def problem(self) -> str:
        """The first of what is wrong, in words."""
        if "until" in self.errors:
            return str(self.errors["until"][0])
        return str(NOTHING_CHANGED)

    @property
    def key(self) -> Key:
        kind, _dash, pk = self.cleaned_data["what"].partition("-")
        return kind, int(pk)
