"""What the worker does: load the row, check the answer in a child process,
record what came of it."""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import shared_task
from celery.signals import task_postrun, task_prerun

from labs import request_id
from labs.checker import check_in_child
from labs.child import Fault
from labs.cleaning import clean_for
from labs.grading.errors import AnswerError, Undecided
from labs.models import Submission

logger = logging.getLogger(__name__)

CLEANING_SECONDS = 2.0  # an answer may wait for its turn meanwhile


@shared_task(name="labs.check")  # type: ignore[untyped-decorator]
def check(pk: int) -> None:
    """May run twice, late, or not at all: the row decides."""
    submission = Submission.objects.claim(pk)
    if submission is not None:
        began = time.perf_counter()
        with request_id.on_behalf_of(submission.request_id):
            settle(submission)
            note(submission, time.perf_counter() - began)


def settle(submission: Submission) -> None:
    pk = submission.pk
    try:
        report, version = check_in_child(submission.lab.kind, submission.variant, submission.text)
    except AnswerError as error:
        submission.refuse(error)
    except Undecided as error:
        logger.warning("submission %s was not decided: %s", pk, error)
        submission.set_aside(str(error))
    except Fault as fault:
        logger.error("submission %s was not checked (try %s): %s", pk, submission.tries, fault)
        submission.hand_back(str(fault))
    else:
        submission.record(report, engine_version=version)


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
