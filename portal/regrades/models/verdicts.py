"""What a dry run found for one text: each is judged once, whoever wrote it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from labs.grading.report import Report
from labs.models import Variant
from labs.models.regrading import verdict_of_report
from labs.old_reports import read_report
from labs.packed import Packed, PackedJSONField
from portal.regrades.models.regrades import Regrade


class Found(models.TextChoices):
    WAITING = "waiting", _("waits")
    JUDGED = "judged", _("judged")
    FAULTED = "faulted", _("could not be checked")


class NewVerdict(models.Model):
    """`fault` is for the operator."""

    regrade = models.ForeignKey(
        Regrade, on_delete=models.CASCADE, related_name="verdicts", db_index=False
    )
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)  # of the text
    found = models.CharField(max_length=8, choices=Found.choices, default=Found.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    points = models.PositiveIntegerField(default=0)
    max_points = models.PositiveIntegerField(default=0)
    passed = models.BooleanField(default=False)
    report = PackedJSONField(null=True)
    engine_version = models.CharField(max_length=40, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    rule = models.CharField(max_length=16, blank=True)
    fault = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("new verdict"), _("new verdicts")
        constraints = [
            models.UniqueConstraint(
                fields=["regrade", "variant", "digest"], name="one_verdict_for_a_text"
            )
        ]
        indexes = [
            models.Index(fields=["regrade", "found", "tries", "id"], name="verdicts_to_find")
        ]

    def __str__(self) -> str:
        return f"{self.points}/{self.max_points}"

    @property
    def percent(self) -> int:
        return 100 * self.points // self.max_points if self.max_points else 0

    @property
    def as_grade(self) -> dict[str, Any]:
        """The columns of a grade."""
        names = ("points", "max_points", "passed", "report", "engine_version", "content_hash")
        return {name: getattr(self, name) for name in (*names, "rule")}

    def read_report(self) -> Report:
        return read_report(self.report)

    def note_try(self) -> None:
        """Before it is judged: what kills its worker each time is given up."""
        NewVerdict.objects.filter(pk=self.pk).update(tries=F("tries") + 1)

    def note(self, report: Report, packed: Packed | None = None, **columns: str) -> bool:
        """`packed` as in `verdict_of_report`."""
        found = {"found": Found.JUDGED, **verdict_of_report(report, packed), **columns}
        return self._settle(found)

    def give_up(self, fault: str) -> bool:
        return self._settle({"found": Found.FAULTED, "fault": fault})

    def _settle(self, changes: dict[str, Any]) -> bool:
        """Once."""
        for name, value in changes.items():
            setattr(self, name, value)
        waiting = NewVerdict.objects.filter(pk=self.pk, found=Found.WAITING)
        return bool(waiting.update(**changes))
