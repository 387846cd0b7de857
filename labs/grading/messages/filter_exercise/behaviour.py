"""What class of answers a failed finding shows: at which field it lets too much through, or too
little."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "delivers-too-much": say("lets through what {what} should hold back"),
        "delivers-too-little": say("holds back by {what} what should get through"),
    }
)
WORDS = {"filter.too-much": "delivers-too-much", "filter.too-little": "delivers-too-little"}


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    if finding.code not in WORDS or "field" not in found:
        return ""
    return Behaviour(WORDS[finding.code], str(found["field"])).key
