"""The learners of a cohort, and how they are named in every export."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.cohorts.models import Cohort
from portal.exports.tables import Column, Value


@dataclass(frozen=True, slots=True)
class Learner:
    pk: int
    name: str
    email: str

    @property
    def cells(self) -> list[Value]:
        return [self.name, self.email]


def learners_of(cohort: Cohort) -> dict[int, Learner]:
    """By name. One query."""
    rows = cohort.learners.order_by("name", "email").values_list("pk", "name", "email")
    return {pk: Learner(pk, name, email) for pk, name, email in rows}


def who() -> list[Column]:
    return [Column("learner", _("Learner")), Column("email", _("E-mail"))]
