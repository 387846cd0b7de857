"""What becomes of a dry run, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.reasons import reason_field

KEEP, LOWER = "keep", "lower"
WHO_READS_IT = _("Learners whose verdict changes read it there.")
WHY_LOWER = _("Say why: whoever loses something reads it.")


class ApplyForm(forms.Form):
    """Where nobody loses anything there is nothing to choose."""

    losses = forms.ChoiceField(
        label=_("Whoever would lose something"),
        choices=[
            (KEEP, _("keeps the verdict they have")),
            (LOWER, _("gets the new verdict all the same")),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
    )
    reason = reason_field(read_by=WHO_READS_IT, required=False)

    def __init__(self, *args: Any, has_losses: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_losses:
            del self.fields["losses"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.lowers and not cleaned.get("reason"):
            self.add_error("reason", str(WHY_LOWER))
        return cleaned

    @property
    def lowers(self) -> bool:
        return self.cleaned_data.get("losses") == LOWER


class UndoForm(forms.Form):
    reason = reason_field(read_by=WHO_READS_IT)
