"""What class of answers a failed finding shows, whatever a variant's names are."""

from __future__ import annotations

from labs.grading.behaviour import PLACES, VERBS, Behaviour
from labs.grading.certificates.exercise.words import REASONS
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "certificate-fails": say("shows a certificate that fails: {what}"),
        "certificate-too-much": say("serves somebody who should not be served"),
    }
)
PLACES.update({f"certificate-{name}": words for name, words in REASONS.items()})


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    if "reason" not in found:
        return ""
    if found["too_much"]:
        return Behaviour("certificate-too-much").key
    return Behaviour("certificate-fails", f"certificate-{found['reason']}").key
