"""Applying a dry run, and undoing it: some answers of one learner in a short transaction; the last
of them writes the one letter that tells of all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from django.db import transaction

from portal.regrades.models import Fate, Regrade, RegradedAnswer, Stage
from portal.regrades.telling import tell_applied, tell_undone

AT_ONCE = 20
UNIT_SECONDS = 0.05  # SQLite has one writer at a time: whoever hands in waits for it

Verb = Callable[[RegradedAnswer], None]


def apply_some(regrade: Regrade) -> bool:
    """False once every answer is settled."""
    if rows := of_next_learner(regrade, Fate.WAITING):
        settle_some(rows, RegradedAnswer.settle)
        return True
    return not regrade.move(Stage.APPLYING, to=Stage.APPLIED)


def undo_some(regrade: Regrade) -> bool:
    if rows := of_next_learner(regrade, Fate.DONE):
        settle_some(rows, RegradedAnswer.unsettle)
        return True
    return not regrade.move(Stage.UNDOING, to=Stage.UNDONE)


def of_next_learner(regrade: Regrade, fate: Fate) -> list[RegradedAnswer]:
    left = RegradedAnswer.objects.filter(regrade=regrade, fate=fate).order_by("user", "pk")
    user = left.values_list("user", flat=True).first()
    rows = left.filter(user=user).select_related("submission__lab", "verdict", "seen", "user")
    found = list(rows.defer("submission__text")[:AT_ONCE]) if user else []
    for one in found:
        one.regrade = regrade
    return found


@transaction.atomic
def settle_some(rows: Iterable[RegradedAnswer], verb: Verb) -> None:
    until = time.monotonic() + UNIT_SECONDS
    for row in rows:
        verb(row)
        if time.monotonic() > until:
            break
    tell_if_last(row)


def tell_if_last(row: RegradedAnswer) -> None:
    """Once for each learner: in the transaction that settles their last answer."""
    is_undone = row.regrade.stage == Stage.UNDOING
    own = RegradedAnswer.objects.filter(regrade=row.regrade, user=row.user_id)
    if own.filter(fate=Fate.DONE if is_undone else Fate.WAITING).exists():
        return
    done = own.filter(fate=Fate.UNDONE if is_undone else Fate.DONE, is_told=True)
    if told := list(done.values_list("submission", flat=True)):
        tell = tell_undone if is_undone else tell_applied
        tell(row.regrade, row.user, told)
