"""A script against its exercise.

Report.extra: `steps`, each with source (as it was typed), output, error (the CLI's own words) and
line; `cut` says that there were more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from labs.grading.cli.account.account import Account
from labs.grading.cli.exercise.cli_exercise import CliExercise
from labs.grading.cli.exercise.lint import failures, secret_finding
from labs.grading.cli.exercise.question_findings import (
    expected_of,
    other_day,
    question_finding,
    question_outcome,
    steps_for,
)
from labs.grading.cli.exercise.rotation_findings import rotation_findings
from labs.grading.cli.exercise.run_findings import result_of, run_finding, run_outcome
from labs.grading.cli.settings.machine import Machine
from labs.grading.cli.shell.script import Script
from labs.grading.cli.terminal.terminal import Step, Terminal
from labs.grading.report import Finding, Outcome, Report
from labs.grading.said import say

MOST_STEPS, MOST_LINES, MOST_SIGNS = 40, 40, 2500


@dataclass(frozen=True, slots=True)
class Ran:
    steps: tuple[Step, ...]
    machine: Machine
    account: Account


def ran(script: Script, exercise: CliExercise, account: Account) -> Ran:
    terminal = Terminal(exercise.machine.copy(), account.copy(), exercise.program)
    return Ran(terminal.run(script), terminal.machine, terminal.account)


def check_script(script: Script, exercise: CliExercise) -> Report:
    done = ran(script, exercise, exercise.account)
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    for finding, outcome in (*judged_runs(exercise, done), *judged_questions(exercise, done)):
        findings.append(finding)
        outcomes.append(outcome)
    findings += other_findings(script, exercise, done, findings)
    failed = failures(done.steps)
    if not exercise.questions:
        findings = after_failures(findings, failed, every=bool(exercise.rotation))
    return Report(
        (*findings, *failed),
        transcript(done.steps),
        outcomes=tuple(outcomes),
        outcomes_title=say("Command by command") if exercise.runs else say("Question by question"),
    )


def after_failures(
    findings: Sequence[Finding], failed: Sequence[Finding], *, every: bool
) -> list[Finding]:
    """What went wrong on the way is mended first: a command that did nothing explains more than
    what is missing in the end. Only misspelt commands, unless `every` failure counts: what AWS
    refuses may have been asked to look around."""
    first = next((one for one in failed if every or one.code == "cli.command"), None)
    if first is None:
        return list(findings)
    return [one if one.passed else replace(one, cure=first.cure, at=first.at) for one in findings]


def judged_runs(exercise: CliExercise, done: Ran) -> Iterator[tuple[Finding, Outcome]]:
    for run in exercise.runs:
        call = result_of(run, done.machine, exercise.account)
        finding = run_finding(run, call, exercise.account)
        yield finding, run_outcome(run, call, passed=finding.passed)


def judged_questions(exercise: CliExercise, done: Ran) -> Iterator[tuple[Finding, Outcome]]:
    for question in exercise.questions:
        expected = expected_of(question, exercise)
        steps = steps_for(question, done.steps)
        finding = question_finding(question, expected, steps)
        yield finding, question_outcome(question, expected, steps, passed=finding.passed)


def other_findings(
    script: Script, exercise: CliExercise, done: Ran, before: Sequence[Finding]
) -> Iterator[Finding]:
    if exercise.rotation:
        yield from rotation_findings(
            exercise.rotation, done.steps, exercise.account, done.account, exercise.program
        )
    if exercise.secrets:
        yield secret_finding(script, exercise.secrets)
    if exercise.other and exercise.only_today:
        found = before[len(exercise.runs) :]
        passed = [
            question
            for question, finding in zip(exercise.questions, found, strict=True)
            if finding.passed
        ]
        yield other_day(exercise, ran(script, exercise, exercise.other).steps, passed)


def advise_script(script: Script, exercise: CliExercise) -> list[Finding]:
    return failures(ran(script, exercise, exercise.account).steps)


def transcript(steps: Sequence[Step]) -> Mapping[str, Any]:
    return {"steps": [shown(step) for step in steps[:MOST_STEPS]], "cut": len(steps) > MOST_STEPS}


def shown(step: Step) -> Mapping[str, Any]:
    lines = step.output.split("\n")
    output = "\n".join(lines[:MOST_LINES])[:MOST_SIGNS].rstrip("\n")
    cut = len(output) < len(step.output.rstrip("\n"))
    return {
        "source": step.command.source,
        "output": output + ("\n…" if cut else ""),
        "error": step.error.words if step.error else "",
        "line": step.command.at[0],
    }
