"""What class of answers a failed finding shows, without the names of one variant's items."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "costs-units": say("takes read units for {where}: {what}"),
        "fails-at": say("does not answer {where}"),
    }
)


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    pattern = str(found.get("pattern", ""))
    if not pattern:
        return ""
    if "units" in found:
        return Behaviour("costs-units", str(found["units"]), pattern).key
    return Behaviour("fails-at", "", pattern).key
