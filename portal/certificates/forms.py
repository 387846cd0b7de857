from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.certificates.models import LONGEST_NAME
from portal.names import has_hidden, kind
from portal.reasons import reason_field


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
