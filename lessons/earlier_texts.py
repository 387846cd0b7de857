"""What a lesson said before a change of its words, for those who read it then."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

KEPT_A_LESSON = 10  # whoever read it before the oldest sees what changed since that


class EarlierText(models.Model):
    """Written by the sync that changed it. Beside what a reader saw of it nothing is kept."""

    lesson = models.ForeignKey(
        "lessons.Lesson", on_delete=models.CASCADE, related_name="earlier_texts", db_index=False
    )
    until = models.DateTimeField(default=timezone.now)
    # As read, in reading order: [{"key": the section's, "title", "text"}]
    sections = models.JSONField(default=list)

    class Meta:
        ordering = ["until", "pk"]
        indexes = [models.Index(fields=["lesson", "until"], name="earlier_texts_of_a_lesson")]

    def __str__(self) -> str:
        return f"{self.lesson} until {self.until:%Y-%m-%d %H:%M}"
