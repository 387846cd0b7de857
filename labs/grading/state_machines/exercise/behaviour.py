"""What class of answers a failed finding shows: the function and the error that it is about."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "states.not-retried": say("gives up {what} after {where}"),
        "states.not-caught": say("does not catch what {what} throws: {where}"),
        "states.called-too-often": say("calls {what} too often"),
        "states.called-too-seldom": say("calls {what} too seldom"),
        "states.call-input": say("calls {what} with the wrong input"),
        "states.output": say("has something else at {what} of the output"),
        "states.error-name": say("fails with {what}"),
    }
)


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    if finding.code not in VERBS:
        return ""
    what = str(found.get("call") or found.get("path") or found.get("error", ""))
    return Behaviour(finding.code, what, str(found.get("error", ""))).key
