"""What workers leave in the database about themselves, and what one of them does once a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(minutes=10)  # then whoever did it is taken for dead


class Worker(models.Model):
    """A worker's last sign of life, written by its sweeper."""

    name = models.CharField(max_length=200, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("worker"), _("workers")

    def __str__(self) -> str:
        return self.name


class ChoreQuerySet(models.QuerySet["Chore"]):
    def are_due(self, names: Collection[str]) -> bool:
        """Any of them; what was never done has no row."""
        known = dict(self.filter(name__in=names).values_list("name", "due_at"))
        return len(known) < len(names) or min(known.values()) <= timezone.now()

    def claim(self, name: str) -> Chore | None:
        """None when it is not due, or in somebody else's hands."""
        self.bulk_create([Chore(name=name)], ignore_conflicts=True)
        now = timezone.now()
        mine = self.filter(name=name, due_at__lte=now).update(due_at=now + LEASE)
        return self.get(name=name) if mine else None


class Chore(models.Model):
    """Done once a day by whichever worker is first: the claim is one conditional UPDATE."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField(default=timezone.now)
    mark = models.BigIntegerField(default=0)  # how far it came, where it goes through a table

    objects = ChoreQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("chore"), _("chores")

    def __str__(self) -> str:
        return self.name

    def move_on(self, mark: int) -> None:
        self.mark = mark
        self.save(update_fields=["mark"])
