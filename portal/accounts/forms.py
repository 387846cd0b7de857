"""Forms about oneself: signing up with an invitation, joining one more cohort, the profile."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.forms import AddEmailForm, BaseSignupForm, SignupForm
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal.accounts.attempts import CODES_FROM_ONE_PLACE, Attempt
from portal.accounts.models import Told, User
from portal.accounts.plain_forms import PlainFields
from portal.accounts.zones import ZoneSelect, zones
from portal.announcements.telling import NEWS
from portal.cohorts.models import Invitation, tidy_code
from portal.digest.choosing import follow
from portal.letters.models import Letter
from portal.names import visible

CONFIRM_FIRST = _("Confirm your present address first, with the link that we mail there.")
TOO_MANY_CODES = _("Too many attempts from your network. Wait five minutes, please.")
CODE_IS_CLOSED = _("This code is unknown, used up or expired. Ask your instructor for a new one.")


class NameField(forms.CharField):
    """What people are called in any script: normalised, without characters that are invisible or
    turn lines around."""

    def to_python(self, value: object) -> str:
        name = normalize("NFC", super().to_python(value) or "")
        return " ".join(visible(" ".join(name.split())).split())


class LastPlaceTakenError(Exception):
    """Somebody else used the invitation between the check of the form and the sign-up."""


class CodeField(forms.CharField):
    """An invitation code; cleans to the open Invitation it belongs to."""

    widget = forms.TextInput(
        {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Invitation code"))
        kwargs.setdefault(
            "help_text", _("Your instructor gave it to you; it looks like ABCD-EFGH-JKLM.")
        )
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: object) -> object:
        code = tidy_code(super().clean(value))
        if not code and not self.required:
            return None
        invitation = Invitation.objects.open().select_related("cohort").filter(code=code).first()
        if invitation is None:
            raise forms.ValidationError(CODE_IS_CLOSED)
        return invitation


class Invited(BaseSignupForm):
    """The user and their place in a cohort are made together or not at all."""

    template = "account/signup.html"
    code = CodeField()
    name = NameField(
        label=_("Your name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if context.request:  # the link in an invitation carries its code
            self.fields["code"].initial = context.request.GET.get("code", "")

    def clean(self) -> dict[str, Any]:
        """Whoever tries out codes is stopped; a class that signs up together is not."""
        cleaned: dict[str, Any] = super().clean()
        if context.request:
            place = get_adapter().get_client_ip(context.request)
            attempts = Attempt.objects.take("code", (f"from {place}", CODES_FROM_ONE_PLACE))
            if attempts is None:
                raise forms.ValidationError(TOO_MANY_CODES)
            if "code" in cleaned:
                Attempt.objects.give_back(attempts)
        return cleaned

    def validate_unique_email(self, value: str) -> str:
        """Without an invitation nobody learns who has an account here."""
        if "code" not in self.cleaned_data:
            return value
        return str(super().validate_unique_email(value))

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        invitation = self.cleaned_data["code"]
        if invitation and not invitation.redeem(user):
            raise LastPlaceTakenError

    def try_save(self, request: HttpRequest) -> object:
        if self.account_already_exists:  # a new account would take this time
            User().set_password(self.cleaned_data.get("password1"))
        try:
            with transaction.atomic():
                return super().try_save(request)
        except LastPlaceTakenError:
            self.add_error("code", CODE_IS_CLOSED)
        except IntegrityError:  # the form was sent twice at the same moment
            self.add_error(
                "email", _("An account with this address was made a moment ago. Please sign in.")
            )
        return None, render(request, self.template, {"form": self})


class InvitedSignupForm(PlainFields, Invited, SignupForm):
    field_order = ["code", "name", "email", "password1"]


class NewAddressForm(PlainFields, AddEmailForm):
    def clean_email(self) -> str:
        """Whoever adds an address has shown that the present one is theirs: an account that was
        made with a stranger's address must not get a second way in. Where addresses need not be
        confirmed, allauth would hide that another account has this one, and then fail when it is
        made the main one; where they must be, nobody learns of it, and its owner gets the mail."""
        email: str = super().clean_email()
        method = app_settings.EMAIL_VERIFICATION
        if method != EmailVerificationMethod.NONE and not self.owns_present_address():
            raise forms.ValidationError(CONFIRM_FIRST)
        if method != EmailVerificationMethod.MANDATORY and filter_users_by_email(email):
            raise get_adapter().validation_error("email_taken")
        return email

    def owns_present_address(self) -> bool:
        return bool(self.user.emailaddress_set.filter(verified=True).exists())


class JoinForm(forms.Form):
    code = CodeField()

    def redeem(self, user: User) -> bool:
        """Enrol `user`; False, with an error on the form, when the last place is gone."""
        if self.cleaned_data["code"].redeem(user):
            return True
        self.add_error("code", CODE_IS_CLOSED)
        return False


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        required=False,
        widget=ZoneSelect,
        help_text=_("It says when a new day of your review begins."),
    )

    mail_told = forms.ChoiceField(
        label=_("Mail about my learning"),
        choices=Told.choices,
        required=False,
        help_text=_("Verdicts, answers and messages. All of it stands on your day, too."),
    )

    class Meta:
        model = User
        fields = ["name", "language", "time_zone", "mail_told", "mail_news", "shortcuts"]
        field_classes = {"name": NameField}
        help_texts = {
            "mail_news": _("They stand on your day in any case."),
            "name": _("Your instructor sees it beside your work."),
            "shortcuts": _(
                "Single letters do things, such as N for the next lesson; ? shows them all."
            ),
        }

    def clean_mail_told(self) -> str:
        """A form that does not ask changes nothing."""
        return str(self.cleaned_data["mail_told"] or self.instance.mail_told)

    def save(self, commit: bool = True) -> User:
        """What waits to be sent is not sent any more either."""
        user: User = super().save(commit=False)
        user.save(update_fields=self.Meta.fields)  # the rest may be newer by now
        follow(user, has_moved="time_zone" in self.changed_data)
        if not user.mail_news:
            Letter.objects.filter(address=user.email, digest=NEWS).delete()
        return user
