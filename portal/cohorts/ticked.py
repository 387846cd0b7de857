"""Rows that somebody ticks."""

from __future__ import annotations

from typing import Any

from django import forms

DIGITS = 18  # of the largest numbers that every database's keys can hold


class TickedField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        """A number that no column holds is that of no row; SQLite would fail to look for it."""
        for key in value or ():
            if len(str(key)) > DIGITS:
                wrong = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(wrong, code="invalid_pk_value", params={"pk": "…"})
        return super().clean(value)
