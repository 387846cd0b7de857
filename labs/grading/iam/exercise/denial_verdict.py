"""Denials that have to be explicit: what nothing allows today, another policy may allow tomorrow.

Source: IAM User Guide, "Policy evaluation logic", the difference between explicit and implicit
denials.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from labs.grading.errors import Position
from labs.grading.iam.exercise.case_comparison import Case as Compared
from labs.grading.iam.exercise.codes import CODES
from labs.grading.report import Case, Demand, Finding, Replay
from labs.grading.said import Said, say

Locate = Callable[[Mapping[str, Any]], Position | None]  # a trace → where the statement stands


def denial_finding(case: Compared | None, points: int, locate: Locate) -> Finding:
    """`case` is allowed beside a policy that allows everything, and must not be. Only too little
    counts: more denied than asked for shows where somebody needs it."""
    message = say("What has to be denied is denied explicitly, whatever other policies allow.")
    if case:
        message = undenied(case)
    return Finding(
        "iam.too-wide",
        case is None,
        points,
        message,
        at=locate(case.trace) if case else None,
        cases=(Case(message, decision_replay(case.request, case.trace)),) if case else (),
        counterexample=case.as_json() if case else None,
        section=CODES["iam.wrong-denial"].section,
        demand=Demand.REFUSE,
    )


def undenied(case: Compared) -> Said:
    parts = {"action": case.request["action"], "resource": case.request["resource"]}
    if case.who:
        return say(
            "{action} on {resource} by {who} is denied by no statement of yours: "
            "another policy could allow it.",
            **parts,
            who=case.who,
        )
    return say(
        "{action} on {resource} is denied by no statement of yours: another policy could allow it.",
        **parts,
    )


def decision_replay(request: Mapping[str, Any], trace: Mapping[str, Any]) -> Replay:
    data = {"request": request, "trace": trace}
    return Replay("decision", data, say("How this was decided"))
