"""What labs lets go: what an old verdict showed beyond its checks, and what people typed who have
not been here for long. Answers, grades and scores stay."""

from __future__ import annotations

import logging
from datetime import datetime
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from labs.cleaning import AT_ONCE, Cleaner, older_than
from labs.models import Chore, Draft, Grade, KeptText, Submission
from lessons.models import Completion, Margin, Place

logger = logging.getLogger(__name__)

REPORTS_AT_ONCE = 50  # some milliseconds each, to be read and packed anew

# By what one sees that somebody was here, besides their last sign-in.
SIGNS: dict[Any, str] = {
    Submission: "created_at",
    Draft: "saved_at",
    KeptText: "kept_at",
    Completion: "completed_at",
    Place: "seen_at",
    Margin: "saved_at",
}


def abridge_reports(chore: Chore) -> int:
    """Grades come in the order of their keys: what was done yesterday is not looked at again."""
    before = older_than(settings.KEEP_REPORTS_DAYS)
    keys = old_grades(chore.mark, before) if before else []
    if keys:
        with transaction.atomic():
            for grade in Grade.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
                abridge(grade)
        chore.move_on(keys[-1])
    return len(keys)


def old_grades(after: int, before: datetime) -> list[int]:
    rows = Grade.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "created_at")
    return [pk for pk, at in takewhile(lambda row: row[1] < before, rows[:REPORTS_AT_ONCE])]


def abridge(grade: Grade) -> None:
    try:
        report = grade.read_report().abridge()
    except (TypeError, KeyError, ValueError):  # no reader understands it, and no page shows it
        logger.warning("the report of grade %s cannot be read and stays as it is", grade.pk)
        return
    Grade.objects.filter(pk=grade.pk).update(report=report.as_json(), unpacked_report={})


def forget_texts(_chore: Chore) -> int:
    """Drafts and kept texts of some people at a time."""
    before = older_than(settings.KEEP_TEXTS_DAYS)
    people = list(away_since(before)[:AT_ONCE]) if before else []
    for person in people:  # who comes back at this moment keeps what they type
        with transaction.atomic():
            Draft.objects.filter(user=person, saved_at__lt=before).delete()
            KeptText.objects.filter(user=person, kept_at__lt=before).delete()
    return len(people)


def away_since(moment: datetime) -> QuerySet[Any]:
    """Keys of those who left a text behind and have not been here since."""
    found = get_user_model().objects.filter(
        Q(last_login__lt=moment) | Q(last_login=None), date_joined__lt=moment
    )
    for model, when in SIGNS.items():
        later = model.objects.filter(user=OuterRef("pk"), **{f"{when}__gte": moment})
        found = found.exclude(Exists(later))
    texts = (model.objects.filter(user=OuterRef("pk")) for model in (Draft, KeptText))
    first, second = (Exists(rows) for rows in texts)
    return found.filter(first | second).order_by("pk").values_list("pk", flat=True)


CLEANERS = [
    Cleaner("reports", "verdicts abridged", abridge_reports),
    Cleaner("texts", "people's drafts and kept texts deleted", forget_texts),
]
