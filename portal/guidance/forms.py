"""What an instructor says of their cohort's lines."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.cohorts.models import Cohort

LINES = ("stuck_after", "away_days", "behind_after")


class LinesForm(forms.Form):
    stuck_after = forms.IntegerField(
        label=_("Stuck: so many failed verdicts in one lab"), min_value=1, max_value=50
    )
    away_days = forms.IntegerField(label=_("Away: for so many days"), min_value=1, max_value=365)
    behind_after = forms.IntegerField(
        label=_("Behind: so many things due and not done"), min_value=1, max_value=200
    )

    def __init__(self, data: QueryDict | None = None, *, cohort: Cohort) -> None:
        super().__init__(data, initial={name: getattr(cohort, name) for name in LINES})
        self.cohort = cohort

    def save(self) -> str:
        """What it is now, in the words of the log."""
        for name in LINES:
            setattr(self.cohort, name, self.cleaned_data[name])
        self.cohort.save(update_fields=LINES)
        return ", ".join(f"{name} {self.cleaned_data[name]}" for name in LINES)
