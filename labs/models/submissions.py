"""A submission's life: `queued → checking → graded | faulted`, in columns of its own row.

The submissions table is the queue; the broker is only a door-bell. Every step is one conditional
UPDATE, so that a message delivered twice, a worker that died and a worker that came back too late
do no harm, on SQLite as on PostgreSQL, without a lock held.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.grading.errors import AnswerError
from labs.grading.kinds import KINDS
from labs.grading.report import Report
from labs.grading.report_json import to_json
from labs.models.catalog import Lab, Variant
from labs.models.efforts import note_regrade, note_verdict
from labs.models.grades import NEW_GRADES, Grade, GradedBy
from labs.models.indexes import INDEXES
from labs.models.overrides import DECIDABLE, Overridable
from labs.models.regrading import Regradable, verdict_of_report
from labs.models.turns import NO_LEASE, OPEN, QueueQuerySet, State, tell
from labs.packed import Packed
from labs.rules import rule_of
from lessons.compiled import Changes, Compiled, CompiledUpdate
from lessons.inserts import CompiledInsert
from lessons.people import User
from lessons.statements import SOME_TIME

UNDECIDED = "undecided"  # how `fault` begins where the check reached its limits


class SubmissionQuerySet(QueueQuerySet["Submission"]):
    def visible_to(self, user: User) -> Self:
        """One's own, of labs that one still sees. Archived labs stay readable:
        their work is never lost."""
        return self.of(user.pk, user.course_keys())

    def of(self, user: int, courses: Collection[int]) -> Self:
        return self.filter(user=user, lab__course__in=courses)

    def lean(self) -> Self:
        """With the grade; neither the answer nor the report is loaded."""
        return self.select_related("grade").defer("text", "grade__report", "grade__unpacked_report")

    def attempts(self, user: int, lab: int, *, before: datetime) -> Self:
        """Newest first."""
        rows = self.filter(user=user, lab=lab, created_at__lt=before)
        return rows.select_related("grade").order_by("-created_at")

    def graded(self) -> Self:
        return self.filter(state=State.GRADED)

    def judged_otherwise(self, lab: Lab, rules: Mapping[int, str], content_hash: str) -> Self:
        """With verdicts about `lab` that another rule gave than that of their variant (by its
        number). Of older grades the edition of the lab tells; and what a person decided is no
        matter of rules."""
        older = Q(grade__rule="", grade__content_hash=content_hash)
        same = Q(older, grade__engine_version=KINDS[lab.kind].VERSION)
        for number, rule in rules.items():
            same |= Q(variant__number=number, grade__rule=rule)
        checked = self.graded().filter(lab=lab).exclude(grade__made_by=GradedBy.INSTRUCTOR)
        return checked.filter(~same)

    def decided(self) -> Self:
        """With a verdict, or a fault."""
        return self.filter(state__in=DECIDABLE)

    def since(self, seconds: float) -> Self:
        return self.filter(created_at__gt=timezone.now() - timedelta(seconds=seconds))


class Submission(Overridable, Regradable, models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="submissions",
        db_index=False,
    )
    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="submissions")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="submissions")
    text = models.TextField()
    key = models.UUIDField(default=uuid.uuid4)  # the form's: a POST sent twice finds its own row
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)  # when the last try began
    finished_at = models.DateTimeField(null=True, blank=True)
    # Of the web request that handed it in: its log lines and the worker's have it in common.
    request_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    fault = models.TextField(blank=True)  # for the operator; learners read a sentence of ours
    # {"message", "line", "column"}: faulted, but for this reason
    unreadable = models.JSONField(null=True, blank=True)
    # The current grade, kept beside the append-only history so that lists need no subquery.
    grade = models.ForeignKey(
        "Grade", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When the learner asked for the change that would make this answer right; counts as a hint.
    change_shown_at = models.DateTimeField(null=True, blank=True)
    # When the learner, not having passed, looked at the model answer after this attempt.
    solution_shown_at = models.DateTimeField(null=True, blank=True)
    # The queue's own columns. `crowd`: with whom the learner takes turns (`labs/models/turns.py`).
    crowd = models.PositiveBigIntegerField(default=0, db_default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_publish = models.DateTimeField(default=timezone.now)
    publishes = models.PositiveSmallIntegerField(default=0)

    # Who waited when it was handed in (`labs/waiting.py`); only that request knows.
    line: Sequence[Any] = ()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("submission"), _("submissions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_submission_per_key")
        ]
        indexes = INDEXES

    def __str__(self) -> str:
        return f"{self.user}: {self.lab} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("labs:attempt_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def passed(self) -> bool:
        return self.grade is not None and self.grade.passed

    @property
    def is_undecided(self) -> bool:
        return self.state == State.FAULTED and self.fault.startswith(UNDECIDED)

    def show_change(self) -> None:
        """The first time counts."""
        rows = Submission.objects.filter(pk=self.pk, change_shown_at__isnull=True)
        rows.update(change_shown_at=timezone.now())

    def earlier(self) -> SubmissionQuerySet:
        """The learner's attempts at this lab before this one, newest first."""
        return Submission.objects.attempts(self.user_id, self.lab_id, before=self.created_at)

    @cached_property
    def previous(self) -> Submission | None:
        """The attempt before this one."""
        return PREVIOUS.first(user=self.user_id, lab=self.lab_id, before=self.created_at)

    # Verbs of whoever claimed the row: each answers False, and changes nothing, once the lease is
    # another's.

    def record(self, report: Report, *, engine_version: str, packed: Packed | None = None) -> bool:
        """The verdict: state and grade together, once."""
        with transaction.atomic():
            grade = Grade(
                submission=self,
                **verdict_of_report(report, packed),
                engine_version=engine_version,
                content_hash=self.lab.content_hash,
                rule=rule_of(self.lab.kind, self.variant),
            )
            NEW_GRADES.run(grade)
            mine = {"pk": self.pk, "token": self.lease_token}
            if not LEAVE_GRADED.run(**mine, now=timezone.now(), grade=grade.pk):
                transaction.set_rollback(True)
                return False
            self.state = State.GRADED
            note_verdict(self, report)
            tell(self.pk, self.state)
        self.note_grade(grade)
        return True

    def note_grade(self, grade: Grade) -> None:
        """An instructor's may stand above it, where there was a grade before."""
        if self.grade_id is None:
            self.grade = grade
        else:
            self.refresh_from_db(fields=["grade"])

    def refuse(self, error: AnswerError) -> bool:
        """The answer cannot be read: no verdict, no attempt used. Mostly noticed at hand-in."""
        place = {"message": to_json(error.message), "line": error.line, "column": error.column}
        return self._leave(
            State.FAULTED,
            finished_at=timezone.now(),
            unreadable=place,
            fault=f"unreadable: {error}",
        )

    def set_aside(self, reason: str) -> bool:
        """Beyond what we can decide, today and with every further try: no verdict, no attempt used;
        an instructor looks at it."""
        fault = f"{UNDECIDED}: {reason}"
        return self._leave(State.FAULTED, finished_at=timezone.now(), fault=fault)

    @property
    def seconds(self) -> float:
        """How long this try may take: the first one is short, because others wait."""
        if self.tries > 1 or settings.CHECK_TRIES == 1:
            return float(settings.CHECK_SECONDS)
        return float(min(settings.FIRST_CHECK_SECONDS, settings.CHECK_SECONDS))

    def hand_back(self, fault: str, *, at_once: bool = False) -> bool:
        """Our fault: to be tried again, after a pause unless `at_once`; or, when the tries are used
        up, faulted."""
        if self.tries >= settings.CHECK_TRIES:
            return self._leave(State.FAULTED, finished_at=timezone.now(), fault=fault)
        pause = 0 if at_once else settings.SWEEP_SECONDS * 2**self.tries
        due = timezone.now() + timedelta(seconds=pause)
        return self._leave(State.QUEUED, next_publish=due, publishes=0, fault=fault)

    def put_back(self) -> bool:
        """Not checked, or what was found could not be written: this was no try."""
        due = timezone.now() + timedelta(seconds=settings.SWEEP_SECONDS)
        return self._leave(State.QUEUED, tries=F("tries") - 1, next_publish=due, publishes=0)

    def _leave(self, state: State, **changes: Any) -> bool:
        mine = Submission.objects.filter(
            pk=self.pk, state=State.CHECKING, lease_token=self.lease_token
        )
        with transaction.atomic():
            left = mine.update(state=state, **NO_LEASE, **changes)
            if left:
                self.state = state
                tell(self.pk, state)
        return bool(left)

    def add_grade(self, **fields: Any) -> Grade:
        """Append to the history, and make it the current grade: an instructor's always, any other
        one unless an instructor's stands."""
        grade = Grade.objects.create(submission=self, **fields)
        rows = Submission.objects.filter(pk=self.pk)
        if grade.made_by != GradedBy.INSTRUCTOR:
            rows = rows.exclude(grade__made_by=GradedBy.INSTRUCTOR)
        if rows.update(grade=grade):
            self.grade = grade
            note_regrade(self)
        return grade


NEW_SUBMISSIONS = CompiledInsert(Submission)
PREVIOUS = Compiled(
    lambda user, lab, before: Submission.objects.attempts(user, lab, before=before)[:1],
    user=-1,
    lab=-2,
    before=SOME_TIME,
)


def leave_graded(pk: int, token: uuid.UUID, now: datetime, grade: int) -> Changes:
    by_instructor = Grade.objects.filter(pk=OuterRef("grade"), made_by=GradedBy.INSTRUCTOR)
    current = Case(
        When(Exists(by_instructor), then=F("grade")),
        default=Value(grade, output_field=models.BigIntegerField()),
    )
    changes = {"state": State.GRADED, **NO_LEASE, "finished_at": now, "fault": ""}
    mine = Submission.objects.filter(pk=pk, state=State.CHECKING, lease_token=token)
    return mine, changes | {"grade": current}


LEAVE_GRADED = CompiledUpdate(
    leave_graded,
    pk=-1,
    token=uuid.UUID(int=1),
    now=SOME_TIME,
    grade=-2,
)
