"""The invitations that somebody makes: a code for many, or one by mail for each."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cohorts import roster
from portal.cohorts.models import TEACHING, Cohort, Invitation, Role

MOST_TEACHING = 5
TOO_MANY = _("A code for instructors or assistants is for %(most)d people at most.")
ARCHIVED = _("This cohort is archived. Take it out of the archive first.")
NOTHING_GIVEN = _("Paste addresses, or choose a file.")
LAST_DAY = _("The last day is between today and %(last)s.")
LASTS = {Role.INSTRUCTOR: 7, Role.ASSISTANT: 7, Role.LEARNER: 90}  # days, where none is named
LASTS_AT_MOST = {Role.INSTRUCTOR: 7, Role.ASSISTANT: 7, Role.LEARNER: 366}


class LastDayField(forms.DateField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Last day"),
            required=False,
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            help_text=_(
                "Left empty: 90 days, and 7 for those who teach. "
                "Their code never lasts longer than that."
            ),
        )


class Limited(forms.Form):
    """Whoever finds a code for those who teach sees a cohort's work: few, and not for long."""

    def clean_last_day_of(self, cleaned: dict[str, Any]) -> None:
        day, role = cleaned.get("last_day"), cleaned.get("role")
        if not day or role not in LASTS_AT_MOST:
            return
        today = timezone.localdate()
        last = today + timedelta(days=LASTS_AT_MOST[Role(role)])
        if not today <= day <= last:
            self.add_error("last_day", LAST_DAY % {"last": last.isoformat()})

    def expires_at(self) -> datetime:
        day, role = self.cleaned_data.get("last_day"), Role(self.cleaned_data["role"])
        if day is None:
            return timezone.now() + timedelta(days=LASTS[role])
        return timezone.make_aware(datetime.combine(day, time.max))

    def gives_rights(self) -> bool:
        return self.cleaned_data["role"] in TEACHING


class InvitationForm(Limited, forms.ModelForm):
    uses = forms.IntegerField(
        label=_("How many may use it"), min_value=1, max_value=1000, initial=30
    )
    last_day = LastDayField()

    class Meta:
        model = Invitation
        fields = ["role", "uses"]
        labels = {"role": _("They come as")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.instance.cohort.archived_at:
            self.add_error(None, ARCHIVED)
        if cleaned.get("role") in TEACHING and cleaned.get("uses", 0) > MOST_TEACHING:
            self.add_error("uses", TOO_MANY % {"most": MOST_TEACHING})
        self.clean_last_day_of(cleaned)
        return cleaned

    def save(self, commit: bool = True) -> Invitation:
        self.instance.expires_at = self.expires_at()
        invitation: Invitation = super().save(commit)
        return invitation


class RosterForm(Limited):
    """First shown as a preview; `people` then brings the same text again, and it is read again."""

    people = forms.CharField(
        label=_("Addresses"),
        required=False,
        max_length=roster.LARGEST,
        strip=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=_("One on each line; a name may follow it, after a comma."),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        help_text=_("With a column “email” and, if you like, “name”; 1,000 lines at most."),
    )
    role = forms.ChoiceField(label=_("They come as"), choices=Role.choices, initial=Role.LEARNER)
    last_day = LastDayField()

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.lines: list[roster.Line] = []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.cohort.archived_at:
            self.add_error(None, ARCHIVED)
        self.clean_last_day_of(cleaned)
        if not self.errors:
            self.read(cleaned)
        return cleaned

    def read(self, cleaned: dict[str, Any]) -> None:
        """A file is measured before it is read."""
        file = cleaned.get("file")
        try:
            if file:
                cleaned["people"] = roster.decode(file.read(roster.LARGEST + 1))
            self.lines = roster.read(cleaned.get("people") or "")
        except roster.RosterError as error:
            self.add_error("file" if file else "people", str(error))
            return
        if not self.lines:
            self.add_error(None, NOTHING_GIVEN)
