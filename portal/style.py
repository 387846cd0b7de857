"""/style/: every component in all its states, for the people who build pages (staff only)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from portal import charts

TONES = ["quiet", "info", "ok", "warn", "bad"]
ICONS = [
    "check",
    "close",
    "warn",
    "info",
    "clock",
    "right",
    "left",
    "down",
    "menu",
    "list",
    "copy",
    "external",
    "sun",
    "moon",
    "auto",
    "user",
    "users",
    "book",
    "lab",
    "day",
    "plus",
    "exit",
    "settings",
    "hint",
    "refresh",
    "lock",
    "pencil",
    "flag",
    "play",
    "offline",
    "keyboard",
    "search",
]
FINDINGS = [
    {"state": "passed", "message": _("Lea may list the bucket")},
    {
        "state": "failed",
        "message": _("The policy also lets s3:DeleteObject through"),
        "why": _("Action s3:* covers every action of the service, now and later."),
        "expected": _("denied: s3:DeleteObject on arn:aws:s3:::reports/2024.csv"),
        "actual": _("allowed by statement 1"),
        "line": 7,
        "sections": [{"title": _("Policies"), "url": "#findings"}],
    },
    {
        "state": "advice",
        "message": _("Version is missing: the old policy language of 2008 is meant"),
        "line": 1,
    },
]
VERDICTS = [
    {
        "state": "queued",
        "title": _("Queued: 2 ahead of you"),
        "text": _("It is checked in a moment; you may leave the page."),
    },
    {"state": "checking", "title": _("Checking your answer"), "is_open": True},
    {
        "state": "passed",
        "title": _("Passed"),
        "score": _("8 of 8 checks · 100 %"),
        "findings": {"failed": FINDINGS[:1]},
    },
    {
        "state": "failed",
        "title": _("Not yet"),
        "score": _("5 of 8 checks · 62 %"),
        "findings": {"failed": FINDINGS},
        "report": {
            "relation": {
                "name": "wider",
                "words": _("Your policy allows everything that is needed, and more."),
            }
        },
    },
    {
        "state": "faulted",
        "title": _("We could not check this"),
        "text": _("The fault is ours: no attempt was used, and the text is kept. We were told."),
    },
]
POLICY = (
    '{\n  "Effect": "Allow",\n  "Action": "s3:GetObject",\n  "Resource": '
    '"arn:aws:s3:::reports/*"\n}'
)


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As others shall see it."))
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("de", "Deutsch")], required=False
    )
    shortcuts = forms.BooleanField(label=_("Single-key shortcuts"), required=False)
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


def style(request: HttpRequest) -> HttpResponse:
    if not request.user.is_staff:
        raise Http404
    return render(request, "portal/style.html", samples())


def samples() -> dict[str, Any]:
    week = [(str(WEEKDAYS_ABBR[day]), value) for day, value in enumerate([12, 19, 7, 0, 23, 4, 9])]
    people = [("Lea", [0, 1, 4, 8]), ("Mia", [2, 0, 3, 5]), ("Sam", [0, 0, 1, 2])]
    return {
        "tones": TONES,
        "icons": ICONS,
        "verdicts": VERDICTS,
        "policy": POLICY,
        "form": SampleForm({"name": "", "email": "lea", "language": "en"}),
        "spark": charts.sparkline([value for _day, value in week]),
        "week": charts.bars(week),
        "heat": charts.heat(people),
    }
