"""Where a cohort's lines are, and what is said to a group of it."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from labs.models import Lab
from lessons.limits import within_limit
from lessons.people import User
from portal.cohorts.models import Cohort
from portal.prose import LONGEST as LONGEST_TEXT
from portal.reviews.forms import TOO_FAST

PER_MINUTE = 6  # notes
LINES = ("stuck_after", "away_days", "behind_after", "dropped_days")


class LinesForm(forms.Form):
    stuck_after = forms.IntegerField(
        label=_("Stuck: so many failed verdicts in one lab"), min_value=1, max_value=50
    )
    away_days = forms.IntegerField(label=_("Away: for so many days"), min_value=1, max_value=365)
    behind_after = forms.IntegerField(
        label=_("Behind: so many things due and not done"), min_value=1, max_value=200
    )
    dropped_days = forms.IntegerField(
        label=_("Review dropped: cards are due and untouched for so many days"),
        min_value=1,
        max_value=365,
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


class NoteForm(forms.Form):
    """For everybody who makes one mistake: in the lab that the page is about, or in all."""

    text = forms.CharField(
        label=_("What you want to say to them"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Markdown: `code`, **bold**, lists. Pictures become links."),
    )
    only_here = forms.BooleanField(label=_("Only in this lab"), required=False)

    def __init__(self, data: QueryDict | None = None, *, lab: Lab | None) -> None:
        super().__init__(data)
        if lab is None:
            self.fields["only_here"].widget = forms.HiddenInput()
            self.fields["only_here"].disabled = True

    def may(self, user: User, cohort: Cohort) -> bool:
        if cohort.archived_at:
            archived = _("This cohort is archived. Take it out of the archive first.")
            self.add_error(None, archived)
        elif not within_limit(user, "announce", per_minute=PER_MINUTE):
            self.add_error(None, TOO_FAST)
        return not self.errors
