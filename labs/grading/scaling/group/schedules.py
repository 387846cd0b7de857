"""Scheduled actions as `put-scheduled-update-group-action` takes them.

Source: EC2 Auto Scaling API Reference, PutScheduledUpdateGroupAction; User Guide, "Scheduled
scaling".
"""

from __future__ import annotations

import re
from datetime import datetime

from labs.grading.said import say
from labs.grading.scaling.group.cron import Cron, read_cron
from labs.grading.scaling.group.fields import Fields
from labs.grading.scaling.group.model import ScheduledAction, Sizes
from labs.grading.scaling.group.zones import ZONES

LARGEST = 500  # instances, of a group of the model
MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(Z|[+]00:00)?")
IGNORED = ("AutoScalingGroupName", "AutoScalingGroupARN", "ScheduledActionARN", "Time")


def read_action(fields: Fields) -> ScheduledAction:
    name = fields.text("ScheduledActionName")
    sizes = Sizes(
        fields.optional_number("MinSize", most=LARGEST),
        fields.optional_number("MaxSize", most=LARGEST),
        fields.optional_number("DesiredCapacity", most=LARGEST),
    )
    if sizes == Sizes(None, None, None):
        raise fields.error(say("A scheduled action sets MinSize, MaxSize or DesiredCapacity."))
    cron, zone = read_recurrence(fields), read_zone(fields)
    start, end = read_moment(fields, "StartTime"), read_moment(fields, "EndTime")
    if cron is None and start is None:
        raise fields.error(say("A scheduled action needs Recurrence or StartTime."))
    fields.finish(IGNORED)
    return ScheduledAction(name, sizes, cron, zone, start, end, fields.path)


def read_recurrence(fields: Fields) -> Cron | None:
    if not fields.has("Recurrence"):
        return None
    try:
        return read_cron(fields.text("Recurrence"))
    except ValueError as error:
        raise fields.error(error.args[0], "Recurrence") from None


def read_zone(fields: Fields) -> str:
    zone = fields.text("TimeZone", "Etc/UTC")
    if zone not in ZONES:
        words = say(
            "The model knows no time zone “{zone}”; it knows Etc/UTC, Europe/London, "
            "Europe/Berlin, America/New_York and some more.",
            zone=zone[:60],
        )
        raise fields.error(words, "TimeZone")
    return zone


def read_moment(fields: Fields, key: str) -> datetime | None:
    """In UTC, whatever the time zone."""
    if not fields.has(key):
        return None
    found = MOMENT.fullmatch(fields.text(key))
    try:
        if found is not None:
            return datetime.fromisoformat(found[1])
    except ValueError:
        pass
    words = say("{key} is a moment of UTC, such as 2026-11-27T16:55:00Z.", key=key)
    raise fields.error(words, key)
