"""What labs' pages show of notes to groups."""

from __future__ import annotations

from django import template

from labs.verdicts import Verdict
from portal.guidance.models import Note

register = template.Library()


@register.simple_tag
def notes_on(verdict: Verdict) -> list[Note]:
    """One query, none for an answer that passed or waits."""
    return Note.objects.on(verdict.submission) if verdict.state == "failed" else []
