"""The rows of translated lessons; `models.py` names them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.phrases import ORIGINAL


class InLanguage:
    """A row that is shown in the reader's language, if there is a translation (`editions.py`)."""

    language = ORIGINAL
    is_behind = False  # its original says something else by now

    @property
    def lang(self) -> str:
        """For what shows rows of all kinds: the `language` of a person or a cohort is another
        thing, in which they are written to."""
        return self.language

    @property
    def is_translated(self) -> bool:
        return self.language != ORIGINAL


class Translation(models.Model):
    """A lesson in another language: made by each sync from the files beside its original."""

    lesson = models.ForeignKey(
        "lessons.Lesson", on_delete=models.CASCADE, related_name="translations", db_index=False
    )
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    html = models.TextField(blank=True)
    contents = models.JSONField(default=list)
    words = models.PositiveIntegerField(default=0)
    rendered_hash = models.CharField(max_length=64)
    is_behind = models.BooleanField()  # the original says something else by now

    class Meta:
        verbose_name, verbose_name_plural = _("translation"), _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "language"], name="one_translation_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
