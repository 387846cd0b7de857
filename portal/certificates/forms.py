from __future__ import annotations

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.certificates.models import LONGEST_NAME
from portal.reasons import reason_field

# Categories whose characters show nothing: controls, what joins or turns, halves, nobody's
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
# What shows nothing although it counts as a letter, a mark or a sign
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]")
JOINERS = "\u200c\u200d"  # Persian, Hindi and others are written with them


def has_hidden(name: str) -> bool:
    around = zip(f" {name}", name, f"{name[1:]} ", strict=False)
    return any(is_hidden(*three) for three in around)


def is_hidden(before: str, one: str, after: str) -> bool:
    if one in JOINERS:
        return kind(before) not in "LM" or kind(after) != "L"
    return unicodedata.category(one) in HIDDEN or bool(BLANK.match(one))


def kind(one: str) -> str:
    """L: a letter, M: a mark on one."""
    return unicodedata.category(one)[0]


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name, as the certificate says it"),
        max_length=LONGEST_NAME,
        help_text=_("Whoever has the certificate's address reads it. It is not changed later."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if has_hidden(name):
            raise ValidationError(
                _("There is an invisible character in it. Type the name by hand.")
            )
        if "L" not in map(kind, name):
            raise ValidationError(_("Write it with at least one letter."))
        return name


class RevokeForm(forms.Form):
    reason = reason_field(
        read_by=_("The learner reads it; the certificate's public page does not say it.")
    )
