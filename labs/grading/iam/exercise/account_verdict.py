"""An account against an exercise. `Report.extra` is that of `verdict.py`, with

"policy_type": "account",
"users": {name: {"groups": [name], "policies": [name], "from": {policy: group or ""}}},
"comparisons": {user: comparison}            # in place of "comparison"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from labs.grading.iam.comparison.comparison import compare
from labs.grading.iam.decision.evaluation import Layer, Policies
from labs.grading.iam.decision.requests import principal_keys
from labs.grading.iam.exercise.account import Account, Holder, attached
from labs.grading.iam.exercise.account_exercise import AccountExercise
from labs.grading.iam.exercise.case_comparison import CaseComparison, case_comparison
from labs.grading.iam.exercise.codes import CODES
from labs.grading.iam.exercise.policy_verdict import (
    RELATIONS,
    Position,
    advice,
    comparison_finding,
    not_decided,
    scenario_finding,
    scenario_row,
    shown,
)
from labs.grading.iam.language.documents import Problem
from labs.grading.iam.language.principals import read_caller
from labs.grading.iam.lint.linter import LintFinding, placed, problems_of
from labs.grading.json_text import Path
from labs.grading.report import Finding, Report

MOST_OTHERS = 10


def check_account(answer: Account, exercise: AccountExercise) -> Report:
    """Findings in reading order: members, scenarios, comparisons, password policy, advice.

    When AWS would refuse one of the policies, nothing is decided and one finding says so.
    """
    refused = [row for row in _lint(answer, problems=()) if row.severity == "error"]
    report = _checked(answer, exercise)
    if not refused:
        return report
    findings = [*advice(refused), not_decided(report.max_points)]
    rest = [found for found in report.findings if not found.points and found not in findings]
    return Report(
        (*findings, *rest), {**report.extra, "refused": True, "scenarios": [], "comparisons": {}}
    )


def _checked(answer: Account, exercise: AccountExercise) -> Report:
    locate = partial(_position, answer)
    rows = [
        scenario_row(found, answer.policies_of(_user(found.principal)))
        for found in exercise.scenarios
    ]
    findings = [*_members(answer, exercise)]
    findings += [
        scenario_finding(*pair, locate) for pair in zip(exercise.scenarios, rows, strict=True)
    ]
    compared = {
        user: _compared(answer, exercise, user)
        for user in exercise.users
        if exercise.comparison_points
    }
    for user, found in compared.items():
        findings.append(comparison_finding(found, exercise.comparison_points, locate, f"{user}: "))
    if exercise.comparison_points:
        findings.append(_others(answer, exercise))
    findings += [*_settings(answer, exercise), *_advice(answer, exercise)]
    extra = {
        "policy_type": "account",
        "refused": False,
        "scenarios": [shown(row) for row in rows],
        "comparison": None,
        "comparisons": {user: _json(found) for user, found in compared.items()},
        "users": {name: _inherited(answer, holder) for name, holder in answer.users.items()},
    }
    return Report(tuple(findings), extra)


def _user(arn: str) -> str:
    return arn.rpartition("/")[2]


def _json(found: CaseComparison) -> dict[str, Any]:
    return found.as_json() | {"sentence": RELATIONS[found.relation]}


def _position(answer: Account, trace: Mapping[str, Any]) -> Position:
    """The policies of an account stand at different places of one text."""
    base: Path | None = answer.paths.get(trace["policy"])
    return answer.document.position((*base, *trace["line_path"])) if base else (None, None)


def _inherited(answer: Account, holder: Holder) -> dict[str, Any]:
    """Which policy a user has from where: "" for its own."""
    source = dict.fromkeys(attached(holder), "")
    for group in holder.groups:
        for name in attached(answer.groups.get(group, Holder())):
            source.setdefault(name, group)
    return {"groups": list(holder.groups), "policies": list(source), "from": source}


def _members(answer: Account, exercise: AccountExercise) -> Iterator[Finding]:
    for wanted in exercise.members:
        groups = answer.users.get(wanted.user, Holder()).groups
        passed = (wanted.group in groups) is wanted.member
        message = f"{wanted.user} is {'' if wanted.member else 'not '}in the group {wanted.group}"
        line, column = answer.document.position(("users", wanted.user, "groups"))
        yield Finding(
            "iam.membership",
            passed,
            wanted.points,
            message,
            line,
            column,
            expected=wanted.group if wanted.member else f"not {wanted.group}",
            actual=", ".join(groups) or "no group",
            why=wanted.why,
        )
    if exercise.direct_points:
        yield _direct(answer, exercise.direct_points)


def _direct(answer: Account, points: int) -> Finding:
    owner = next((name for name, holder in answer.users.items() if attached(holder)), None)
    line, column = answer.document.position(("users", owner)) if owner else (None, None)
    message = f"{owner} has policies of its own" if owner else "Every permission comes from a group"
    if not answer.groups:
        owner, message = "", "There is no group that could carry permissions"
    return Finding(
        "iam.direct-policy",
        owner is None,
        points,
        message,
        line,
        column,
        expected="policies on groups only",
    )


def _others(answer: Account, exercise: AccountExercise) -> Finding:
    """Users who were not asked for may do nothing beyond what the expected account gives them."""
    others = [name for name in answer.users if name not in exercise.users]
    wider = (
        name for name in others[:MOST_OTHERS] if _compared(answer, exercise, name).learner_only
    )
    name = next(wider, others[MOST_OTHERS] if len(others) > MOST_OTHERS else None)
    message = (
        "Nobody else has permissions"
        if name is None
        else f"{name} has permissions that nobody asked for"
    )
    line, column = (
        answer.document.key_position(("users", name)) if name is not None else (None, None)
    )
    points = exercise.comparison_points
    return Finding(
        "iam.extra-user",
        name is None,
        points,
        message,
        line,
        column,
        section=CODES["iam.extra-user"].section,
    )


def _compared(answer: Account, exercise: AccountExercise, user: str) -> CaseComparison:
    yours, expected = answer.policies_of(user), exercise.expected.policies_of(user)
    arn = exercise.arn(user)
    found = compare(_layers(expected), _layers(yours), environment=principal_keys(read_caller(arn)))
    return case_comparison(found, principal=arn, sides=lambda own: (yours, expected))


def _layers(policies: Policies) -> list[Layer]:
    limits = [Layer("permissions boundary", policies.boundary)] if policies.boundary else []
    return [Layer("identity policies", policies.identity), *limits]


def _settings(answer: Account, exercise: AccountExercise) -> Iterator[Finding]:
    for setting in exercise.settings:
        given = answer.password_policy.get(setting.name)
        line, column = answer.document.key_position(("password_policy", setting.name))
        yield Finding(
            "iam.password-policy",
            setting.accepts(given),
            setting.points,
            f"{setting.name}: {setting.words}",
            line,
            column,
            expected=setting.words,
            actual="not set" if given is None else str(given).lower(),
            why=setting.why,
        )


def _advice(answer: Account, exercise: AccountExercise) -> Iterator[Finding]:
    """Without what the lab's own solution deserves as well."""
    accepted = {row.code for row in _lint(exercise.expected)}
    yield from advice([row for row in _lint(answer) if row.code not in accepted])


def advise_account(answer: Account, exercise: AccountExercise) -> list[Finding]:
    """What the text alone shows."""
    return list(_advice(answer, exercise))


def _lint(answer: Account, problems: Sequence[Problem] | None = None) -> list[LintFinding]:
    """The account's own mistakes (or `problems`), then those of each policy in it."""
    found = [
        placed(answer.document, problem)
        for problem in (answer.problems if problems is None else problems)
    ]
    for name, policy in answer.documents.items():
        found += [
            placed(answer.document, problem, answer.paths[name])
            for problem in problems_of(policy, "identity")
        ]
    return sorted(dict.fromkeys(found), key=lambda row: (row.line, row.column, row.code))[:100]
