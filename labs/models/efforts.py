"""What one learner's answers to one lab came to, and what was wrong with each: small rows beside
the grades, so that a thousand learners can be told of without a look at all their answers."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _

from labs.grading.behaviour import LONGEST
from labs.grading.report import Report
from labs.mistakes import HOME, World, keys_of, names_between, text_of
from labs.models.catalog import Variant
from labs.models.turns import State

Answer = Any  # a `labs.models.Submission`, which knows this module


class EffortQuerySet(models.QuerySet["Effort"]):
    def open(self) -> EffortQuerySet:
        """Tried, and not passed yet."""
        return self.filter(passed_at__isnull=True)

    def note(self, submission: Answer, *, passed: bool) -> None:
        """The first verdict about an answer. One conditional UPDATE: what two workers find at the
        same time about two answers of one learner is both counted."""
        mine = self.filter(user=submission.user_id, lab=submission.lab_id)
        at = submission.created_at
        if not mine.update(**changes_of(submission.pk, at, passed=passed)):
            try:
                with transaction.atomic():
                    self.create(**first_of(submission, passed=passed))
            except IntegrityError:
                mine.update(**changes_of(submission.pk, at, passed=passed))

    def settle(self, submission: Answer) -> None:
        """Counted anew, where an earlier verdict is another one now."""
        about = {"user": submission.user_id, "lab": submission.lab_id}
        answers = type(submission).objects.filter(state=State.GRADED, **about)
        rows = answers.order_by("created_at", "pk").values_list("pk", "created_at", "grade__passed")
        found = counted(list(rows))
        if found is None:
            self.filter(**about).delete()
        else:
            self.update_or_create(
                user_id=submission.user_id, lab_id=submission.lab_id, defaults=found
            )


def changes_of(pk: int, at: datetime, *, passed: bool) -> dict[str, Any]:
    when = Value(at, output_field=models.DateTimeField())
    changes: dict[str, Any] = {
        "latest": Case(
            When(last_at__lte=at, then=Value(pk)),
            default=F("latest_id"),
            output_field=models.BigIntegerField(),
        ),
        "last_at": Greatest(F("last_at"), when),
    }
    if passed:
        return changes | {"passed_at": Least(Coalesce(F("passed_at"), when), when)}
    return changes | {"failed": F("failed") + 1, "since": Least(Coalesce(F("since"), when), when)}


def first_of(submission: Answer, *, passed: bool) -> dict[str, Any]:
    at = submission.created_at
    about = {"user_id": submission.user_id, "lab_id": submission.lab_id}
    return about | {
        "latest_id": submission.pk,
        "last_at": at,
        "failed": 0 if passed else 1,
        "since": None if passed else at,
        "passed_at": at if passed else None,
    }


def counted(rows: list[tuple[int, datetime, bool | None]]) -> dict[str, Any] | None:
    """Of answers with a verdict, the oldest first."""
    if not rows:
        return None
    failed = [at for _pk, at, passed in rows if not passed]
    return {
        "latest_id": rows[-1][0],
        "last_at": rows[-1][1],
        "failed": len(failed),
        "since": failed[0] if failed else None,
        "passed_at": next((at for _pk, at, passed in rows if passed), None),
    }


class Effort(models.Model):
    # The constraint's index begins with it
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="efforts", db_index=False
    )
    lab = models.ForeignKey("labs.Lab", on_delete=models.CASCADE, related_name="efforts")
    failed = models.PositiveIntegerField(default=0, db_default=0)  # verdicts
    # When what failed first was handed in, what has the latest verdict, and what passed first.
    since = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True, blank=True)
    latest = models.ForeignKey("labs.Submission", on_delete=models.CASCADE, related_name="+")

    objects = EffortQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("effort"), _("efforts")
        constraints = [models.UniqueConstraint(fields=["user", "lab"], name="one_effort_per_lab")]
        indexes = [
            models.Index(fields=["user", "-last_at"], name="last_answer_of_a_learner"),
            models.Index(
                fields=["user", "lab", "failed", "latest"],
                condition=Q(passed_at__isnull=True),
                name="efforts_without_a_pass",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.lab} ({self.failed} failed)"


class MistakeQuerySet(models.QuerySet["Mistake"]):
    def write(self, submission: Answer, report: Report) -> None:
        """In the transaction of the verdict: one INSERT, none where nothing was wrong."""
        self.bulk_create(mistakes_in(submission, report))

    def rewrite(self, submission: Answer, report: Report) -> None:
        """Another verdict about the same answer."""
        with transaction.atomic():
            self.filter(submission=submission.pk).delete()
            self.write(submission, report)


def mistakes_in(submission: Answer, report: Report) -> list[Mistake]:
    if report.passed:
        return []
    world = world_of(submission.variant_id, submission.lab)
    about = {"user_id": submission.user_id, "lab_id": submission.lab_id}
    return [
        Mistake(
            submission_id=submission.pk,
            made_at=submission.created_at,
            code=key.code[:80],
            behaviour=key.behaviour,
            **about,
        )
        for key in keys_of(report.findings, submission.lab.kind, world, refused=report.refused)
    ]


def world_of(variant: int, lab: Any) -> World:
    """Kept in each process until the lab changes."""
    return load(variant, lab.pk, lab.content_hash)


@lru_cache(maxsize=512)
def load(variant: int, lab: int, edition: str) -> World:
    """`edition` is the name of what was read. One query."""
    rows = {one.pk: one for one in Variant.objects.filter(lab=lab).order_by("number")}
    if variant not in rows:
        return HOME
    first, mine = next(iter(rows.values())), rows[variant]
    names = {} if mine is first else names_between(text_of(mine), text_of(first))
    return World(names, first.solution)


class Mistake(models.Model):
    """One thing that was wrong with an answer: `labs.mistakes.Key`."""

    submission = models.ForeignKey(
        "labs.Submission", on_delete=models.CASCADE, related_name="mistakes"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mistakes", db_index=False
    )
    lab = models.ForeignKey(
        "labs.Lab", on_delete=models.CASCADE, related_name="mistakes", db_index=False
    )
    code = models.CharField(max_length=80)
    behaviour = models.CharField(max_length=LONGEST, blank=True, default="", db_default="")
    made_at = models.DateTimeField()  # when the answer was handed in

    objects = MistakeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("mistake"), _("mistakes")
        indexes = [
            models.Index(
                fields=["user", "made_at", "lab", "code", "behaviour"], name="mistakes_of_a_learner"
            ),
            models.Index(fields=["code", "behaviour", "user"], name="learners_of_a_mistake"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.behaviour}".strip()


def note_verdict(submission: Answer, report: Report) -> None:
    """In the transaction that writes it."""
    if submission.grade_id is None:
        Effort.objects.note(submission, passed=report.passed)
        Mistake.objects.write(submission, report)
    else:
        Effort.objects.settle(submission)
        Mistake.objects.rewrite(submission, report)


def note_regrade(submission: Answer) -> None:
    """Another grade is the current one: what a person decided, or what a check found, says which
    mistakes were made."""
    Effort.objects.settle(submission)
    grade = submission.grade
    if grade is not None and grade.stored_report.get("findings"):
        Mistake.objects.rewrite(submission, grade.read_report())
