"""What class of answers a failed finding shows: what was observed, where it is no name."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update({"observed": say("{where}: {what}"), "without": say("{where}: nothing")})
WORDS = ("imds", "public", "deletes", "encrypted", "volume", "health", "mode", "essential")


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    field, value = str(found.get("field", "")), found.get("value")
    if not field:
        return ""
    if value is None:
        return Behaviour("without", "", field).key
    if isinstance(value, int) or field.rpartition(":")[2] in WORDS:
        return Behaviour("observed", str(value), field).key
    return ""
