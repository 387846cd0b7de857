from __future__ import annotations

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.certificates.models import LONGEST_NAME
from portal.reasons import reason_field

# They turn what follows around: a name could say something else than its letters.
TURNING = {
    *"\u200e\u200f\u061c",
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
}


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name, as the certificate says it"),
        max_length=LONGEST_NAME,
        help_text=_("Whoever has the certificate's address reads it. It is not changed later."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if any(one in TURNING or unicodedata.category(one) in ("Cc", "Co") for one in name):
            raise ValidationError(
                _("There is an invisible character in it. Type the name by hand.")
            )
        return name


class RevokeForm(forms.Form):
    reason = reason_field(
        read_by=_("The learner reads it; the certificate's public page does not say it.")
    )
