"""What class of answers a failed finding shows: the settings that caused it."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "ends-after": say("ends the function after {what} seconds"),
        "hides-for": say("hides received messages for {what} seconds"),
        "gives-up-after": say("gives a message up after {what} receives"),
    }
)
WORDS = {"timeout": "ends-after", "visibility": "hides-for", "most": "gives-up-after"}


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    for fact, verb in WORDS.items():
        if fact in found:
            return Behaviour(verb, str(found[fact])).key
    return ""
