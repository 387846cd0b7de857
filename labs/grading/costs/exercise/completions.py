"""The words of amounts: their units."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (Slot("text", "", ("units",), asked=True),)
UNITS = (
    ("$/month", say("dollars a month")),
    ("$/year", say("dollars a year")),
    ("$/hour", say("dollars an hour")),
    ("GB-seconds", say("memory multiplied by time")),
    ("GB-months", say("storage multiplied by time")),
    ("hours", ""),
)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else {"units": UNITS}
