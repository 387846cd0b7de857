"""Where an answer that waits stands, in words; nothing of it while few wait.

Crowds and learners take turns (`labs/models/turns.py`), so what counts is not how many handed in
before, but how many have their turn before. It is an estimate, and said as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labs.models import State, Submission
from lessons.compiled import Compiled

FEW = 5  # their turn comes within seconds
MANY = 200  # beyond this no number is said
LOOKED_AT = 1000
LOOKED_BACK = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One answer that waits: whose it is, and with whom they take turns."""

    pk: int
    crowd: int
    user: int
    state: str = State.QUEUED
    tries: int = 0
    publishes: int = 1

    @property
    def is_new(self) -> bool:
        """Nothing keeps a worker from taking it: nobody has it, and nobody gave it back."""
        return self.state == State.QUEUED and not self.tries and self.publishes > 0


def words_for_waiting(submission: Submission) -> str:
    number = number_in_line(submission)
    if number <= FEW:
        return _("It is checked in a moment.")
    if number > MANY:
        return _("Many are handing in: more than %(count)d come before yours.") % {"count": MANY}
    words = _("Many are handing in: yours is number %(number)d.") % {"number": number}
    return f"{words} {words_for_time(number)}".strip()


def number_in_line(submission: Submission) -> int:
    return turns_before(submission.pk, submission.line or line()) + 1


def line() -> list[Waiting]:
    """All who wait, in the order in which they handed in. One query."""
    return [Waiting(*row) for row in LINE.rows()]


LINE = Compiled(
    lambda: (
        Submission.objects.open()
        .order_by("created_at", "pk")
        .values_list("pk", "crowd", "user", "state", "tries", "publishes")[:LOOKED_AT]
    )
)


def turns_before(pk: int, waiting: Sequence[Waiting]) -> int:
    """`waiting` are in the order in which they were handed in. Whoever is not among them comes
    after them all."""
    mine = next((row for row in waiting if row.pk == pk), None)
    if mine is None:
        return len(waiting)
    own = sum(row.user == mine.user for row in waiting[: waiting.index(mine)])
    crowd = [row.user for row in waiting if row.crowd == mine.crowd]
    in_crowd = own + turns_of_others(mine.user, crowd, turn=own)
    crowds = [row.crowd for row in waiting]
    return in_crowd + turns_of_others(mine.crowd, crowds, turn=in_crowd)


def turns_of_others(mine: int, owners: Sequence[int], *, turn: int) -> int:
    """How many turns others have before mine, which is my own number `turn`: as many each, if they
    have as many, and one more of those who came before me at first."""
    counts = Counter(owners)  # in the order in which each came
    ahead = list(counts)[: list(counts).index(mine)]
    return sum(
        min(count, turn + (other in ahead)) for other, count in counts.items() if other != mine
    )


def words_for_time(number: int) -> str:
    """From how many were done within the last minute; "" where there is nothing to go by."""
    now = timezone.now()
    done = Submission.objects.filter(finished_at__gt=now - LOOKED_BACK).count()
    if not done:
        return ""
    minutes = round(number / done * seconds_of_the_rush() / 60)
    if not minutes:
        return _("That is less than a minute.")
    words = ngettext("That is about one minute.", "That is about %(minutes)d minutes.", minutes)
    return words % {"minutes": minutes}


def seconds_of_the_rush() -> float:
    """Since the oldest that waits was handed in: before that, there was less to do than could be
    done. At least some seconds, and a minute at most."""
    oldest = Submission.objects.open().order_by("created_at").values_list("created_at").first()
    if oldest is None:
        return LOOKED_BACK.total_seconds()
    age = (timezone.now() - oldest[0]).total_seconds()
    return min(max(age, 5.0), LOOKED_BACK.total_seconds())
