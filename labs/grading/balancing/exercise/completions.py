"""The words of listener rules."""

from __future__ import annotations

from labs.grading.balancing.rules.conditions import CONFIGS
from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (
    Slot("key", r"RedirectConfig$", ("redirect",)),
    Slot("key", r"FixedResponseConfig$", ("fixed",)),
    Slot("key", r"(ForwardConfig|TargetGroups|TargetGroupStickinessConfig)$", ("forward",)),
    Slot("key", r"QueryStringConfig/Values$", ("pair",)),
    Slot("key", r"HttpHeaderConfig$", ("header",)),
    Slot("key", r"Config$", ("values",)),
    Slot("key", r"(^|/)Conditions$", ("condition",)),
    Slot("key", r"(^|/)Actions$", ("action",)),
    Slot("key", "", ("rule",)),
    Slot("value", r"(^|/)Field$", ("fields",)),
    Slot("value", r"(^|/)Type$", ("types",)),
    Slot("value", r"RedirectConfig/StatusCode$", ("codes",)),
    Slot("value", r"RedirectConfig/\w+$", ("keywords",)),
    Slot("value", r"HttpRequestMethodConfig/Values$", ("methods",)),
)
LISTS = {
    "rule": ("Priority", "Conditions", "Actions"),
    "condition": ("Field", *CONFIGS.values()),
    "action": ("Type", "ForwardConfig", "RedirectConfig", "FixedResponseConfig", "TargetGroupArn"),
    "redirect": ("Protocol", "Host", "Port", "Path", "Query", "StatusCode"),
    "fixed": ("StatusCode", "ContentType", "MessageBody"),
    "forward": (
        "TargetGroups",
        "TargetGroupArn",
        "Weight",
        "TargetGroupStickinessConfig",
        "Enabled",
        "DurationSeconds",
    ),
    "pair": ("Key", "Value"),
    "header": ("HttpHeaderName", "Values"),
    "values": ("Values",),
    "fields": tuple(CONFIGS),
    "types": ("forward", "redirect", "fixed-response"),
    "methods": ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
}
CODES = (("HTTP_301", say("for good")), ("HTTP_302", say("for now")))
KEYWORDS = (
    ("#{protocol}", say("as it came")),
    ("#{host}", say("as it came")),
    ("#{port}", say("as it came")),
    ("/#{path}", say("as it came")),
    ("#{query}", say("as it came")),
    ("HTTPS", ""),
    ("443", ""),
)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    if topic:
        return {}
    plain = {name: [(word, "") for word in found] for name, found in LISTS.items()}
    return {**plain, "codes": CODES, "keywords": KEYWORDS}
