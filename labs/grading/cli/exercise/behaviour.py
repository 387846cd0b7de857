"""What class of answers a failed finding shows."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS["runs-as"] = say("lets {what} run as {where}")
VERBS["fails"] = say("makes {what} fail")
VERBS["answers"] = say("answers question {what} with something else")


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    if "command" in found:
        done, command = str(found["is"]), str(found["command"])
        return Behaviour("runs-as" if done else "fails", command, done).key
    if "question" in found:
        return Behaviour("answers", str(found["question"])).key
    return ""
