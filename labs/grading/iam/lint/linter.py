"""Mistakes that can be seen without a request: each with a stable code,
a place and a hint in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from labs.grading.errors import AnswerError
from labs.grading.iam.language.documents import Policy, Problem, Statement
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.iam.lint.actions import action_problems, any_resource_problems, meetings_of
from labs.grading.iam.lint.arns import arn_problems
from labs.grading.iam.lint.conditions import condition_problems
from labs.grading.iam.lint.deputies import deputy_problems
from labs.grading.iam.lint.empties import condition_shape, empty_problems
from labs.grading.iam.lint.exclusions import exclusion_problems
from labs.grading.iam.lint.form import form_problems
from labs.grading.iam.lint.limits import length_problems
from labs.grading.iam.lint.meaning import meaning_problems
from labs.grading.iam.lint.openness import public_problems
from labs.grading.iam.lint.redundancy import redundancy_problems
from labs.grading.iam.lint.senders import sender_problems
from labs.grading.iam.lint.variables import variable_problems
from labs.grading.iam.lint.work import Work
from labs.grading.json_text import JsonDocument, JsonError, Path, read_json
from labs.grading.said import say

NOT_LOOKED_AT = "iam.not-looked-at"
MOST_FINDINGS = 100
MOST_PROBLEMS = 5_000
MOST_STATEMENTS = 400


@dataclass(frozen=True, slots=True)
class LintFinding:
    """`severity`: error (AWS refuses the policy), warning (it does not do what it seems to)
    or advice."""

    code: str
    severity: str
    message: str
    line: int
    column: int

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "line": self.line,
            "column": self.column,
        }


def lint_text(text: str, policy_type: str = "identity") -> list[LintFinding]:
    """Every finding about a document's text, in the order of the text."""
    try:
        document = read_json(text)
    except AnswerError as error:
        code = error.code if isinstance(error, JsonError) else "json.syntax"
        return [
            LintFinding(
                code=code,
                severity="error",
                message=error.message,
                line=error.line or 1,
                column=error.column or 1,
            )
        ]
    return lint_document(document, read_policy(document.value), policy_type)


def lint_document(document: JsonDocument, policy: Policy, policy_type: str) -> list[LintFinding]:
    problems = (
        *problems_of(policy, policy_type),
        *empty_problems(document.value),
        *length_problems(document.text, policy, policy_type),
    )
    found = dict.fromkeys(placed(document, problem) for problem in problems)
    # For a policy that is refused every other finding may be left out
    kept = sorted(found, key=importance)[:MOST_FINDINGS]
    return sorted(kept, key=lambda finding: (finding.line, finding.column, finding.code))


def importance(finding: LintFinding) -> tuple[bool, bool]:
    return finding.severity != "error", finding.code != NOT_LOOKED_AT


def placed(document: JsonDocument, problem: Problem, base: Path = ()) -> LintFinding:
    """The problem at its place; `base` leads to the policy when the text holds more than one."""
    path = (*base, *problem.path)
    line, column = document.key_position(path) if problem.at_key else document.position(path)
    return LintFinding(
        code=problem.code,
        severity=problem.severity,
        message=problem.message,
        line=line,
        column=column,
    )


def problems_of(policy: Policy, policy_type: str) -> list[Problem]:
    """What is wrong with the form, then what is wrong with the meaning."""
    return list(islice(every_problem(policy, policy_type), MOST_PROBLEMS))


def every_problem(policy: Policy, policy_type: str) -> Iterator[Problem]:
    yield from policy.problems
    work = Work()
    yield from form_problems(policy, policy_type)
    yield from condition_shape(policy)
    yield from variable_problems(policy)
    for statement in policy.statements[:MOST_STATEMENTS]:
        yield from statement_problems(statement, policy, policy_type, work)
    yield from meaning_problems(policy, policy_type, work)
    yield from redundancy_problems(policy, work)
    if policy_type in ("resource", "trust"):
        yield from public_problems(policy)
    if work.skipped or len(policy.statements) > MOST_STATEMENTS:
        message = say(
            "Write it shorter to have all of it looked at: this document is so large that some "
            "actions, ARNs and repetitions were not compared."
        )
        yield Problem(NOT_LOOKED_AT, message, (), severity="advice")


def statement_problems(
    statement: Statement, policy: Policy, policy_type: str, work: Work
) -> Iterator[Problem]:
    meetings = meetings_of(statement, policy.variables, work)
    yield from action_problems(statement, meetings, work)
    yield from arn_problems(statement, policy.variables, work)
    yield from condition_problems(statement, policy_type, meetings, work)
    yield from exclusion_problems(statement, policy.variables, work.budget)
    yield from deputy_problems(statement, policy_type)
    yield from sender_problems(statement, policy, policy_type)
    if policy_type == "identity":
        yield from any_resource_problems(statement, work)
