"""The second part of a dry run: each text is checked once, as an answer would be, by a process with
limits; and each answer learns what it would gain or lose."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import transaction

from labs.checker import check_in_child
from labs.child import Fault
from labs.grading.errors import AnswerError, Undecided
from labs.models import Submission
from labs.rules import rule_of
from portal.regrades.models import NewVerdict, Regrade, RegradedAnswer, Stage
from portal.regrades.models.answers import effect_of
from portal.regrades.models.verdicts import Found

logger = logging.getLogger(__name__)

AT_ONCE = 20
UNIT_SECONDS = 0.05  # then whoever waits for a verdict comes first
WORN_OUT = "the worker left while checking, each time"

Note = Callable[[], bool]


def judge_some(regrade: Regrade) -> bool:
    """False once all texts are judged."""
    waiting = NewVerdict.objects.filter(regrade=regrade, found=Found.WAITING)
    rows = list(waiting.order_by("tries", "pk").select_related("variant")[:AT_ONCE])
    if not rows:
        regrade.move(Stage.JUDGING, to=Stage.READY)
        return False
    until = time.monotonic() + UNIT_SECONDS
    notes: dict[NewVerdict, Note] = {}
    for verdict in rows:
        notes[verdict] = judge(regrade, verdict)
        if time.monotonic() > until:
            break
    with transaction.atomic():
        note_all(notes)
    return True


def judge(regrade: Regrade, verdict: NewVerdict) -> Note:
    """What came of it, still to be written."""
    if verdict.tries >= settings.CHECK_TRIES:
        return partial(verdict.give_up, WORN_OUT)
    verdict.note_try()
    kind, variant = regrade.lab.kind, verdict.variant
    text = Submission.objects.filter(pk__in=verdict.answers.values("submission")[:1]).values_list(
        "text", flat=True
    )
    try:
        checked = check_in_child(kind, variant, text.get(), seconds=settings.CHECK_SECONDS)
    except (AnswerError, Undecided, Fault, Submission.DoesNotExist) as error:
        logger.warning("text %s of a regrade was not checked: %s", verdict.pk, error)
        return partial(verdict.give_up, str(error) or type(error).__name__)
    columns = {"engine_version": checked.version, "rule": rule_of(kind, variant)}
    columns["content_hash"] = regrade.lab.content_hash
    return partial(verdict.note, checked.counted, checked.packed, **columns)


def note_all(notes: dict[NewVerdict, Note]) -> None:
    noted = {verdict.pk: verdict for verdict, note in notes.items() if note()}
    answers = RegradedAnswer.objects.filter(verdict__in=noted).select_related("seen")
    by_effect = defaultdict(list)
    for answer in answers.defer("seen__report", "seen__unpacked_report"):
        by_effect[effect_of(answer.seen, noted[answer.verdict_id])].append(answer.pk)
    for effect, keys in by_effect.items():
        RegradedAnswer.objects.filter(pk__in=keys).update(effect=effect)
