"""What an instructor may ask of the grid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.cohorts.grid import Group

SHOW = [
    ("", _("Everybody")),
    ("stuck", _("Who is stuck")),
    ("away", _("Who is away")),
    ("behind", _("Who is behind")),
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
