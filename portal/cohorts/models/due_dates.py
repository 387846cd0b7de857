"""By when something is to be done, and who has longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.people import User
from portal.cohorts.dates import LAST_DAY
from portal.cohorts.models.cohorts import Cohort

TARGETS = ("module", "lesson", "lab")
ONE_TARGET = (
    Q(module__isnull=False, lesson__isnull=True, lab__isnull=True)
    | Q(module__isnull=True, lesson__isnull=False, lab__isnull=True)
    | Q(module__isnull=True, lesson__isnull=True, lab__isnull=False)
)


class DueDateQuerySet(models.QuerySet["DueDate"]):
    def write(self, cohort: Cohort, dates: dict[tuple[str, int], datetime | None]) -> int:
        """(target, its key) → when; None takes the date away. How many changed: a date that stays
        keeps its extensions."""
        known = {one.key: one for one in self.filter(cohort=cohort)}
        changed = 0
        with transaction.atomic():
            for (target, pk), due_at in dates.items():
                changed += self.write_one(cohort, known.get((target, pk)), target, pk, due_at)
            if changed:
                cohort.renew_dates()
        return changed

    def write_one(
        self, cohort: Cohort, known: DueDate | None, target: str, pk: int, due_at: datetime | None
    ) -> bool:
        if known is None:
            if due_at:
                self.create(cohort=cohort, due_at=due_at, **{f"{target}_id": pk})
            return due_at is not None
        if due_at is None:
            known.delete()
        elif due_at != known.due_at:
            self.filter(pk=known.pk).update(due_at=due_at)
        return due_at != known.due_at

    def copy_to(self, cohort: Cohort, *, later: timedelta) -> None:
        """Extensions stay behind: they are of people who learn elsewhere. What would come to lie
        beyond the last day that can be chosen does not move."""
        for one in self:
            moved = one.due_at + later
            one.pk, one.cohort = None, cohort
            one.due_at = moved if moved.date() <= LAST_DAY else one.due_at
            one.save(force_insert=True)
        cohort.renew_dates()


class DueDate(models.Model):
    """Of one lesson or lab, or of a module: then of all in it that have none of their own."""

    # The constraints' indexes begin with it
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, related_name="due_dates", db_index=False
    )
    module = models.ForeignKey(
        "lessons.Module", on_delete=models.CASCADE, null=True, related_name="+"
    )
    lesson = models.ForeignKey(
        "lessons.Lesson", on_delete=models.CASCADE, null=True, related_name="+"
    )
    lab = models.ForeignKey("labs.Lab", on_delete=models.CASCADE, null=True, related_name="+")
    due_at = models.DateTimeField(_("due"))

    objects = DueDateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("due date"), _("due dates")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_TARGET, name="a_due_date_has_one_target"),
            *(
                models.UniqueConstraint(
                    fields=["cohort", target], name=f"one_due_date_per_{target}"
                )
                for target in TARGETS
            ),
        ]

    def __str__(self) -> str:
        return str(self.module or self.lesson or self.lab)

    @property
    def key(self) -> tuple[str, int]:
        return next((name, pk) for name in TARGETS if (pk := getattr(self, f"{name}_id")))

    def extend(self, user: User, until: datetime) -> Extension:
        """Also what was extended before: the last word counts."""
        with transaction.atomic():
            extension, _created = self.extensions.update_or_create(
                user_id=user.pk, defaults={"until": until}
            )
            self.cohort.renew_dates()
        return extension


class Extension(models.Model):
    due = models.ForeignKey(
        DueDate, on_delete=models.CASCADE, related_name="extensions", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="extensions"
    )
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name, verbose_name_plural = _("extension"), _("extensions")
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["due", "user"], name="one_extension_per_due_date")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.due}"

    def end(self) -> None:
        with transaction.atomic():
            self.delete()
            self.due.cohort.renew_dates()
