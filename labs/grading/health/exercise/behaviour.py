"""What class of answers a failed finding shows: the settings that caused it."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "out-after": say("takes a target out after {what} failures, {where} seconds apart"),
        "in-after": say("takes a target in after {what} passes, {where} seconds apart"),
        "drains": say("lets a target drain for {what} seconds"),
        "keeps-visitor": say("keeps a visitor at a target for {what} seconds"),
    }
)
WORDS = {
    "failures": "out-after",
    "passes": "in-after",
    "delay": "drains",
    "cookie": "keeps-visitor",
}


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    for fact, verb in WORDS.items():
        if fact in found:
            return Behaviour(verb, str(found[fact]), str(found.get("interval", ""))).key
    return ""
