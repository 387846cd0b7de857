"""Time zones that scheduled actions may name, with their summer time.

No file is opened for a name that somebody typed: these zones and their rules are all there is. The
rules are those of the IANA time zone database, as they have held since 2007
(`tests/labs/grading/scaling/group/test_zones.py` compares them with it).
"""

from __future__ import annotations

from calendar import monthcalendar
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

HOUR = timedelta(hours=1)
NONE = timedelta(0)


@cache
def sunday(year: int, month: int, number: int) -> datetime:
    """Midnight of the month's Sunday of that number; -1 is the last."""
    days = [week[6] for week in monthcalendar(year, month) if week[6]]
    return datetime(year, month, days[number])


def european(moment: datetime, offset: timedelta) -> bool:
    """From 1:00 UTC of March's last Sunday to 1:00 UTC of October's."""
    first, last = (sunday(moment.year, month, -1) + HOUR for month in (3, 10))
    return first <= moment < last


def american(moment: datetime, offset: timedelta) -> bool:
    """From 2:00 of March's second Sunday to 2:00 (in summer time) of November's first."""
    first = sunday(moment.year, 3, 1) + 2 * HOUR - offset
    last = sunday(moment.year, 11, 0) + HOUR - offset
    return first <= moment < last


def never(moment: datetime, offset: timedelta) -> bool:
    return False


Summer = Callable[[datetime, timedelta], bool]
ZONES: dict[str, tuple[float, Summer]] = {
    "UTC": (0, never),
    "Etc/UTC": (0, never),
    "Etc/GMT": (0, never),
    "GMT": (0, never),
    "Europe/London": (0, european),
    "Europe/Dublin": (0, european),
    "Europe/Lisbon": (0, european),
    "Europe/Berlin": (1, european),
    "Europe/Paris": (1, european),
    "Europe/Madrid": (1, european),
    "Europe/Rome": (1, european),
    "Europe/Vienna": (1, european),
    "Europe/Zurich": (1, european),
    "Europe/Amsterdam": (1, european),
    "Europe/Stockholm": (1, european),
    "Europe/Warsaw": (1, european),
    "Europe/Athens": (2, european),
    "Europe/Helsinki": (2, european),
    "America/New_York": (-5, american),
    "America/Chicago": (-6, american),
    "America/Denver": (-7, american),
    "America/Los_Angeles": (-8, american),
    "Asia/Kolkata": (5.5, never),
    "Asia/Singapore": (8, never),
    "Asia/Tokyo": (9, never),
    "Africa/Lagos": (1, never),
    "Africa/Nairobi": (3, never),
}


def local_time(moment: datetime, zone: str) -> datetime:
    """What a clock of one of the ZONES shows at this moment of UTC (both without tzinfo)."""
    hours, in_summer = ZONES[zone]
    offset = timedelta(hours=hours)
    return moment + offset + (HOUR if in_summer(moment, offset) else NONE)
