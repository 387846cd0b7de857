"""What the engines say, in the reader's language."""

from __future__ import annotations

from django.utils import translation

from labs.grading.said import Said


def in_language(text: str) -> str:
    """A text without parts is its own template; one that has no translation stays English."""
    if isinstance(text, Said):
        return text.in_other_words(translation.gettext)
    return translation.gettext(text) if text else ""
