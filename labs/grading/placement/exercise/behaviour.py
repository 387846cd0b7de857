"""What class of answers a failed finding shows: too little is left of something after some loss."""

from __future__ import annotations

from labs.grading.behaviour import PLACES, VERBS, Behaviour
from labs.grading.placement.zones.failures import INSTANCE, TWO_ZONES, ZONE
from labs.grading.report import Finding
from labs.grading.said import say

VERBS["leaves-too-little"] = say("leaves too little of {what} when {where} lost")
PLACES.update(
    {
        f"lost-{ZONE}": say("a zone is"),
        f"lost-{TWO_ZONES}": say("two zones are"),
        f"lost-{INSTANCE}": say("an instance is"),
        "lost-nothing": say("nothing is"),
    }
)


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    if not found.get("thing"):
        return ""
    lost = found.get("lost") or "nothing"
    return Behaviour("leaves-too-little", str(found["thing"]), f"lost-{lost}").key
