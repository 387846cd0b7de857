"""Applying a dry run, and undoing it: one learner's answers in one transaction, with the one letter
that tells of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from portal.regrades.models import Fate, Regrade, RegradedAnswer, Stage
from portal.regrades.telling import tell_applied, tell_undone

MOST = 100  # answers of one learner at once

Verb = Callable[[RegradedAnswer], None]


def apply_some(regrade: Regrade) -> bool:
    """False once every answer is settled."""
    rows = of_next_learner(regrade, Fate.WAITING)
    settle_together(rows, RegradedAnswer.settle, tell_applied)
    return bool(rows) or not regrade.move(Stage.APPLYING, to=Stage.APPLIED)


def undo_some(regrade: Regrade) -> bool:
    rows = of_next_learner(regrade, Fate.DONE)
    settle_together(rows, RegradedAnswer.unsettle, tell_undone)
    return bool(rows) or not regrade.move(Stage.UNDOING, to=Stage.UNDONE)


def of_next_learner(regrade: Regrade, fate: Fate) -> list[RegradedAnswer]:
    left = RegradedAnswer.objects.filter(regrade=regrade, fate=fate).order_by("user", "pk")
    user = left.values_list("user", flat=True).first()
    rows = left.filter(user=user).select_related("submission__lab", "verdict", "seen", "user")
    found = list(rows.defer("submission__text")[:MOST]) if user else []
    for one in found:
        one.regrade = regrade
    return found


@transaction.atomic
def settle_together(rows: list[RegradedAnswer], verb: Verb, tell: Callable[..., Any]) -> None:
    for row in rows:
        verb(row)
    if told := [row for row in rows if row.is_told]:
        tell(told)
