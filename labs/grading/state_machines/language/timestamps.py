"""Time stamps: the profile of ISO 8601 in RFC 3339, with a capital T between date and time, and a
capital Z or an offset. Source: Amazon States Language, "Timestamps"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from labs.grading.state_machines.language.values import Json

FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def read_timestamp(value: Json) -> datetime | None:
    """None where it is no time stamp."""
    if not isinstance(value, str) or len(value) > 40 or not FORM.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def seconds_between(start: datetime, end: datetime) -> float:
    return (end - start) / timedelta(seconds=1)


def at_second(start: datetime, second: float) -> str:
    """The time stamp so many seconds after the start."""
    try:
        moment = start + timedelta(seconds=second)
    except OverflowError:
        moment = datetime.max.replace(tzinfo=UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
