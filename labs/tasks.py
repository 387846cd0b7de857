"""What the worker does: take the row whose turn it is, check the answer in a child process,
record what came of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from celery import shared_task
from celery.signals import task_postrun, task_prerun
from django.conf import settings
from django.db import DatabaseError, InternalError, OperationalError, connection
from django.utils import timezone

from labs import request_id
from labs.checker import check_in_child
from labs.child import Fault, TooSlow
from labs.circuit_breaker import CircuitBreaker
from labs.cleaning import clean_for
from labs.grading.errors import AnswerError, Undecided
from labs.models import Submission
from labs.quiz.from_labs import bring_back
from labs.tally import tally

logger = logging.getLogger(__name__)

bell = CircuitBreaker("broker")
AT_A_STRETCH = 1.0  # seconds: then the next message, the child's end, or the worker's
CLEANING_SECONDS = 2.0  # an answer may wait for its turn meanwhile


@shared_task(name="labs.check")  # type: ignore[untyped-decorator]
def check(pk: int) -> None:
    """`pk` waits, and maybe others, not all of whom rang (`labs/queue.py`): they are taken in
    turn, for as long as a message may take. May run twice, late, or not at all: the rows decide."""
    try:
        check_in_turn()
    except Exception:
        ring(pk, "", pause=settings.SWEEP_SECONDS)  # those who did not ring count on this one
        raise


def check_in_turn() -> None:
    until = time.monotonic() + AT_A_STRETCH
    while (submission := Submission.objects.take_next()) is not None:
        check_taken(submission)
        if submission.tries > 1 or submission.is_open:
            ring_for_next(but=ring_for_retries())
            break
        if time.monotonic() > until:
            ring_for_next()
            break


def check_taken(submission: Submission) -> None:
    began = time.perf_counter()
    with request_id.on_behalf_of(submission.request_id):
        settle(submission)
        note(submission, time.perf_counter() - began)


def ring(pk: int, request: str, *, pause: float = 0) -> bool:
    """Tell a worker that the row waits, and for which request it was handed in; after a pause of
    seconds. Never raises; False while the broker is away."""
    options: dict[str, Any] = {"headers": {"request_id": request}, "retry": False}
    if pause:
        options["countdown"] = pause
    is_taken = bell.attempt(partial(check.apply_async, args=[pk], **options))
    tally.count("publishes", "taken" if is_taken else "refused")
    return is_taken


def ring_for_retries() -> int | None:
    """Few of them are checked at once, so that a bell may have found none that it could take: the
    end of each rings for the next."""
    again = Submission.objects.filter(tries__gt=0).next_in_line(timezone.now()).first()
    if again is None:
        return None
    ring(again[1], "")
    return again[1]


def ring_for_next(*, but: int | None = None) -> None:
    """Whoever stops while others wait passes the bell on."""
    pk = Submission.objects.next_pk()
    if pk is not None and pk != but:
        ring(pk, "")


def settle(submission: Submission) -> None:
    write = verdict_on(submission)
    if written(write):
        ask_again(submission)
    elif not written(submission.put_back):
        logger.error("submission %s waits until its lease ends", submission.pk)


def ask_again(submission: Submission) -> None:
    """The verdict stands, whatever becomes of its questions."""
    try:
        bring_back(submission)
    except DatabaseError:
        logger.exception("no questions come back for submission %s", submission.pk)


def verdict_on(submission: Submission) -> Callable[[], bool]:
    """What came of the check, still to be written."""
    pk, kind, text = submission.pk, submission.lab.kind, submission.text
    try:
        checked = check_in_child(kind, submission.variant, text, seconds=submission.seconds)
    except AnswerError as error:
        return partial(submission.refuse, error)
    except Undecided as error:
        logger.warning("submission %s was not decided: %s", pk, error)
        return partial(submission.set_aside, str(error))
    except Fault as fault:
        logger.error("submission %s was not checked (try %s): %s", pk, submission.tries, fault)
        return partial(submission.hand_back, str(fault), at_once=isinstance(fault, TooSlow))
    return partial(
        submission.record,
        checked.counted,
        engine_version=checked.version,
        packed=checked.packed,
    )


def written(write: Callable[[], bool]) -> bool:
    """A connection may have been cut while the check ran, so twice. Writing twice does no harm:
    the second time the lease is gone."""
    for _attempt in range(2):
        try:
            write()
        except (OperationalError, InternalError) as error:
            logger.warning("the database does not take what was found: %s", error)
            connection.close()
        else:
            return True
    return False


def note(submission: Submission, seconds: float) -> None:
    logger.info(
        "submission %s is %s",
        submission.pk,
        submission.state,
        extra={
            "submission": submission.pk,
            "kind": submission.lab.kind,
            "state": str(submission.state),
            "ms": round(seconds * 1000, 1),
        },
    )


@shared_task(name="labs.clean")  # type: ignore[untyped-decorator]
def clean() -> None:
    clean_for(CLEANING_SECONDS)


@task_prerun.connect  # type: ignore[untyped-decorator]
def begin_for_request(task: Any, **_signal: Any) -> None:
    """What Celery itself says of the task, too, carries the request's id."""
    request_id.current.set(request_id.sane(str(task.request.get("request_id") or "")))


@task_postrun.connect  # type: ignore[untyped-decorator]
def end_for_request(**_signal: Any) -> None:
    request_id.current.set("")
