"""What an instructor may ask of the grid, and the invitations they make."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cohorts.grid import Group
from portal.cohorts.models import Invitation, Role

MOST_INSTRUCTORS = 5
TOO_MANY_INSTRUCTORS = _("A code for instructors is for %(most)d people at most.")
ARCHIVED = _("This cohort is archived. Take it out of the archive first.")
LASTS = {Role.INSTRUCTOR: timedelta(days=7), Role.LEARNER: timedelta(days=90)}
SHOW = [
    ("", _("Everybody")),
    ("stuck", _("Who is stuck")),
    ("away", _("Who is away")),
    ("faulted", _("Not checked")),
]
SORT = [
    ("", _("Name")),
    ("least", _("Least done")),
    ("most", _("Most done")),
    ("seen", _("Longest away")),
]


class GridForm(forms.Form):
    """Sent by GET; what makes no sense is left out rather than complained about."""

    q = forms.CharField(
        label=_("Name"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    show = forms.ChoiceField(label=_("Show"), choices=SHOW, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORT, required=False)
    module = forms.ChoiceField(label=_("Module"), required=False)

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All modules")), *((group.slug, group.title) for group in groups)]
        self.fields["module"].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class InvitationForm(forms.ModelForm):
    uses = forms.IntegerField(
        label=_("How many may use it"), min_value=1, max_value=1000, initial=30
    )

    class Meta:
        model = Invitation
        fields = ["role", "uses"]
        labels = {"role": _("They come as")}

    def clean(self) -> dict[str, Any]:
        """Whoever finds an instructor's code sees a cohort's work: few, and not for long."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.instance.cohort.archived_at:
            self.add_error(None, ARCHIVED)
        if cleaned.get("role") == Role.INSTRUCTOR and cleaned.get("uses", 0) > MOST_INSTRUCTORS:
            self.add_error("uses", TOO_MANY_INSTRUCTORS % {"most": MOST_INSTRUCTORS})
        return cleaned

    def save(self, commit: bool = True) -> Invitation:
        self.instance.expires_at = timezone.now() + LASTS[Role(self.instance.role)]
        invitation: Invitation = super().save(commit)
        return invitation
