"""Sign-up asks for a name and an invitation code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.cohorts.models import Invitation


class InvitedSignupForm(forms.Form):
    """allauth mixes this into its sign-up form and calls signup() with the new user."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"}))
    code = forms.CharField(
        label=_("Invitation code"),
        max_length=20,
        help_text=_("Your instructor gave it to you; it looks like ABCD-EFGH-JKLM."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ["code", "name", "email", "password1"]

    def clean_code(self) -> Invitation:
        code = self.cleaned_data["code"].strip().upper()
        invitation = Invitation.objects.open().filter(code=code).first()
        if invitation is None:
            raise forms.ValidationError(
                _("This code is unknown, used up or expired. Ask your instructor for a new one.")
            )
        return invitation

    def signup(self, request: HttpRequest, user: Any) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        self.cleaned_data["code"].redeem(user)
