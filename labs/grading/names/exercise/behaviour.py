"""Mistakes with names are counted by the part that was misread; the code says how."""

from __future__ import annotations

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS["misreads"] = say("misreads the part {what}")


def behaviour(finding: Finding, solution: str) -> str:
    part = (finding.counterexample or {}).get("part", "")
    return Behaviour("misreads", str(part)).key if part else ""
