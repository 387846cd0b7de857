"""An account against an exercise, in the words of `policy_verdict`. `Report.extra`:

"comparisons": {user: which actions make the difference}
"users": {name: {"groups": [name], "policies": [name], "from": {policy: group or ""}}}
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from labs.grading.errors import Position
from labs.grading.iam.comparison.comparison import compare
from labs.grading.iam.decision.evaluation import Layer, Outcome, Policies
from labs.grading.iam.decision.requests import principal_keys
from labs.grading.iam.exercise.account import Account, Holder, attached
from labs.grading.iam.exercise.account_cures import Amiss, member_cure, setting_cure, user_cure
from labs.grading.iam.exercise.account_exercise import AccountExercise
from labs.grading.iam.exercise.account_relation import relation_in_words
from labs.grading.iam.exercise.account_soundness import soundness_findings
from labs.grading.iam.exercise.case_comparison import CaseComparison, case_comparison
from labs.grading.iam.exercise.codes import CODES
from labs.grading.iam.exercise.denial_verdict import Locate
from labs.grading.iam.exercise.group_verdict import group_findings
from labs.grading.iam.exercise.policy_verdict import (
    REFUSED,
    TITLE,
    Decided,
    advice,
    comparison_finding,
    decide_with,
    not_decided,
    scenario_finding,
    shown_outcomes,
)
from labs.grading.iam.language.documents import Problem
from labs.grading.iam.language.principals import read_caller
from labs.grading.iam.lint.linter import LintFinding, placed, problems_of
from labs.grading.json_text import Path
from labs.grading.report import Finding, Report, Severity
from labs.grading.said import filled, say

MOST_OTHERS = 10
# (asked to be a member, as asked) → the check
MEMBERS = {
    (True, True): say("{user} is in the group {group}"),
    (True, False): say("{user} should be in the group {group}"),
    (False, True): say("{user} is not in the group {group}"),
    (False, False): say("{user} should not be in the group {group}"),
}


def check_account(answer: Account, exercise: AccountExercise) -> Report:
    """Findings in reading order: members, scenarios, comparisons, password policy, advice.

    When AWS would refuse one of the policies, nothing is decided and one finding says so.
    """
    report = checked_report(answer, exercise)
    refused = [row for row in lint(answer, problems=()) if row.severity == Severity.ERROR]
    if not refused:
        return report
    reasons = [*advice(refused), not_decided(report.max_points)]
    rest = [found for found in report.findings if not found.points and found not in reasons]
    extra = {"users": report.extra["users"]}
    return Report((*reasons, *rest), extra, refused=REFUSED)


def checked_report(answer: Account, exercise: AccountExercise) -> Report:
    locate = partial(position_of, answer)
    decided = [
        decide_with(scenario, answer.policies_of(user_of(scenario.principal)))
        for scenario in exercise.scenarios
    ]
    compared = comparisons(answer, exercise)
    points = exercise.comparison_points
    findings = [
        *group_findings(answer, exercise),
        *member_findings(answer, exercise),
        *(asked_finding(answer, exercise, one, locate) for one in decided),
        *(
            replace(
                comparison_finding(one, points, locate, user),
                cure=user_cure(answer, exercise, user, Amiss(lacks=one.learner_only is None)),
            )
            if user in answer.users
            else gone_finding(user, points)
            for user, one in compared.items()
        ),
        *([others_finding(answer, exercise)] if points else []),
        *soundness_findings(answer, exercise),
        *setting_findings(answer, exercise),
        *advice_on(answer, exercise),
    ]
    extra = {
        "comparisons": {user: found.as_json() for user, found in compared.items()},
        "users": {name: inherited(answer, holder) for name, holder in answer.users.items()},
    }
    return Report(
        tuple(findings),
        extra,
        relation=relation_in_words(list(compared.values()), findings) if compared else None,
        outcomes=shown_outcomes(decided),
        outcomes_title=TITLE,
    )


def asked_finding(
    answer: Account, exercise: AccountExercise, one: Decided, locate: Locate
) -> Finding:
    wanted = one.scenario
    amiss = Amiss(wanted.is_allowed, one.outcome == str(Outcome.IMPLICIT))
    cure = user_cure(answer, exercise, user_of(wanted.principal), amiss)
    return replace(scenario_finding(one, locate), cure=cure)


def gone_finding(user: str, points: int) -> Finding:
    """Who is not there can do nothing, which is more than having no permission. The starter may
    have had the user or not."""
    message = say("There is no user {user}.", user=user)
    cure = say('Write the user {user} under "users".', user=user)
    return Finding("iam.membership", False, points, message, cure=cure)


def comparisons(answer: Account, exercise: AccountExercise) -> dict[str, CaseComparison]:
    users = exercise.users if exercise.comparison_points else ()
    return {user: compare_user(answer, exercise, user) for user in users}


def user_of(arn: str) -> str:
    return arn.rpartition("/")[2]


def position_of(answer: Account, trace: Mapping[str, Any]) -> Position | None:
    """The policies of an account stand at different places of one text."""
    base: Path | None = answer.paths.get(trace["policy"])
    return answer.document.position((*base, *trace["line_path"])) if base else None


def inherited(answer: Account, holder: Holder) -> dict[str, Any]:
    """Which policy a user has from where: "" for its own."""
    source = dict.fromkeys(attached(holder), "")
    for group in holder.groups:
        for name in attached(answer.groups.get(group, Holder())):
            source.setdefault(name, group)
    return {"groups": list(holder.groups), "policies": list(source), "from": source}


def member_findings(answer: Account, exercise: AccountExercise) -> Iterator[Finding]:
    for wanted in exercise.members:
        groups = answer.users.get(wanted.user, Holder()).groups
        passed = (wanted.group in groups) is wanted.member
        names = {"user": wanted.user, "group": wanted.group}
        message = filled(MEMBERS[(wanted.member, passed)], **names)
        position = answer.document.position(("users", wanted.user, "groups"))
        yield Finding(
            "iam.membership",
            passed,
            wanted.points,
            message,
            at=position,
            expected=wanted.group if wanted.member else say("not {group}", group=wanted.group),
            actual=", ".join(groups) or say("no group"),
            why=wanted.why,
            cure=member_cure(wanted),
        )
    if exercise.direct_points:
        yield direct_finding(answer, exercise.direct_points)


def direct_finding(answer: Account, points: int) -> Finding:
    owner = next((name for name, holder in answer.users.items() if attached(holder)), None)
    position = answer.document.position(("users", owner)) if owner else None
    message = (
        say("{user} has policies of their own.", user=owner)
        if owner
        else say("Every permission comes from a group.")
    )
    if not answer.groups:
        owner, message = "", say("There is no group that could carry permissions.")
    return Finding(
        "iam.direct-policy",
        owner is None,
        points,
        message,
        at=position,
        expected=say("policies on groups only"),
        cure=say("Detach the policies from {user} and attach them to a group.", user=owner)
        if owner
        else say("Make groups, and attach the policies to them."),
    )


def others_finding(answer: Account, exercise: AccountExercise) -> Finding:
    """Users who were not asked for may do nothing beyond what the expected account gives them."""
    others = [name for name in answer.users if name not in exercise.users]
    wider = (
        name for name in others[:MOST_OTHERS] if compare_user(answer, exercise, name).learner_only
    )
    name = next(wider, others[MOST_OTHERS] if len(others) > MOST_OTHERS else None)
    message = (
        say("Nobody else has permissions.")
        if name is None
        else say("{user} has permissions that nobody asked for.", user=name)
    )
    position = answer.document.key_position(("users", name)) if name is not None else None
    points = exercise.comparison_points
    return Finding(
        "iam.extra-user",
        name is None,
        points,
        message,
        at=position,
        section=CODES["iam.extra-user"].section,
        cure=say("Remove the permissions of {user}: nobody asked for them.", user=name),
    )


def compare_user(answer: Account, exercise: AccountExercise, user: str) -> CaseComparison:
    yours, expected = answer.policies_of(user), exercise.expected.policies_of(user)
    arn = exercise.arn(user)
    found = compare(
        layers_of(expected), layers_of(yours), environment=principal_keys(read_caller(arn))
    )
    return case_comparison(found, principal=arn, sides=lambda own: (yours, expected))


def layers_of(policies: Policies) -> list[Layer]:
    limits = [Layer("permissions boundary", policies.boundary)] if policies.boundary else []
    return [Layer("identity policies", policies.identity), *limits]


def setting_findings(answer: Account, exercise: AccountExercise) -> Iterator[Finding]:
    for setting in exercise.settings:
        given = answer.password_policy.get(setting.name)
        position = answer.document.key_position((*answer.password_path, setting.name))
        yield Finding(
            "iam.password-policy",
            setting.accepts(given),
            setting.points,
            say("{setting}: {value}", setting=setting.name, value=setting.words),
            at=position,
            expected=setting.words,
            actual=given_words(given),
            why=setting.why,
            cure=setting_cure(setting.name, given),
        )


def given_words(given: object) -> str:
    """As it stands in the text: "180" is no number."""
    return say("not set") if given is None else json.dumps(given, ensure_ascii=False)


def advice_on(answer: Account, exercise: AccountExercise) -> Iterator[Finding]:
    """Without what the lab's own solution deserves as well."""
    accepted = {row.code for row in lint(exercise.expected)}
    yield from advice([row for row in lint(answer) if row.code not in accepted])


def advise_account(answer: Account, exercise: AccountExercise) -> list[Finding]:
    """What the text alone shows."""
    return list(advice_on(answer, exercise))


def lint(answer: Account, problems: Sequence[Problem] | None = None) -> list[LintFinding]:
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
