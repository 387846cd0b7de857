"""What the worker for bulk work does: a second of a regrade, then the next message. Learners who
wait for a verdict come first, and still a little is done each time, or a busy day would never let a
regrade end."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from labs.cleaning import AT_ONCE, Cleaner, delete_some, older_than
from labs.models import Chore, State, Submission
from portal.regrades.judging import judge_some
from portal.regrades.models import NewVerdict, Regrade, Stage
from portal.regrades.models.regrades import DRY, ring
from portal.regrades.planning import plan_some
from portal.regrades.settling import apply_some, undo_some

SLICE = 1.0  # seconds of work for one message
PATIENCE = timedelta(seconds=0.1)  # of a learner: a worker that is free takes an answer sooner
PAUSE = 0.5  # while learners wait
WRITING = (Stage.APPLYING, Stage.UNDOING)
LONGEST_REST = 0.1  # after a step that wrote for as long
KEPT = 30  # days, of what nobody applied

SETTLED = (Stage.APPLIED, Stage.UNDONE)

STEPS: dict[str, Callable[[Regrade], bool]] = {
    Stage.PLANNING: plan_some,
    Stage.JUDGING: judge_some,
    Stage.APPLYING: apply_some,
    Stage.UNDOING: undo_some,
}


def work() -> None:
    """May run twice, late, or not at all: the rows decide."""
    regrade = Regrade.objects.take()
    if regrade is None:
        return
    is_busy = work_on(regrade, until=time.monotonic() + SLICE)
    regrade.put_off(timedelta(seconds=PAUSE if is_busy else 0))
    ring(later=PAUSE if is_busy else 0)


def work_on(regrade: Regrade, *, until: float) -> bool:
    """Whether it stopped because learners wait."""
    while regrade.is_at_work and regrade.keep():
        step_gently(regrade)
        if somebody_waits():
            return True
        if time.monotonic() > until:
            break
    return False


def step_gently(regrade: Regrade) -> None:
    """Whoever waits to write on SQLite only looks from time to time whether it is their turn."""
    begun = time.monotonic()
    step(regrade)
    if regrade.stage in WRITING:
        time.sleep(min(time.monotonic() - begun, LONGEST_REST))


def step(regrade: Regrade) -> None:
    if regrade.stage in DRY and not regrade.is_current:
        regrade.move(*DRY, to=Stage.OUTDATED)
    else:
        STEPS[regrade.stage](regrade)


def somebody_waits() -> bool:
    """For longer than it takes to be taken: then the workers, or the machine, are busy."""
    new = Submission.objects.filter(state=State.QUEUED, tries=0)
    return new.filter(created_at__lt=timezone.now() - PATIENCE).exists()


# --- What the sweeper looks after -----------------------------------------------------------------


def ring_again(_chore: Chore) -> int:
    """In case that a bell was not heard, or whoever heard it left."""
    if Regrade.objects.due().exists():
        ring()
    return 0


def forget_dry_runs(_chore: Chore) -> int:
    """With what they found; grades are rows of their own."""
    stages = (Stage.READY, Stage.OUTDATED, Stage.DROPPED)
    before = older_than(min(KEPT, settings.KEEP_REPORTS_DAYS or KEPT))
    return delete_some(Regrade.objects.filter(stage__in=stages, moved_at__lt=before))


def forget_reports(_chore: Chore) -> int:
    """Of what is applied: its learners' grades have the same, and lose it by the same time. Undoing
    needs none of them."""
    before = older_than(settings.KEEP_REPORTS_DAYS)
    if before is None:
        return 0
    old = NewVerdict.objects.filter(
        regrade__stage__in=SETTLED, regrade__made_at__lt=before, report__isnull=False
    )
    some = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return NewVerdict.objects.filter(pk__in=some).update(report=None)


CLEANERS = [
    Cleaner("regrades", "bells rung for regrades", ring_again, every=timedelta(seconds=20)),
    Cleaner("dry runs", "dry runs deleted that nobody applied", forget_dry_runs),
    Cleaner("regraded reports", "reports of regrades forgotten", forget_reports),
]
