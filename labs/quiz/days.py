"""What a day is to a learner: in the time zone that they chose, else in the portal's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from lessons.people import User


def zone_of(user: User) -> tzinfo:
    try:
        return ZoneInfo(user.time_zone) if user.time_zone else timezone.get_default_timezone()
    except (ZoneInfoNotFoundError, ValueError):  # no longer known to this machine
        return timezone.get_default_timezone()


def today_of(user: User) -> date:
    return timezone.now().astimezone(zone_of(user)).date()


def begin_of(day: date, user: User) -> datetime:
    return datetime.combine(day, time(), zone_of(user))


def end_of_today(user: User) -> datetime:
    """When their tomorrow begins."""
    return begin_of(today_of(user) + timedelta(days=1), user)
