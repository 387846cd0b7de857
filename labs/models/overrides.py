"""A person's verdict over the machine's. Like every grade it is appended: an override is a row on
top of the check's, and taking it back is another. Whoever decides says which grade they saw, and
where another one stands by now nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from labs.grading.report import FORMAT
from labs.models.efforts import Effort
from labs.models.grades import MACHINES, Grade, GradedBy
from labs.models.turns import State
from lessons.people import User

DECIDABLE = (State.GRADED, State.FAULTED)  # nobody is checking it at the moment
NOTHING_FOUND = {"format": FORMAT, "findings": []}


@dataclass(frozen=True, slots=True)
class Ruling:
    passed: bool
    percent: int
    reason: str

    def is_that_of(self, grade: Grade) -> bool:
        told = (grade.passed, grade.percent, grade.reason)
        return grade.made_by == GradedBy.INSTRUCTOR and told == (
            self.passed,
            self.percent,
            self.reason,
        )


def ruling_of(grade: Grade) -> Ruling:
    return Ruling(grade.passed, grade.percent, grade.reason)


class Overridable:
    """A part of the submission. `seen` is the key of the grade that stood there when the author
    decided, or None. Each verb answers None, and nothing has changed, where that is over."""

    if TYPE_CHECKING:
        pk: Any
        lab: Any
        user_id: int
        lab_id: int
        state: Any
        grade: Any
        grades: Any
        objects: Any

        def lock(self) -> None: ...

    @property
    def is_overridden(self) -> bool:
        return self.grade is not None and self.grade.made_by == GradedBy.INSTRUCTOR

    def machine_grade(self) -> Grade | None:
        """What the check said last, also when it was asked again."""
        found: Grade | None = self.grades.filter(made_by__in=MACHINES).first()
        return found

    def override(self, ruling: Ruling, *, author: User, seen: int | None) -> Grade | None:
        """What the check found stays readable below what a person decided."""
        machine = self.machine_grade()
        return self.decide(
            seen,
            **from_machine(machine, self),
            points=ruling.percent,
            max_points=100,
            passed=ruling.passed,
            made_by=GradedBy.INSTRUCTOR,
            author_id=author.pk,
            reason=ruling.reason,
        )

    @transaction.atomic
    def withdraw_override(self, *, author: User, reason: str, seen: int | None) -> Grade | None:
        """The check counts again; what could not be checked is unchecked again."""
        if not self.is_overridden:
            return None
        self.lock()  # nobody regrades below it meanwhile
        machine = self.machine_grade()
        return self.decide(
            seen,
            checked=machine is not None,
            **from_machine(machine, self),
            points=machine.points if machine else 0,
            max_points=machine.max_points if machine else 0,
            passed=machine.passed if machine else False,
            made_by=GradedBy.WITHDRAWN,
            author_id=author.pk,
            reason=reason,
        )

    def decide(self, seen: int | None, *, checked: bool = True, **fields: Any) -> Grade | None:
        state = State.GRADED if checked else State.FAULTED
        rows = type(self).objects.filter(pk=self.pk, grade=seen, state__in=DECIDABLE)
        with transaction.atomic():
            grade = Grade.objects.create(submission_id=self.pk, **fields)
            if rows.update(grade=grade if checked else None, state=state):
                self.grade, self.state = grade if checked else None, state
                Effort.objects.settle(self)
                return grade
            transaction.set_rollback(True)
        return None


def from_machine(machine: Grade | None, submission: Overridable) -> dict[str, Any]:
    """What an engine found, and in which edition of the lab."""
    if machine is None:
        found = {"report": NOTHING_FOUND, "engine_version": ""}
        return found | {"content_hash": submission.lab.content_hash}
    return {
        "report": machine.stored_report,
        "engine_version": machine.engine_version,
        "content_hash": machine.content_hash,
        "rule": machine.rule,
    }
