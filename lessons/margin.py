"""What a reader puts beside a section for themselves. It hangs on the section's row, so it goes
where the section goes, and stays when the section leaves the notes."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.people import User

LONGEST_NOTE = 4000  # characters
MOST_FIRST = 10_000_000


def first_revision() -> int:
    """Hardly that of a margin which was emptied here: a tab that still shows that one would take
    the new one for it, and write over it."""
    return secrets.randbelow(MOST_FIRST)


class MarginQuerySet(models.QuerySet["Margin"]):
    def keep(
        self, user: User, section: Any, *, bookmark: bool, text: str, revision: int
    ) -> Margin | None:
        """As saved; None when another tab wrote something else meanwhile (`revision` is what this
        tab last saw, 0: nothing)."""
        with transaction.atomic():
            row = self.locked(user, section)
            if row.revision != revision and row.text not in ("", text):
                return None
            row.text, row.saved_at, row.revision = text, timezone.now(), row.revision + 1
            row.bookmarked_at = (row.bookmarked_at or row.saved_at) if bookmark else None
            if row.is_empty:
                self.filter(pk=row.pk).delete()
            else:
                row.save()
        return row

    def locked(self, user: User, section: Any) -> Margin:
        mine = self.select_for_update().filter(user=user.pk, section=section)
        if row := mine.first():
            return row
        try:
            with transaction.atomic():
                return self.create(user_id=user.pk, section_id=section, revision=first_revision())
        except IntegrityError:  # made by another tab in this moment
            return mine.get()


class Margin(models.Model):
    """The margin of a section: a bookmark, a note, or both. Nobody else is shown it.
    `revision` counts saves, so that two tabs cannot overwrite each other silently."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="margins", db_index=False
    )
    section = models.ForeignKey("lessons.Section", on_delete=models.CASCADE, related_name="margins")
    bookmarked_at = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = MarginQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("margin"), _("margins")
        constraints = [
            models.UniqueConstraint(fields=["user", "section"], name="one_margin_per_section")
        ]

    def __str__(self) -> str:
        return f"{self.user}'s margin of {self.section}"

    @property
    def is_empty(self) -> bool:
        return not self.text and self.bookmarked_at is None
