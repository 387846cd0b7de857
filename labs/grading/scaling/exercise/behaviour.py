"""What class of answers a failed finding shows: how a step changes the size, beside how it should.
Everything else its code says."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "adds": say("adds {what} where it should be {where}"),
        "takes": say("takes {what} where it should be {where}"),
        "keeps": say("changes nothing where it should be {where}"),
    }
)


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    if "change" not in found:
        return ""
    change, wanted = int(found["change"]), int(found["wanted"])
    verb = "adds" if change > 0 else "takes" if change else "keeps"
    return Behaviour(verb, f"{abs(change)}" if change else "", f"{wanted:+d}").key
