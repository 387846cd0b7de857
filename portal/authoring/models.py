"""What was applied: when, by whom, what it changed, and what stood there before."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAY_AUTHOR = "authoring.author"  # Change's permission, as Django names it


def person(name: str) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name
    )


class Change(models.Model):
    """One plan that was applied, in the browser or by `manage.py sync_content`."""

    author = person("content_changes")  # None: the command, or somebody who is gone
    made_at = models.DateTimeField(default=timezone.now)
    is_by_command = models.BooleanField(default=False)
    rows = models.JSONField(default=list)  # portal.authoring.rows.Row: what the page showed
    undone_at = models.DateTimeField(null=True)
    undone_by = person("content_changes_undone")

    class Meta:
        verbose_name, verbose_name_plural = _("content change"), _("content changes")
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("author", _("May plan and apply content changes"))]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("content_change", args=[self.pk])

    def keep(self, what: str, slug: str, rows: dict[str, Any]) -> None:
        """In the transaction that writes (`lessons.kept_rows.Keep`)."""
        KeptContent.objects.create(change=self, what=what, slug=slug, rows=rows)


class KeptContent(models.Model):
    """Of one course, one lab or a course's questions: the rows that a change wrote over."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="kept")
    what = models.CharField(max_length=10)  # course, lab or quiz
    slug = models.SlugField(max_length=120)
    rows = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.what} {self.slug}"
