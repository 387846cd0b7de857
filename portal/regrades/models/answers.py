"""One answer in a regrade: what it would gain or lose, and what became of it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.models import Grade, GradedBy, Submission
from lessons.compiled import Compiled
from lessons.people import User
from lessons.statements import SOME_TIME
from portal.regrades.models.regrades import Regrade
from portal.regrades.models.verdicts import Found, NewVerdict

ON_THE_DAY = timedelta(days=14)
SHOWN_ON_THE_DAY = 5


class Effect(models.TextChoices):
    UNKNOWN = "", _("Not checked yet")
    GAINS = "gains", _("Passes now")
    LOSES = "loses", _("Passes no more")
    MORE = "more", _("More percent")
    LESS = "less", _("Fewer percent")
    SAME = "same", _("The same")
    FAULTED = "faulted", _("Could not be checked")


CHANGES = (Effect.GAINS, Effect.LOSES, Effect.MORE, Effect.LESS)
LOWER = (Effect.LOSES, Effect.LESS)


class Fate(models.TextChoices):
    WAITING = "waiting", _("Nothing yet")
    DONE = "done", _("New verdict")
    KEPT = "kept", _("Kept")
    CHANGED = "changed", _("Checked or decided otherwise meanwhile, so left alone")
    UNDONE = "undone", _("Undone")
    OVERTAKEN = "overtaken", _("Checked again since, so left alone")


def effect_of(before: Grade, now: NewVerdict) -> Effect:
    if now.found != Found.JUDGED:
        return Effect.FAULTED
    if before.passed != now.passed:
        return Effect.GAINS if now.passed else Effect.LOSES
    if before.percent != now.percent:
        return Effect.MORE if now.percent > before.percent else Effect.LESS
    return Effect.SAME


class RegradedAnswerQuerySet(models.QuerySet["RegradedAnswer"]):
    def told_to(self, user: User) -> list[RegradedAnswer]:
        """What "your day" says of one's own. One query."""
        return LATELY.rows(user=user.pk, since=timezone.now() - ON_THE_DAY)


class RegradedAnswer(models.Model):
    """`seen` is the check's grade that the dry run compared with, `grade` the one it got.
    `is_told`: its learner sees another verdict than before, and was told so."""

    regrade = models.ForeignKey(
        Regrade, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    verdict = models.ForeignKey(NewVerdict, on_delete=models.CASCADE, related_name="answers")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="regraded_answers",
        db_index=False,
    )
    seen = models.ForeignKey(Grade, on_delete=models.CASCADE, related_name="+")
    grade = models.OneToOneField(Grade, on_delete=models.CASCADE, null=True, related_name="+")
    effect = models.CharField(max_length=8, choices=Effect.choices, blank=True, default="")
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.WAITING)
    is_told = models.BooleanField(default=False)
    at = models.DateTimeField(null=True, blank=True)  # when it got its verdict, or lost it again

    objects = RegradedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("regraded answer"), _("regraded answers")
        constraints = [
            models.UniqueConstraint(fields=["regrade", "submission"], name="one_regrade_at_a_time")
        ]
        indexes = [
            models.Index(fields=["regrade", "fate", "user"], name="answers_to_settle"),
            models.Index(fields=["regrade", "effect", "id"], name="answers_by_effect"),
            models.Index(fields=["user", "is_told", "-at"], name="regraded_of_a_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.effect}"

    @property
    def is_lower(self) -> bool:
        return self.effect in LOWER

    @property
    def words(self) -> object:
        """For its learner."""
        return _("Undone") if self.fate == Fate.UNDONE else Effect(self.effect).label

    def settle(self) -> None:
        """Gets its new verdict, or is left as it is: once, whoever else settles it."""
        regrade = self.regrade
        if self.effect == Effect.FAULTED or (self.is_lower and not regrade.lowers):
            self._leave(Fate.WAITING, Fate.KEPT)
            return
        if self._leave(Fate.WAITING, Fate.DONE):
            self.grade = self.submission.regrade(
                self.verdict.as_grade,
                author=regrade.author,
                reason=regrade.reason,
                seen=self.seen_id,
            )
            self._note(self.grade, otherwise=Fate.CHANGED)

    def unsettle(self) -> None:
        """The verdict from before counts again, as another row."""
        if self.grade_id and self._leave(Fate.DONE, Fate.UNDONE):
            grade = self.submission.undo_regrade(
                self.seen,
                author=self.regrade.author,
                reason=self.regrade.undo_reason,
                seen=self.grade_id,
            )
            self._note(grade, otherwise=Fate.OVERTAKEN)

    def _leave(self, old: Fate, new: Fate) -> bool:
        rows = RegradedAnswer.objects.filter(pk=self.pk, fate=old)
        self.at = timezone.now()
        return bool(rows.update(fate=new, at=self.at))

    def _note(self, grade: Grade | None, *, otherwise: Fate) -> None:
        """Below an override nothing changes for the learner."""
        if grade is None:
            RegradedAnswer.objects.filter(pk=self.pk).update(fate=otherwise)
            return
        current = self.submission.grade
        is_below = current is not None and current.made_by == GradedBy.INSTRUCTOR
        self.is_told = self.effect in CHANGES and not is_below
        RegradedAnswer.objects.filter(pk=self.pk).update(grade=self.grade, is_told=self.is_told)


LATELY = Compiled(
    lambda user, since: (
        RegradedAnswer.objects.filter(user=user, is_told=True, at__gt=since)
        .select_related("submission__lab", "grade")
        .defer("submission__text", "grade__report", "grade__unpacked_report")
        .order_by("-at", "-pk")[:SHOWN_ON_THE_DAY]
    ),
    user=-1,
    since=SOME_TIME,
)
