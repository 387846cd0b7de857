"""Handing in, ringing the worker's bell, and sending again what was lost on the way."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from labs import request_id
from labs.models import State, Submission, Variant
from labs.models.submissions import NEW_SUBMISSIONS
from labs.models.turns import NO_LEASE, tell
from labs.tasks import bell as bell
from labs.tasks import ring
from labs.waiting import line
from lessons.people import User

ENOUGH_RANG = 16  # more than a worker has children that could all be about to stop
AT_ONCE = 200  # rows that one sweep sends again
WORN_OUT = "the worker left while checking, each time"


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did. `answered` is False when the broker refused a message."""

    faulted: int
    freed: int
    sent: int
    answered: bool


def key_of(form: uuid.UUID, text: str) -> uuid.UUID:
    """A form and its text together name a submission."""
    return uuid.uuid5(form, text)


def enqueue(user: User, variant: Variant, *, text: str, key: uuid.UUID) -> Submission:
    """The row of this answer. The same form sent twice finds the row it made;
    another text makes another."""
    mine = {"user_id": user.pk, "key": key_of(key, text)}
    try:
        with transaction.atomic():
            submission = Submission(
                **mine,
                lab_id=variant.lab_id,
                variant=variant,
                crowd=user.crowd(variant.lab.course_id),
                text=text,
                next_publish=next_send(timezone.now(), publishes=0),
                publishes=1,
                request_id=request_id.current.get(),
            )
            NEW_SUBMISSIONS.run(submission)
    except IntegrityError:
        return Submission.objects.get(**mine)
    transaction.on_commit(partial(publish_new, submission), robust=True)
    return submission


def publish_new(submission: Submission) -> None:
    """Behind many who wait nobody rings: whoever checks one of them looks for the next, and was
    not there yet when this row was committed. Only those before count: of many who hand in at the
    same moment, and all see each other, the first must ring."""
    submission.line = line()
    before = takewhile(lambda one: one.pk != submission.pk, submission.line)
    if sum(one.is_new for one in before) < ENOUGH_RANG:
        publish(submission.pk, submission.request_id)


def publish(pk: int, request: str) -> bool:
    """Tell a worker about the row, and for which request it was handed in. Never raises; when the
    broker is away, the sweeper tells it later."""
    if ring(pk, request):
        return True
    Submission.objects.filter(pk=pk, state=State.QUEUED).update(next_publish=timezone.now())
    return False


def next_send(now: datetime, *, publishes: int) -> datetime:
    """When to send again what was not begun: later each time,
    or waiting rows would flood the broker."""
    return now + timedelta(seconds=settings.REQUEUE_SECONDS * 2 ** min(publishes, 4))


def sweep() -> Swept:
    """Give up what used up its tries, free what its worker left, send what is due.
    Any number may run at once."""
    now = timezone.now()
    faulted = give_up(now)
    freed = Submission.objects.abandoned(now).update(
        state=State.QUEUED, next_publish=now, **NO_LEASE
    )
    sent, answered = send_due(now)
    return Swept(faulted=faulted, freed=freed, sent=sent, answered=answered)


def give_up(now: datetime) -> int:
    worn_out = Submission.objects.worn_out()
    stuck = worn_out.abandoned(now) | worn_out.filter(state=State.QUEUED)
    count = 0
    for pk in list(stuck.values_list("pk", flat=True)[:AT_ONCE]):
        changes = {"state": State.FAULTED, "finished_at": now, "fault": WORN_OUT}
        if stuck.filter(pk=pk).update(**changes, **NO_LEASE):
            tell(pk, State.FAULTED)
            count += 1
    return count


def send_due(now: datetime) -> tuple[int, bool]:
    sent = 0
    for pk, due_at, publishes, request in Submission.objects.due(now).values_list(
        "pk", "next_publish", "publishes", "request_id"
    )[:AT_ONCE]:
        mine = Submission.objects.filter(pk=pk, state=State.QUEUED, next_publish=due_at)
        if mine.update(next_publish=next_send(now, publishes=publishes), publishes=publishes + 1):
            if not publish(pk, request):
                return sent, False
            sent += 1
    return sent, True
