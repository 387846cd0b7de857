"""The words of a target group."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.health.settings.answers import KNOWN
from labs.grading.health.settings.model import (
    APP_NAME,
    APP_SECONDS,
    DELAY,
    LB_SECONDS,
    STICKY,
    STICKY_TYPE,
)
from labs.grading.said import say

SLOTS = (
    Slot("key", r"(^|/)Attributes$", ("attribute",)),
    Slot("key", r"(^|/)Matcher$", ("matcher",)),
    Slot("key", r"^(TargetGroups)?$", ("group",)),
    Slot("value", r"(^|/)Attributes/Key$", ("keys",)),
    Slot("value", r"(^|/)Matcher/HttpCode$", ("codes",)),
)
LISTS: Words = {
    "group": [(key, "") for key in KNOWN],
    "attribute": [("Key", ""), ("Value", "")],
    "matcher": [("HttpCode", "")],
    "keys": (
        (DELAY, say("seconds, 0 to 3600")),
        (STICKY, say("true or false")),
        (STICKY_TYPE, "lb_cookie, app_cookie"),
        (LB_SECONDS, say("seconds, up to 7 days")),
        (APP_SECONDS, say("seconds, up to 7 days")),
        (APP_NAME, say("a cookie of the application's own")),
    ),
    "codes": (
        ("200", say("this code")),
        ("200,204", say("one of these")),
        ("200-299", say("a range")),
    ),
}


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else LISTS
