"""The queue, which is the table of submissions: what waits, whose turn it is, and taking it.

The bell says only that somebody waits; a worker that hears it takes the row whose turn it is. The
crowds (those who learn together) take turns, and so do the learners of a crowd: whoever was served
longest ago is next. Two hundred who hand in at once, or one with four answers, wait for each other
and not in front of everybody else. Nobody waits for ever, because everybody else has one turn at
most before theirs.

What was tried before may burn its time again. It comes last, and few such rows are checked at once,
so that there is always a worker for the others. Once it has `AGED` it has turns like any other.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self, TypeVar, cast

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Exists, F, Min, OrderBy, OuterRef, Q, Subquery, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.live import announce
from lessons.compiled import Compiled, CompiledUpdate
from lessons.statements import SOME_TIME

Row = TypeVar("Row", bound=models.Model)
Heads = models.QuerySet[Any, tuple[int, int]]
AGED = timedelta(seconds=60)
ATTEMPTS = 20  # as many workers may reach for the same row at the same moment


class State(models.TextChoices):
    QUEUED = "queued", _("Queued")
    CHECKING = "checking", _("Checking")
    GRADED = "graded", _("Graded")
    FAULTED = "faulted", _("Could not be checked")


OPEN = (State.QUEUED, State.CHECKING)
NO_LEASE: dict[str, object] = {"lease_token": None, "lease_until": None}


def tell(pk: int, state: str) -> None:
    """Whoever waits hears of it once it is true."""
    transaction.on_commit(partial(announce, pk, state), robust=True)


def longest_pause() -> timedelta:
    """No row is left alone for longer."""
    longest = max(settings.REQUEUE_SECONDS * 2**4, settings.SWEEP_SECONDS * 2**settings.CHECK_TRIES)
    return timedelta(seconds=2 * longest)


class QueueQuerySet(models.QuerySet[Row]):
    def everybody(self) -> Self:
        """All rows, whatever this set was narrowed to."""
        return type(self)(self.model, using=self.db)

    def open(self) -> Self:
        """Nothing that is open is finished; said so, SQLite too finds these rows by an index."""
        return self.filter(state__in=OPEN, finished_at__isnull=True)

    def abandoned(self, now: datetime) -> Self:
        """Being checked by somebody whose lease has run out, or was given by a clock that was
        wrong: no lease is longer than ours."""
        beyond = now + 2 * timedelta(seconds=settings.LEASE_SECONDS)
        expired = Q(lease_until__lt=now) | Q(lease_until__gt=beyond)
        return self.filter(expired, state=State.CHECKING)

    def worn_out(self) -> Self:
        return self.filter(tries__gte=settings.CHECK_TRIES)

    def due(self, now: datetime) -> Self:
        """Queued, and the message about it must be lost by now. What failed before comes last:
        it may fail again."""
        beyond = now + longest_pause()  # a clock was wrong when this was written
        due = Q(next_publish__lte=now) | Q(next_publish__gt=beyond)
        return self.filter(due, state=State.QUEUED).order_by("tries", "created_at")

    def next_in_line(self, now: datetime) -> Heads:
        """Of those that may be checked now the first of each learner, the next one first: its key,
        and before it whether it failed before. When somebody was served last is looked up once for
        each who waits, and not once for each answer that does."""
        waiting = self.filter(state=State.QUEUED, tries__lt=settings.CHECK_TRIES)
        # Handed or put back, and its pause is not over: nobody was told of it yet.
        told = Q(publishes__gt=0) | Q(next_publish__lte=now)
        failed = Case(When(tries__gt=0, created_at__gt=now - AGED, then=1), default=0)
        found = waiting.filter(told, self.may_be_tried(now)).annotate(failed=failed)
        learners = found.order_by().values("failed", "crowd", "user")
        heads = learners.annotate(came=Min("created_at"), head=Min("pk")).order_by(*self.turns(now))
        # PostgreSQL knows again what it groups by where that is selected, too
        return cast("Heads", heads.values_list("failed", "head"))

    def may_be_tried(self, now: datetime) -> Combinable:
        """For the first time; or again, unless enough such rows are being checked."""
        at_least = settings.RETRIES_AT_ONCE - 1
        enough = self.everybody().being_retried(now).order_by()[at_least : at_least + 1]
        return Q(tries=0) | ~Exists(enough)

    def being_retried(self, now: datetime) -> Self:
        return self.filter(state=State.CHECKING, tries__gt=1, lease_until__gte=now)

    def turns(self, now: datetime) -> list[OrderBy | Case | str]:
        """What failed before comes last, then those of whom one answer is being checked, then by
        who was served last."""
        served = self.everybody().filter(state=State.CHECKING).values("user")
        return [
            "failed",
            Case(When(user__in=served, then=1), default=0),
            self.last_claim_of("crowd", now).asc(nulls_first=True),
            self.last_claim_of("user", now).asc(nulls_first=True),
            "came",
            "head",
        ]

    def last_claim_of(self, whom: str, now: datetime) -> Subquery:
        claimed = self.everybody().filter(claimed_at__lte=now)
        own = claimed.filter(**{whom: OuterRef(whom)}).order_by("-claimed_at")
        return Subquery(own.values("claimed_at")[:1])

    def free(self, now: datetime) -> Self:
        """Those that a worker may take."""
        free = Q(state=State.QUEUED) | Q(state=State.CHECKING, lease_until__lt=now)
        return self.filter(free, self.may_be_tried(now), tries__lt=settings.CHECK_TRIES)

    def take_next(self) -> Row | None:
        """The row whose turn it is, for checking; None when nobody waits. Another worker may take
        it first: then it is somebody else's turn. Of all rows, as `claim` is."""
        for _attempt in range(ATTEMPTS):
            pk = self.next_pk()
            if pk is None:
                return None
            if taken := self.claim(pk):
                return taken
        return None

    def next_pk(self) -> int | None:
        """Whose turn it is."""
        now = timezone.now()
        found = NEXT.first(now=now, aged=now - AGED)
        return found[1] if found else None

    def claim(self, pk: int) -> Row | None:
        """Take the row for checking; None when it is done, or in somebody else's hands."""
        now, token = timezone.now(), uuid.uuid4()
        until = now + timedelta(seconds=settings.LEASE_SECONDS)
        if not CLAIM.run(pk=pk, now=now, token=token, until=until):
            return None
        tell(pk, State.CHECKING)
        return CLAIMED.first(pk=pk, token=token)

    def check_again(self) -> int:
        """Queue anew what faulted (unreadable answers stay so); the next sweep sends it."""
        faulted = self.filter(state=State.FAULTED, unreadable__isnull=True)
        changes: dict[str, Any] = {"tries": 0, "publishes": 0, "finished_at": None}
        return faulted.update(state=State.QUEUED, next_publish=timezone.now(), **changes)


# --- What a worker asks for each answer -----------------------------------------------------------


def everything() -> QueueQuerySet[Any]:
    rows: QueueQuerySet[Any] = apps.get_model("labs", "Submission").objects.all()
    return rows


NEXT = Compiled(
    lambda now, **_rest: everything().next_in_line(now)[:1],
    now=SOME_TIME,
    aged=SOME_TIME - AGED,
)
CLAIM = CompiledUpdate(
    lambda pk, now, token, until: (
        everything().free(now).filter(pk=pk),
        {
            "state": State.CHECKING,
            "tries": F("tries") + 1,
            "claimed_at": now,
            "lease_token": token,
            "lease_until": until,
        },
    ),
    pk=-1,
    now=SOME_TIME,
    token=uuid.UUID(int=1),
    until=SOME_TIME + AGED,
)
CLAIMED = Compiled(
    lambda pk, token: (
        everything().filter(pk=pk, lease_token=token).select_related("variant", "lab__course")
    ),
    pk=-1,
    token=uuid.UUID(int=1),
)
