"""What a submission was worth, each time that it was checked, and what was said of it."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.grading.report import Outcome, Report
from labs.old_reports import read_outcomes, read_report
from labs.packed import Packed, PackedJSONField, unpack
from lessons.inserts import CompiledInsert


class GradedBy(models.TextChoices):
    TASK = "task", _("Automatic")
    INSTRUCTOR = "instructor", _("Instructor")
    WITHDRAWN = "withdrawn", _("Override withdrawn")  # the check's grade once more
    REGRADE = "regrade", _("Checked again")
    UNDONE = "undone", _("Checking again undone")  # the grade from before, once more


MACHINES = (GradedBy.TASK, GradedBy.REGRADE, GradedBy.UNDONE)


class GradeQuerySet(models.QuerySet["Grade"]):
    def without_reports(self) -> Self:
        return self.defer("report", "unpacked_report")

    def unpacked(self) -> Self:
        return self.filter(report__isnull=True)


class Grade(models.Model):
    """Append-only. A regrade or an override is a new row; an instructor's always outranks a later
    automatic one."""

    submission = models.ForeignKey(
        "labs.Submission", on_delete=models.CASCADE, related_name="grades"
    )
    points = models.PositiveIntegerField()
    max_points = models.PositiveIntegerField()
    passed = models.BooleanField()
    # As `Report.as_json` writes it; None in rows from before it was packed.
    report = PackedJSONField(null=True)
    # Where it stood then, until `manage.py pack_reports` has been there.
    unpacked_report = models.JSONField(default=dict, editable=False)
    engine_version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)  # of the lab when it was checked
    # By what it was judged (`labs/rules.py`); "" in rows from before that was noted.
    rule = models.CharField(max_length=16, blank=True, default="", db_default="")
    made_by = models.CharField(max_length=12, choices=GradedBy.choices, default=GradedBy.TASK)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="grades_given",
    )
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = GradeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("grade"), _("grades")
        ordering = ["-created_at", "-pk"]
        # For ten thousand scores without their reports, which lie between them.
        indexes = [
            models.Index(fields=["id", "passed", "points", "max_points"], name="scores_of_grades"),
            models.Index(
                fields=["made_by"],
                condition=~models.Q(made_by=GradedBy.TASK),
                name="grades_by_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points}/{self.max_points}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("A grade is never changed: make another one.")
        super().save(*args, **options)

    @property
    def percent(self) -> int:
        return 100 * self.points // self.max_points if self.max_points else 0

    @property
    def stored_report(self) -> Any:
        """JSON, wherever it stands."""
        if isinstance(self.report, Packed):  # of a row that was written a moment ago
            return unpack(self.report)
        return self.unpacked_report if self.report is None else self.report

    def read_report(self) -> Report:
        return read_report(self.stored_report)

    def read_outcomes(self) -> tuple[Outcome, ...]:
        return read_outcomes(self.stored_report)


NEW_GRADES = CompiledInsert(Grade)
