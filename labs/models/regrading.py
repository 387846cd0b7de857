"""A verdict given anew, because a lab or its engine has changed, and taken back. Like an override
it is appended; it lies below an override, whose person decided about the answer and not about the
check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from labs.grading.report import Report
from labs.models.efforts import note_regrade
from labs.models.grades import Grade, GradedBy
from labs.packed import Packed
from lessons.people import User

COPIED = ("points", "max_points", "passed", "engine_version", "content_hash", "rule")


def verdict_of_report(report: Report, packed: Packed | None = None) -> dict[str, Any]:
    """As columns. `packed` is the report, where it was packed before."""
    return {
        "points": report.earned,
        "max_points": report.earnable,
        "passed": report.passed,
        "report": packed or report.as_json(),
    }


def copied(grade: Grade) -> dict[str, Any]:
    return {"report": grade.stored_report, **{name: getattr(grade, name) for name in COPIED}}


class Regradable:
    """A part of the submission. `seen` is the key of the check's grade as it was when somebody
    decided; where another stands by now, nothing is written and None is the answer."""

    if TYPE_CHECKING:
        pk: Any
        grade: Any
        objects: Any

        def machine_grade(self) -> Grade | None: ...

    def regrade(
        self, verdict: Mapping[str, Any], *, author: User | None, reason: str, seen: int
    ) -> Grade | None:
        return self.judge_anew(GradedBy.REGRADE, verdict, author=author, reason=reason, seen=seen)

    def undo_regrade(
        self, before: Grade, *, author: User | None, reason: str, seen: int
    ) -> Grade | None:
        """What the check said `before` counts again."""
        found = copied(before)
        return self.judge_anew(GradedBy.UNDONE, found, author=author, reason=reason, seen=seen)

    @transaction.atomic
    def judge_anew(
        self, how: str, verdict: Mapping[str, Any], *, author: User | None, reason: str, seen: int
    ) -> Grade | None:
        self.lock()
        machine = self.machine_grade()
        if machine is None or machine.pk != seen:
            return None
        given = {"made_by": how, "author_id": author.pk if author else None, "reason": reason}
        grade = Grade.objects.create(submission_id=self.pk, **given, **verdict)
        if self.grade is not None and self.grade.made_by != GradedBy.INSTRUCTOR:
            type(self).objects.filter(pk=self.pk).update(grade=grade)
            self.grade = grade
            note_regrade(self)
        return grade

    def lock(self) -> None:
        """Until the transaction ends nobody else decides about this answer. SQLite has one writer
        at a time anyway."""
        # Without a join: what is joined before the wait would be missing after it.
        row = type(self).objects.select_for_update().only("grade").get(pk=self.pk)
        self.grade = row.grade
