"""The words of placements: zones, roles, and what is said of a volume."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (Slot("text", "", ("zones", "words"), asked=True),)
ZONES = ("eu-west-2a", "eu-west-2b", "eu-west-2c")
WORDS = (
    ("primary", say("where the database runs")),
    ("standby", say("what takes over")),
    ("enabled", say("a zone of a load balancer")),
    ("zone", say("where a volume is created")),
    ("attached", say("the instance that uses a volume")),
    ("from", say("the snapshot that a volume is made from")),
    ("of", say("the volume that a snapshot is made of")),
)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else {"zones": [(zone, "") for zone in ZONES], "words": WORDS}
