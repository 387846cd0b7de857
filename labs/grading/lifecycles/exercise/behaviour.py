"""What class of answers a failed finding shows: what goes too early, or stays too long."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "goes-too-early": say("lets {what} go, or move, too early"),
        "stays-too-long": say("lets {what} stay too long"),
    }
)


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    if "too_much" not in found:
        return ""
    verb = "goes-too-early" if found["too_much"] else "stays-too-long"
    return Behaviour(verb, str(found.get("what", ""))).key
