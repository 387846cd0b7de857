"""Mistakes that can be seen without a request: each with a stable code,
a place and a hint in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from labs.grading.errors import AnswerError
from labs.grading.iam.language.documents import Policy, Problem
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.iam.lint.actions import action_problems, any_resource_problems
from labs.grading.iam.lint.arns import arn_problems
from labs.grading.iam.lint.conditions import condition_problems
from labs.grading.iam.lint.exclusions import exclusion_problems
from labs.grading.iam.lint.form import form_problems
from labs.grading.iam.lint.meaning import meaning_problems
from labs.grading.iam.lint.suggestions import Hints
from labs.grading.json_text import JsonDocument, JsonError, Path, read_json

MOST_FINDINGS = 100
MOST_PROBLEMS = 300
MOST_STATEMENTS = 40
LONGEST_POLICY = 6144


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
    found = [placed(document, problem) for problem in problems_of(policy, policy_type)]
    if len("".join(document.text.split())) > LONGEST_POLICY:
        message = f"A managed policy has at most {LONGEST_POLICY} characters, spaces not counted."
        found.append(
            LintFinding(code="iam.too-long", severity="warning", message=message, line=1, column=1)
        )
    return sorted(
        dict.fromkeys(found), key=lambda finding: (finding.line, finding.column, finding.code)
    )[:MOST_FINDINGS]


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
    hints = Hints()
    yield from form_problems(policy, policy_type)
    for statement in policy.statements[:MOST_STATEMENTS]:
        yield from action_problems(statement, policy.variables, hints)
        yield from arn_problems(statement, policy.variables, hints)
        yield from condition_problems(statement, hints)
        yield from exclusion_problems(statement, policy.variables)
        if policy_type == "identity":
            yield from any_resource_problems(statement)
    yield from meaning_problems(policy, policy_type)
