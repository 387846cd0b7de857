"""An answer against an exercise: findings in reading order, and the data that the verdict page
draws.

`Report.extra`:
    {"policy_type": "identity",
     "refused": false,                       # AWS would not save the policy: nothing was decided
     "scenarios": [{"name", "hidden", "expected", "actual", "passed",
                    "request": {"principal", "action", "resource", "context"},
                    "trace": see explanation.py}],        # request and trace are missing where
                                                          hidden
     "comparison": null or
        {"relation": "equal" | "learner_wider" | "learner_narrower" | "incomparable", "exact": true,
         "sentence": relation in words, "extra_actions": count, "missing_actions": count,
         "examples_extra": [action], "examples_missing": [action],
         "learner_only": null or case, "expected_only": null or case}}
    case = {"request": as above, "keys": {condition keys that matter}, "sentence",
            "yours": decision, "expected": decision, "trace": your trace}
The request of a case can be replayed: it holds every key that the decision needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.explanation import explain, in_words, nearest_miss
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.exercise.case_comparison import CaseComparison, compare_answer
from labs.grading.iam.exercise.codes import CODES
from labs.grading.iam.exercise.policy_exercise import Exercise, Scenario
from labs.grading.iam.language.documents import Policy, Problem
from labs.grading.iam.lint.linter import LintFinding, lint_document
from labs.grading.json_text import JsonDocument
from labs.grading.report import Finding, Report

YOUR_POLICY = "your policy"
Position = tuple[int, int] | tuple[None, None]
Locate = Callable[[Mapping[str, Any]], Position]  # a trace → where the deciding statement stands
RELATIONS = {
    "equal": "Your policy allows exactly the same real requests as the expected one.",
    "learner_wider": "Your policy allows everything that is needed, and more.",
    "learner_narrower": "Your policy allows nothing wrong, but not all that is needed.",
    "incomparable": "Your policy allows some requests that it should not, and denies some that are "
    "needed.",
}
RELATION_CODES = {
    "equal": "iam.equivalent",
    "learner_wider": "iam.too-wide",
    "learner_narrower": "iam.too-narrow",
    "incomparable": "iam.too-wide-and-narrow",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A learner's document: its text with places, and what it means."""

    document: JsonDocument
    policy: Policy


def check_answer(answer: Answer, exercise: Exercise) -> Report:
    """The report; when AWS would refuse the policy, nothing is decided and one finding says so."""
    lint = lint_answer(answer, exercise)
    refused = [finding for finding in lint if finding.severity == "error"]
    extra: dict[str, Any] = {
        "policy_type": exercise.policy_type,
        "refused": bool(refused),
        "comparison": None,
    }
    if refused:
        points = (
            sum(scenario.points for scenario in exercise.scenarios) + exercise.comparison_points
        )
        findings = [*advice(refused), not_decided(points)]
        return Report(
            (*findings, *advice([row for row in lint if row not in refused])),
            extra | {"scenarios": []},
        )
    policy = CompiledPolicy(answer.policy, YOUR_POLICY)
    rows = [
        scenario_row(scenario, exercise.policies(policy, own_permission=scenario.own_permission))
        for scenario in exercise.scenarios
    ]
    locate = partial(_position, answer)
    findings = [
        scenario_finding(*pair, locate) for pair in zip(exercise.scenarios, rows, strict=True)
    ]
    if exercise.comparison_points:
        compared = compare_answer(policy, exercise)
        findings.append(comparison_finding(compared, exercise.comparison_points, locate))
        extra["comparison"] = compared.as_json() | {"sentence": RELATIONS[compared.relation]}
    extra["scenarios"] = [shown(row) for row in rows]
    return Report((*findings, *advice(lint)), extra)


def lint_answer(answer: Answer, exercise: Exercise) -> list[LintFinding]:
    """Without what the lab's own solution deserves as well."""
    found = lint_document(answer.document, answer.policy, exercise.policy_type)
    return [row for row in found if row.code not in exercise.accepted_codes]


def advise_answer(answer: Answer, exercise: Exercise) -> list[Finding]:
    """What the text alone shows."""
    return list(advice(lint_answer(answer, exercise)))


def advice(lint: list[LintFinding]) -> Iterator[Finding]:
    """Lint findings are worth no points; `actual` says how serious they are."""
    for row in lint:
        section = CODES[row.code].section
        yield Finding(
            row.code,
            False,
            0,
            row.message,
            row.line,
            row.column,
            section=section,
            actual=row.severity,
        )


def not_decided(points: int) -> Finding:
    """In place of every check: a policy that AWS does not save allows and denies nothing."""
    message = "Nothing was decided: AWS would refuse to save this policy."
    return Finding(
        "iam.not-decided", False, points, message, section=CODES["iam.not-decided"].section
    )


def _position(answer: Answer, trace: Mapping[str, Any]) -> Position:
    """Where the statement stands that decided, if it is the learner's."""
    return (
        answer.document.position(tuple(trace["line_path"]))
        if trace["policy"] == YOUR_POLICY
        else (None, None)
    )


def scenario_row(scenario: Scenario, policies: Policies) -> dict[str, Any]:
    """What became of one request, with its trace."""
    request = scenario.request
    decision = policies.decide(request)
    return {
        "name": scenario.name,
        "hidden": scenario.hidden,
        "expected": scenario.expect,
        "actual": str(decision.outcome),
        "passed": scenario.accepts(decision.outcome),
        "request": {
            "principal": scenario.principal,
            "action": scenario.action,
            "resource": scenario.resource,
            "context": dict(scenario.context),
        },
        "trace": explain(policies, request, decision),
    }


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """What the learner may see of a hidden scenario: that there was one, and how it went."""
    if not row["hidden"]:
        return row
    return {"name": "", "hidden": True, "expected": "", "actual": "", "passed": row["passed"]}


def _scenario_code(scenario: Scenario, actual: str = "") -> str:
    if scenario.expect in ("allow", "Allowed"):
        return "iam.too-narrow"
    return (
        "iam.wrong-denial"
        if actual.endswith("Denied") and scenario.expect != "deny"
        else "iam.too-wide"
    )


def scenario_finding(scenario: Scenario, row: Mapping[str, Any], locate: Locate) -> Finding:
    trace, code = row["trace"], _scenario_code(scenario, row["actual"])
    line, column = locate(trace)
    why = (
        scenario.why
        if row["passed"] or scenario.why
        else nearest_miss(trace)
        if row["actual"] != "Allowed"
        else ""
    )
    return Finding(
        code,
        row["passed"],
        scenario.points,
        scenario.name,
        line,
        column,
        counterexample=None if row["passed"] else row["request"],
        section=scenario.section or CODES[code].section,
        hidden=scenario.hidden,
        expected=scenario.expect,
        actual=in_words(trace),
        why=why,
    )


def comparison_finding(
    compared: CaseComparison, points: int, locate: Locate, subject: str = ""
) -> Finding:
    """Full marks for the same requests allowed. `subject` says whose permissions were compared."""
    case = compared.learner_only or compared.expected_only
    message = subject + (case.sentence if case else RELATIONS["equal"])
    if not compared.exact:
        message += " (The policies are too large for an exact comparison; requests were sampled.)"
    line, column = locate(case.trace) if case else (None, None)
    code = RELATION_CODES[compared.relation]
    return Finding(
        code,
        compared.relation == "equal",
        points,
        message,
        line,
        column,
        counterexample=case.as_json() if case else None,
        section=CODES[code].section,
        expected="the same requests allowed as by the expected policy",
        actual=RELATIONS[compared.relation],
    )


def unreadable(problem: Problem) -> bool:
    """Problems that leave no document at all: these are unreadable answers, not wrong ones."""
    return problem.unreadable and len(problem.path) <= 1
