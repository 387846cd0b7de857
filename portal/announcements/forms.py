from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.prose import LONGEST


class AnnouncementForm(forms.Form):
    text = forms.CharField(
        label=_("What you want to say"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Markdown; links and lists work."),
    )
    by_mail = forms.BooleanField(
        label=_("By e-mail, too"),
        required=False,
        initial=True,
        help_text=_(
            "After an hour, to learners who want such mail; until then you can take it back."
        ),
    )
