"""What a rule does, and what S3 refuses of it.

Amazon S3 User Guide: Transitioning objects using Amazon S3 Lifecycle (30 days before and in
STANDARD_IA and ONEZONE_IA); Lifecycle configuration elements (Expiration, noncurrent versions,
uploads); Amazon S3 API Reference: LifecycleExpiration, NoncurrentVersionExpiration.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from labs.grading.lifecycles.buckets.rules import ARCHIVES, CLASSES, Filter, Move, When
from labs.grading.lifecycles.fields import Fields
from labs.grading.said import say

DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(T00:00(:00(\.0{1,6})?)?(Z|\+00:00)?)?")
TARGETS = CLASSES[1:]
INFREQUENT = ("STANDARD_IA", "ONEZONE_IA")
THIRTY = 30  # days
MOST_KEPT = 100
MOST_DAYS = 36_500
DAYS = "lifecycle.days"


def read_moves(fields: Fields, key: str) -> tuple[Move, ...]:
    moves = []
    for one in fields.objects(key):
        move = read_old_move(one) if key.startswith("Non") else read_move(one)
        one.finish()
        if move:
            moves.append(move)
    check_together(fields, key, moves)
    return tuple(moves)


def read_move(fields: Fields) -> Move | None:
    when = read_when(fields, least=0)
    target = fields.choice("StorageClass", TARGETS, needed=True)
    return checked(fields, "Days", when, target, 0)


def read_old_move(fields: Fields) -> Move | None:
    days = fields.number("NoncurrentDays", least=0, most=MOST_DAYS, needed=True)
    keep = fields.number("NewerNoncurrentVersions", least=1, most=MOST_KEPT)
    target = fields.choice("StorageClass", TARGETS, needed=True)
    when = None if days is None else When(days)
    return checked(fields, "NoncurrentDays", when, target, keep or 0)


def checked(
    fields: Fields, key: str, when: When | None, target: str | None, keep: int
) -> Move | None:
    if when is None or target is None:
        return None
    if target in INFREQUENT and when.days is not None and when.days < THIRTY:
        words = say("{target} takes 30 days or more: objects stay in STANDARD so long.",
                    target=target)  # fmt: skip
        fields.refuse(DAYS, words, key)
    return Move(when, target, keep)


def read_when(fields: Fields, *, least: int) -> When | None:
    """Days or Date, one of them."""
    days = fields.number("Days", least=least, most=MOST_DAYS)
    text = fields.take("Date", str)
    if days is not None and text is not None:
        fields.refuse(DAYS, say("Take Days or Date away: only one of them may stand here."), "Date",
                      at_key=True)  # fmt: skip
        return None
    if text is not None:
        return read_date(fields, text)
    if days is None and "Days" not in fields and "Date" not in fields:
        fields.refuse("lifecycle.missing", say("Days or Date is missing here."))
    return None if days is None else When(days)


def read_date(fields: Fields, text: str) -> When | None:
    match = DATE.fullmatch(text)
    try:
        if match:
            return When(date=date(*map(int, match.groups()[:3])).toordinal())
    except ValueError:
        pass
    fields.refuse("lifecycle.date",
                  say("A Date is a midnight in UTC, as 2027-01-31T00:00:00Z."), "Date")  # fmt: skip
    return None


def check_together(fields: Fields, key: str, moves: Sequence[Move]) -> None:
    if len({move.when.days is None for move in moves}) > 1:
        fields.refuse(DAYS, say("A rule has days everywhere, or dates."), key)
        return
    for infrequent in moves:
        for later in moves:
            if too_soon(infrequent, later):
                words = say(
                    "Leave 30 days between {first} and {second} in one rule.",
                    first=infrequent.target,
                    second=later.target,
                )
                fields.refuse(DAYS, words, key)


def too_soon(first: Move, later: Move) -> bool:
    """Storage in the infrequent classes is paid for 30 days at least."""
    targets = (*ARCHIVES, "ONEZONE_IA")
    if first.target not in INFREQUENT or later.target not in targets:
        return False
    if first.target == later.target or first.when.days is None or later.when.days is None:
        return False
    if first.target == "ONEZONE_IA" and later.target not in ARCHIVES:
        return False
    return later.when.days < first.when.days + THIRTY


def read_expiration(rule: Fields, found: Filter, moves: Sequence[Move]) -> tuple[When | None, bool]:
    fields = rule.object("Expiration")
    if fields is None:
        return None, False
    clears = fields.take("ExpiredObjectDeleteMarker", bool)
    others = [key for key in ("Days", "Date") if key in fields]
    if clears is not None:
        check_markers(fields, found, others)
    when = None if clears is not None and not others else read_when(fields, least=1)
    fields.finish()
    if when:
        check_after(fields, "Days", when, moves)
    return when, bool(clears)


def check_markers(fields: Fields, found: Filter, others: Sequence[str]) -> None:
    code, key = "lifecycle.marker", "ExpiredObjectDeleteMarker"
    if others:
        words = say("Put ExpiredObjectDeleteMarker into a rule of its own, without Days or Date.")
        fields.refuse(code, words, key, at_key=True)
    if found.tags or found.has_sizes:
        words = say("A filter by tags or sizes cannot be here: a delete marker has neither.")
        fields.refuse(code, words, key, at_key=True)


def check_after(fields: Fields, key: str, when: When, moves: Sequence[Move]) -> None:
    times = [one.when for one in moves]
    if any((when.days is None) != (one.days is None) for one in times):
        fields.refuse(DAYS, say("A rule has days everywhere, or dates."))
        return
    latest = max(map(number_of, times), default=-1)
    if number_of(when) <= latest:
        words = say(
            "Let objects expire later than they move: {latest} is not before it.",
            latest=latest if when.days else date.fromordinal(latest).isoformat(),
        )
        fields.refuse(DAYS, words, key)


def number_of(when: When) -> int:
    return when.days or when.date or 0


def read_old_expiration(rule: Fields, moves: Sequence[Move]) -> tuple[When | None, int]:
    fields = rule.object("NoncurrentVersionExpiration")
    if fields is None:
        return None, 0
    days = fields.number("NoncurrentDays", least=1, most=MOST_DAYS, needed=True)
    keep = fields.number("NewerNoncurrentVersions", least=1, most=MOST_KEPT)
    fields.finish()
    if days is None:
        return None, 0
    check_after(fields, "NoncurrentDays", When(days), moves)
    return When(days), keep or 0


def read_aborts(rule: Fields, found: Filter) -> int | None:
    fields = rule.object("AbortIncompleteMultipartUpload")
    if fields is None:
        return None
    days = fields.number("DaysAfterInitiation", least=1, most=MOST_DAYS, needed=True)
    fields.finish()
    if found.tags or found.has_sizes:
        words = say("A filter by tags or sizes cannot be here: an upload has neither yet.")
        fields.refuse("lifecycle.marker", words)
    return days
