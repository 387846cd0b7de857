"""What class of answers a wrong list of rules gives, whatever a variant's names are."""

from __future__ import annotations

import re

from labs.grading.behaviour import PLACES, VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS["routes"] = say("ends in {what}, in the place of {where}")
PLACES.update(
    {
        "listener-default": say("the default action"),
        "target-group": say("a target group"),
        "weighted-groups": say("several target groups"),
        "redirect": say("a redirect"),
        "fixed-answer": say("a fixed answer"),
    }
)
REDIRECT = re.compile(r"30[12] ")
FIXED = re.compile(r"answer \d+")


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    if "by" not in found:
        return ""
    got = "listener-default" if found["by"] == "default" else result_class(str(found["answer"]))
    return Behaviour("routes", got, result_class(str(found["expected"]))).key


def result_class(words: str) -> str:
    if REDIRECT.match(words):
        return "redirect"
    if FIXED.fullmatch(words):
        return "fixed-answer"
    return "weighted-groups" if "%" in words else "target-group"
