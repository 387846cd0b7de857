"""A letter from templates: `letters/<name>_subject.txt` and `letters/<name>.txt`, in the language
of whoever reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.letters.models import Letter


def letter(
    name: str,
    address: str,
    *,
    language: str,
    otherwise: str,
    context: dict[str, Any],
    user: int | None = None,
    digest: str = "",
    due_at: datetime | None = None,
    off_url: str = "",
) -> Letter:
    """Not saved: `Letter.objects.post([...])`. `language` is the reader's own, and `otherwise` that
    of their cohort, where they chose none."""
    with translation.override(language or otherwise or settings.LANGUAGE_CODE):
        subject = render_to_string(f"letters/{name}_subject.txt", context)
        text = render_to_string(f"letters/{name}.txt", context)
        footer = _("No more such mail: %(url)s") % {"url": off_url} if off_url else ""
    return Letter(
        address=address,
        user_id=user,
        subject=" ".join(subject.split())[:200],
        text=text,
        digest=digest,
        off_url=off_url,
        footer=footer,
        due_at=due_at or timezone.now(),
    )


def joined(letters: Sequence[Letter]) -> Letter:
    """One letter of all, to the reader of the first; not saved."""
    first = letters[0]
    more = len(letters) - 1
    return Letter(
        address=first.address,
        user_id=first.user_id,
        subject=f"{first.subject[:190]} (+{more})" if more else first.subject,
        text="\n\n———\n\n".join(one.text.strip() for one in letters),
        off_url=first.off_url,
        footer=first.footer,
    )


def is_mail_sent() -> bool:
    """A laptop prints it; a deployment without a mail server sends none."""
    return settings.SENDS_MAIL or not settings.DEPLOYED
