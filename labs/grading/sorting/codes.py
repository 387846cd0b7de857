"""Finding codes of things sorted into boxes. Each topic has codes of its own, for each leads to the
section that teaches it; what they say is the same."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

# What a lab can sort by, and the section that teaches it
TOPICS = {
    "use": "four-kinds-of-work",
    "scope": "services-of-the-first-page",
    "error": "what-an-sdk-error-says",
    "pay": "which-way-to-pay",
    "storage": "storage-that-fits",
    "growth": "larger-more-or-apart",
    "balancer": "which-balancer-for-what",
    "rule": "the-rules-of-a-listener",
    "health": "how-checks-are-counted",
    "orchestrator": "ecs-or-eks-by-questions",
    "compute": "who-looks-after-what",
}
RIGHT, OTHER, MISSING = "right", "other-box", "missing"
UNKNOWN_BOX, UNKNOWN_ITEM = "unknown-box", "unknown-item"
WORDS = {
    RIGHT: (say("It is in its box"), say("What is said of it leads to this box.")),
    OTHER: (
        say("It belongs into another box"),
        say("Something that is said of it speaks against this box. The verdict says what."),
    ),
    MISSING: (
        say("An item has no box yet"),
        say("Every item needs one of the boxes that the task names."),
    ),
    UNKNOWN_BOX: (
        say("There is no such box"),
        say("Only the boxes that the task names can be right."),
    ),
    UNKNOWN_ITEM: (
        say("An item that the task does not have"),
        say("Nothing is checked in this line. Perhaps its name has a typing error."),
    ),
}
CODES = {
    f"{topic}.{suffix}": Code(title, explanation, section)
    for topic, section in TOPICS.items()
    for suffix, (title, explanation) in WORDS.items()
}
