"""What one learner's answers to one lab came to, and what was wrong with each: small rows beside
the grades, so that a thousand learners can be told of without a look at all their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

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
from labs.reached import lab_passed
from lessons.compiled import CompiledUpdate
from lessons.inserts import CompiledInsert
from lessons.statements import SOME_TIME

Answer = Any  # a `labs.models.Submission`, which knows this module


class Verdict(NamedTuple):
    """About one answer."""

    pk: int  # of the answer
    at: datetime  # when it was handed in
    passed: bool
    percent: int


VERDICT = ("pk", "created_at", "grade__passed", "grade__points", "grade__max_points")


class EffortQuerySet(models.QuerySet["Effort"]):
    def open(self) -> EffortQuerySet:
        """Tried, and not passed yet."""
        return self.filter(passed_at__isnull=True)

    def note(self, submission: Answer, *, passed: bool, percent: int) -> None:
        """The first verdict about an answer. One conditional UPDATE: what two workers find at the
        same time about two answers of one learner is both counted."""
        verdict = Verdict(submission.pk, submission.created_at, passed, percent)
        if not add(submission, verdict):
            try:
                with transaction.atomic():
                    self.create(**first_of(submission, verdict))
            except IntegrityError:
                add(submission, verdict)

    def settle(self, submission: Answer) -> None:
        """Counted anew, where an earlier verdict is another one now."""
        about = {"user": submission.user_id, "lab": submission.lab_id}
        answers = type(submission).objects.filter(state=State.GRADED, **about)
        rows = answers.order_by("created_at", "pk").values_list(*VERDICT)
        found = counted([verdict_of(*row) for row in rows])
        if found is None:
            self.filter(**about).delete()
        else:
            self.update_or_create(
                user_id=submission.user_id, lab_id=submission.lab_id, defaults=found
            )


def verdict_of(
    pk: int, at: datetime, passed: bool | None, points: int | None, most: int | None
) -> Verdict:
    return Verdict(pk, at, bool(passed), 100 * points // most if points and most else 0)


def changes_of(one: Verdict) -> dict[str, Any]:
    when = Value(one.at, output_field=models.DateTimeField())
    changes: dict[str, Any] = {
        "latest": Case(
            When(last_at__lte=one.at, then=Value(one.pk)),
            default=F("latest_id"),
            output_field=models.BigIntegerField(),
        ),
        "last_at": Greatest(F("last_at"), when),
        "best": Greatest(Coalesce(F("best"), Value(0)), Value(one.percent)),
    }
    if one.passed:
        return changes | {"passed_at": Least(Coalesce(F("passed_at"), when), when)}
    return changes | {"failed": F("failed") + 1, "since": Least(Coalesce(F("since"), when), when)}


def add(submission: Answer, one: Verdict) -> int:
    """How many rows were there to be changed: one, or none."""
    statement = ADD_PASS if one.passed else ADD_FAILURE
    about = {"user": submission.user_id, "lab": submission.lab_id}
    return statement.run(**about, pk=one.pk, at=one.at, percent=one.percent)


def first_of(submission: Answer, one: Verdict) -> dict[str, Any]:
    about = {"user_id": submission.user_id, "lab_id": submission.lab_id}
    return about | (counted([one]) or {})


def counted(rows: Sequence[Verdict]) -> dict[str, Any] | None:
    """The oldest first."""
    if not rows:
        return None
    failed = [one.at for one in rows if not one.passed]
    return {
        "latest_id": rows[-1].pk,
        "last_at": rows[-1].at,
        "failed": len(failed),
        "since": failed[0] if failed else None,
        "passed_at": next((one.at for one in rows if one.passed), None),
        "best": max(one.percent for one in rows),
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
    best = models.PositiveSmallIntegerField(null=True, blank=True)  # percent; None: not noted yet

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


def adding(*, passed: bool) -> CompiledUpdate:
    return CompiledUpdate(
        lambda user, lab, pk, at, percent: (
            Effort.objects.filter(user=user, lab=lab),
            changes_of(Verdict(pk, at, passed, percent)),
        ),
        user=-1,
        lab=-2,
        pk=-3,
        at=SOME_TIME,
        percent=-4,
    )


ADD_PASS, ADD_FAILURE = adding(passed=True), adding(passed=False)


class MistakeQuerySet(models.QuerySet["Mistake"]):
    def write(self, submission: Answer, report: Report) -> None:
        """In the transaction of the verdict: one INSERT, none where nothing was wrong."""
        NEW_MISTAKES.run(*mistakes_in(submission, report))

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


NEW_MISTAKES = CompiledInsert(Mistake)


def note_verdict(submission: Answer, report: Report) -> None:
    """In the transaction that writes it."""
    if submission.grade_id is None:
        percent = 100 * report.earned // report.earnable if report.earnable else 0
        Effort.objects.note(submission, passed=report.passed, percent=percent)
        Mistake.objects.write(submission, report)
    else:
        Effort.objects.settle(submission)
        Mistake.objects.rewrite(submission, report)
    if report.passed:
        lab_passed.send(sender=Effort, user=submission.user_id, lab=submission.lab)


def note_regrade(submission: Answer) -> None:
    """Another grade is the current one: what a person decided, or what a check found, says which
    mistakes were made."""
    Effort.objects.settle(submission)
    grade = submission.grade
    if grade is not None and grade.stored_report.get("findings"):
        Mistake.objects.rewrite(submission, grade.read_report())
    if grade is not None and grade.passed:
        lab_passed.send(sender=Effort, user=submission.user_id, lab=submission.lab)
