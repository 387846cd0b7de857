"""A regrade of one lab: first a dry run that changes nothing, then, if somebody wants it, exactly
what the dry run showed, and the way back.

`planning → judging → ready → applying → applied → undoing → undone`, each step one conditional
UPDATE. A worker takes the run for a moment by moving `due_at`; of whoever is killed nothing is left
but a due date, and the next one goes on where the rows say.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.models import Lab
from labs.rules import rule_of_all, rules_of
from labs.tasks import bell
from lessons.people import User
from portal.celery import app


class Stage(models.TextChoices):
    PLANNING = "planning", _("Collecting answers")
    JUDGING = "judging", _("Checking them again")
    READY = "ready", _("Dry run done")
    APPLYING = "applying", _("Applying")
    APPLIED = "applied", _("Applied")
    UNDOING = "undoing", _("Undoing")
    UNDONE = "undone", _("Undone")
    OUTDATED = "outdated", _("Outdated")  # the lab changed before it was applied
    DROPPED = "dropped", _("Thrown away")


DRY = (Stage.PLANNING, Stage.JUDGING)
AT_WORK = (*DRY, Stage.APPLYING, Stage.UNDOING)
TONES = {
    Stage.READY: "info",
    Stage.APPLIED: "ok",
    Stage.OUTDATED: "warn",
    Stage.DROPPED: "quiet",
    Stage.UNDONE: "quiet",
}


def rule_now(lab: Lab) -> str:
    """By what the lab judges at the moment, by the engine of this process."""
    return rule_of_all(rules_of(lab.kind, lab.variants.all()))


class RegradeQuerySet(models.QuerySet["Regrade"]):
    def visible_to(self, user: User) -> Self:
        """Whoever began it may go on with it; an administrator, too."""
        return self.all() if user.is_superuser else self.filter(author=user.pk)

    def at_work(self) -> Self:
        return self.filter(stage__in=AT_WORK)

    def due(self) -> Self:
        """Also what a clock that was wrong put off for longer than anybody does."""
        now = timezone.now()
        beyond = now + timedelta(seconds=2 * settings.LEASE_SECONDS)
        due = Q(due_at__lte=now) | Q(due_at__gt=beyond)
        return self.at_work().filter(due).order_by("due_at", "pk")

    def begin(self, lab: Lab, *, by: User) -> Regrade:
        """The dry run; one that is on its way already is gone on with."""
        mine = self.filter(lab=lab, author=by.pk, stage__in=DRY, rule=rule_now(lab))
        if found := mine.first():
            return found
        return self.create(
            lab=lab, author_id=by.pk, is_everybodys=by.is_superuser, rule=rule_now(lab)
        )

    def take(self) -> Regrade | None:
        """One that waits for a worker; None where nothing does."""
        for one in self.due().select_related("lab", "author"):
            if one.keep():
                return one
        return None


class Regrade(models.Model):
    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="regrades")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="regrades"
    )
    # Of all who answered: an administrator's. Else of those whom its author teaches.
    is_everybodys = models.BooleanField(default=False)
    rule = models.CharField(max_length=16)  # by what it judges: `rule_now` when it began
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLANNING)
    lowers = models.BooleanField(default=False)  # also takes away what was passed
    reason = models.TextField(blank=True)  # learners read it
    undo_reason = models.TextField(blank=True)
    site = models.CharField(max_length=200, blank=True)  # where letters lead
    mark = models.BigIntegerField(default=0)  # the last answer that was collected
    due_at = models.DateTimeField(default=timezone.now)  # when a worker may take it
    made_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)  # to this stage

    objects = RegradeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("regrade"), _("regrades")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["stage", "due_at"], name="regrades_at_work")]

    def __str__(self) -> str:
        return f"{self.lab}, {self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("regrade_detail", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.stage in AT_WORK

    @property
    def is_current(self) -> bool:
        """The lab still judges as in the dry run."""
        return self.rule == rule_now(self.lab)

    @property
    def tone(self) -> str:
        return TONES.get(Stage(self.stage), "info")

    @property
    def letter_key(self) -> str:
        return f"regrade {self.pk}"

    # --- Its way ------------------------------------------------------------------------------

    def move(self, *froms: str, to: str, **changes: Any) -> bool:
        """False where it stands elsewhere by now."""
        now = timezone.now()
        changes |= {"stage": to, "moved_at": now, "due_at": now}
        if not Regrade.objects.filter(pk=self.pk, stage__in=froms).update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        if to in AT_WORK:
            ring_on_commit()
        return True

    def apply(self, *, lowers: bool, reason: str, site: str) -> bool:
        changes = {"lowers": lowers, "reason": reason, "site": site}
        return self.move(Stage.READY, to=Stage.APPLYING, **changes)

    def undo(self, *, reason: str, site: str) -> bool:
        return self.move(Stage.APPLIED, to=Stage.UNDOING, undo_reason=reason, site=site)

    def drop(self) -> bool:
        return self.move(*DRY, Stage.READY, Stage.OUTDATED, to=Stage.DROPPED)

    # --- Of workers ---------------------------------------------------------------------------

    def keep(self) -> bool:
        """For as long as a slice may take; False where another has it, or it went on."""
        return self.put_off(timedelta(seconds=settings.LEASE_SECONDS))

    def put_off(self, time: timedelta) -> bool:
        mine = Regrade.objects.filter(pk=self.pk, due_at=self.due_at, stage=self.stage)
        due_at = timezone.now() + time
        if not mine.update(due_at=due_at):
            return False
        self.due_at = due_at
        return True


def ring_on_commit() -> None:
    transaction.on_commit(ring, robust=True)


def ring(*, later: float = 0) -> None:
    """Never raises. A bell that nobody hears is rung again by the sweeper."""
    options = {"queue": "bulk", "retry": False} | ({"countdown": later} if later else {})
    bell.attempt(partial(app.send_task, "portal.regrade", **options))
