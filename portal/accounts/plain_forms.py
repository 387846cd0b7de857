"""allauth's forms with labels alone: a placeholder vanishes while one types,
and says nothing that the label does not."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.accounts.factor_forms import counted, tries_of
from portal.accounts.models import User

ADDRESS = _("E-mail address")
PASSWORD_HINT = format_lazy(
    _("At least {length} characters, and not one that everybody uses."),
    length=settings.PASSWORD_LENGTH,
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
    """Counted with the other ways in: a session that somebody found tells no password."""

    user: User

    def clean_password(self) -> str:
        with counted(*tries_of(self.user), user=self.user):
            return str(super().clean_password())


class ChangePasswordForm(PlainFields, forms.ChangePasswordForm):
    length, remembered = settings.PASSWORD_LENGTH, settings.PASSWORDS_REMEMBERED


class SetPasswordForm(PlainFields, forms.SetPasswordForm):
    pass


class ResetPasswordForm(PlainFields, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainFields, forms.ResetPasswordKeyForm):
    pass
