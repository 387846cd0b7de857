"""Denials that have to be explicit: what nothing allows today, another policy may allow tomorrow.

Source: IAM User Guide, "Policy evaluation logic", the difference between explicit and implicit
denials.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from labs.grading.errors import Position
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.exercise.case_comparison import compare_denials
from labs.grading.iam.exercise.codes import CODES
from labs.grading.iam.exercise.policy_exercise import Exercise
from labs.grading.report import Case, Demand, Finding, Replay
from labs.grading.said import say

Locate = Callable[[Mapping[str, Any]], Position | None]  # a trace → where the statement stands


def denial_finding(policy: CompiledPolicy, exercise: Exercise, locate: Locate) -> Finding:
    """Only too little counts: more denied than asked for shows where somebody needs it."""
    case = compare_denials(policy, exercise).learner_only
    message = say("What has to be denied is denied explicitly, whatever other policies allow.")
    if case:
        request = case.request
        message = say(
            "{action} on {resource} is denied by no statement of yours: "
            "another policy could allow it.",
            action=request["action"],
            resource=request["resource"],
        )
    return Finding(
        "iam.too-wide",
        case is None,
        exercise.denial_points,
        message,
        at=locate(case.trace) if case else None,
        cases=(Case(message, decision_replay(case.request, case.trace)),) if case else (),
        counterexample=case.as_json() if case else None,
        section=CODES["iam.wrong-denial"].section,
        demand=Demand.REFUSE,
    )


def decision_replay(request: Mapping[str, Any], trace: Mapping[str, Any]) -> Replay:
    data = {"request": request, "trace": trace}
    return Replay("decision", data, say("How this was decided"))
