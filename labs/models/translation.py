"""A lab in another language: made by each sync from the files beside its original. Nothing hangs on
it, and nothing is judged by it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.phrases import ORIGINAL


class TaskInLanguage:
    """A variant whose texts are each in the reader's language, where somebody translated them."""

    brief_language = ORIGINAL
    explanation_language = ORIGINAL
    hints_language = ORIGINAL
    # Texts of its [spec], as verdicts say them → the same in the reader's language
    words: Mapping[str, str] = MappingProxyType({})


class Translation(models.Model):
    lab = models.ForeignKey(
        "labs.Lab", on_delete=models.CASCADE, related_name="translations", db_index=False
    )
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    objectives = models.JSONField(default=list)
    # Title, summary and story (HTML) of the capstone that the lab begins
    capstone = models.JSONField(default=dict, db_default={})
    # By the variant's number: "brief", "explanation" and "hints" as HTML, and "words"
    variants = models.JSONField(default=dict)
    made_of = models.CharField(max_length=64)  # all its words and the renderer's version
    is_behind = models.BooleanField()  # the original says something else by now

    class Meta:
        verbose_name, verbose_name_plural = _("translation"), _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["lab", "language"], name="one_translation_of_a_lab_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
