"""Whoever changes a verdict says why; learners read it at the verdict."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 1_000


def reason_field(*, read_by: Any, required: bool = True) -> forms.CharField:
    """`read_by`: who reads it, and where."""
    return forms.CharField(
        label=_("Why"),
        required=required,
        max_length=LONGEST_REASON,
        help_text=read_by,
        widget=forms.Textarea({"rows": 3}),
    )
