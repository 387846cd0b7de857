"""The words of names taken apart: the parts, and those values that are chosen from a few."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.names.exercise.topics import TOPICS
from labs.grading.said import say

SLOTS = (Slot("text", "", ("parts", "values"), asked=True),)
VALUES = (
    ("none", say("there is no such part")),
    ("general", say("general purpose")),
    ("compute", say("for computing")),
    ("memory", say("for much memory")),
    ("storage", say("for storage")),
    ("accelerated", say("with graphics processors or the like")),
    ("region", say("a Region")),
    ("zone", say("an Availability Zone")),
    ("neither", say("no name that AWS gives")),
    ("yes", ""),
    ("no", ""),
)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    if topic:
        return {}
    parts = dict.fromkeys(part for one in TOPICS.values() for part in one.fields)
    return {"parts": [(part, "") for part in parts], "values": VALUES}
