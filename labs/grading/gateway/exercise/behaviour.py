"""What class of answers a failed finding shows, whatever a variant's names are."""

from __future__ import annotations

from labs.grading.behaviour import PLACES, VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "api-lets-in": say("lets in {what}"),
        "api-loses": say("does not serve {what}"),
    }
)
PLACES.update(
    {
        "api-nobody": say("callers without a token"),
        "api-token": say("callers with a token"),
        "api-signed": say("callers with IAM credentials"),
        "api-page": say("scripts of a page"),
    }
)


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    if "caller" not in found:
        return ""
    who = "api-page" if found["origin"] else f"api-{found['caller']}"
    return Behaviour("api-lets-in" if found["too_much"] else "api-loses", who).key
