"""The words of filters: operators, and the fields that every event of EventBridge has."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (
    Slot("key", r"(^|/)anything-but$", ("excluded",)),
    Slot("key", r".", ("operators", "or")),
    Slot("key", "", ("envelope", "or")),
    Slot("value", r"(^|/)numeric$", ("signs",)),
)
LISTS: Words = {
    "operators": (
        ("prefix", say("begins with")),
        ("suffix", say("ends with")),
        ("equals-ignore-case", say("capitals do not count")),
        ("anything-but", say("is there, and is none of these")),
        ("numeric", '[">", 0, "<=", 5]'),
        ("exists", say("true or false")),
        ("cidr", "10.0.0.0/24"),
        ("wildcard", say("* stands for any characters")),
    ),
    "excluded": [
        (one, "") for one in ("prefix", "suffix", "equals-ignore-case", "wildcard")
    ],
    "or": (("$or", say("one of these groups is enough")),),
    "envelope": [
        (one, "")
        for one in ("source", "detail-type", "detail", "account", "region", "resources")
    ],
    "signs": [(one, "") for one in ("=", "<", "<=", ">", ">=")],
}  # fmt: skip


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else LISTS
