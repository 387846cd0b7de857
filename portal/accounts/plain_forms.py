"""allauth's forms with labels alone: a placeholder vanishes while one types,
and says nothing that the label does not."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _

ADDRESS, PASSWORD_HINT = (
    _("E-mail address"),
    _("At least 10 characters, and not one that everybody uses."),
)


class PlainFields:
    fields: dict[str, Any]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in {"login", "email"}:
                field.label = ADDRESS
            if name == "password1":
                field.help_text = PASSWORD_HINT


class LoginForm(PlainFields, forms.LoginForm):
    pass


class ReauthenticateForm(PlainFields, forms.ReauthenticateForm):
    pass


class ChangePasswordForm(PlainFields, forms.ChangePasswordForm):
    pass


class SetPasswordForm(PlainFields, forms.SetPasswordForm):
    pass


class ResetPasswordForm(PlainFields, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainFields, forms.ResetPasswordKeyForm):
    pass
