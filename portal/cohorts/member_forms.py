"""What is done with the members that somebody ticked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.people import User
from portal.cohorts.models import TEACHING, Cohort, Membership, Role
from portal.cohorts.models.labels import LONGEST, tidy
from portal.cohorts.ticked import TickedField

ACTS = [
    ("", _("Choose what to do")),
    (Role.LEARNER, _("Make a learner")),
    (Role.ASSISTANT, _("Make an assistant")),
    (Role.INSTRUCTOR, _("Make an instructor")),
    ("label", _("Give the label")),
    ("unlabel", _("Take the label away")),
    ("end", _("Take out of the cohort")),
]
HARMLESS = ("label", "unlabel")  # to rights
COHORTS_OFFERED = 200
NOBODY = _("Tick somebody first.")
NO_LABEL = _("Write the label.")
LAST_INSTRUCTOR = _("A cohort keeps one instructor at least: make somebody else one first.")


class MembersFilter(forms.Form):
    """Sent by GET."""

    q = forms.CharField(
        label=_("Name or address"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"type": "search"}),
    )


class MembersForm(forms.Form):
    people = TickedField(Membership.objects.none(), error_messages={"required": NOBODY})
    act = forms.ChoiceField(label=_("With those ticked"))
    label = forms.CharField(label=_("Label"), required=False, max_length=LONGEST)

    def __init__(self, *args: Any, cohort: Cohort, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.others = {
            f"move-{one.pk}": one
            for one in Cohort.objects.led_by(user).live().exclude(pk=cohort.pk)[:COHORTS_OFFERED]
        }
        moves = [
            (act, _("Move to %(cohort)s") % {"cohort": one}) for act, one in self.others.items()
        ]
        self.fields["act"].choices = [*ACTS, *moves]  # type: ignore[attr-defined]
        members = cohort.memberships.select_related("user", "cohort")
        self.fields["people"].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        people, act = cleaned.get("people", ()), cleaned.get("act")
        keeps = act == Role.INSTRUCTOR or act in HARMLESS
        if people and not keeps and self.leaves_nobody(people):
            self.add_error(None, LAST_INSTRUCTOR)
        if act in HARMLESS and not cleaned.get("label"):
            self.add_error("label", NO_LABEL)
        return cleaned

    def clean_label(self) -> str:
        return tidy(self.cleaned_data["label"])

    def leaves_nobody(self, people: Any) -> bool:
        leading = set(
            self.cohort.memberships.filter(role=Role.INSTRUCTOR).values_list("pk", flat=True)
        )
        return bool(leading) and leading <= {membership.pk for membership in people}

    def concerns_rights(self) -> bool:
        """To give them, to take them away, or to take them along to another cohort."""
        if self.cleaned_data["act"] in HARMLESS:
            return False
        roles = {self.cleaned_data["act"], *(one.role for one in self.cleaned_data["people"])}
        return not roles.isdisjoint(TEACHING)

    def save(self) -> int:
        """How many it was done with."""
        people, act = self.cleaned_data["people"], self.cleaned_data["act"]
        for membership in people:
            if act in HARMLESS:
                getattr(membership, act)(self.cleaned_data["label"])
            elif act == "end":
                membership.end()
            elif act in self.others:
                membership.move_to(self.others[act])
            else:
                membership.become(act)
        return len(people)
