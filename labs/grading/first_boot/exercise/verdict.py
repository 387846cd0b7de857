"""User data against its exercise: the script is launched on every machine of the lab, and asked.

Report.extra: `launches`, one for each machine: name, ran, ended, rows (line, command, status,
output: of its first boot), pages (path, now, now_text, later) and files (path, text) that the
script wrote where the web server looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from labs.grading.first_boot.exercise.causes import Cause, of_trouble
from labs.grading.first_boot.exercise.checks import Check, Run, checks_of, shown
from labs.grading.first_boot.exercise.codes import CODES
from labs.grading.first_boot.exercise.user_data_exercise import UserDataExercise
from labs.grading.first_boot.exercise.words import told
from labs.grading.first_boot.running.boot import Boot, boot
from labs.grading.first_boot.shell.script import Script
from labs.grading.report import Case, Finding, Outcome, Report, Severity
from labs.grading.said import say

LIMIT = 16_384  # bytes; "16 KB, in raw form, before it is base64-encoded"
REFUSED = say("AWS would refuse to launch this, so nothing was run.")
TITLE = say("What visitors get")
MOST_WARNINGS, MOST_PAGE = 8, 300
FROM_THE_TEXT = {"no-shebang", "shebang-late", "asks", "elsewhere", "no-package", "sudo"}


def check_user_data(script: Script, spec: UserDataExercise) -> Report:
    large = too_large(script)
    if large:
        nothing = Finding("userdata.not-launched", False, spec.points, say("Nothing was launched."))
        return Report((large, nothing), refused=REFUSED)
    runs = [Run(one, boot(script, one.identity, spec.paths)) for one in spec.machines]
    checks = list(checks_of(spec, runs))
    findings = [judged(check, runs) for check in checks]
    told_already = told_in(findings, spec)
    return Report(
        (*findings, *warnings(runs[0].boot, told_already)),
        {"launches": [drawn(run, spec) for run in runs]},
        outcomes=tuple(outcome(check, run) for check in checks for run in runs),
        outcomes_title=TITLE,
    )


def told_in(findings: Sequence[Finding], spec: UserDataExercise) -> set[str]:
    """Codes that need no warning besides; what the editor marks stays marked."""
    marked = {f"userdata.{code}" for code in FROM_THE_TEXT} if spec.advice else set()
    return {one.code for one in findings if not one.passed} - marked


def too_large(script: Script) -> Finding | None:
    if script.size <= LIMIT:
        return None
    message = say("The user data has {size} bytes; 16,384 is the most.", size=script.size)
    code = "userdata.too-large"
    cure = say("Shorten it, or keep the long part elsewhere and fetch it.")
    return Finding(code, False, 0, message, section=CODES[code].section, cure=cure)


# --- What is said ---------------------------------------------------------------------------------


def judged(check: Check, runs: Sequence[Run]) -> Finding:
    failed = next((run for run in runs if not check.holds(run)), None)
    if failed is None:
        code = f"userdata.{check.passed_code}"
        return Finding(code, True, check.points, check.passed)
    cause = check.cause(failed)
    code, words = f"userdata.{cause.code}", told(cause)
    message = say(
        "{check}, on {machine}: {shown}. {because}",
        check=check.name,
        machine=failed.launched.name,
        shown=check.shown(failed),
        because=words.what,
    )
    return Finding(
        code,
        False,
        check.points,
        message,
        at=cause.at,
        cases=(Case(message),),
        counterexample={"check": check.passed_code, "cause": cause.code},
        section=CODES[code].section,
        why=CODES[code].explanation,
        cure=words.cure,
    )


def outcome(check: Check, run: Run) -> Outcome:
    passed = check.holds(run)
    return Outcome(
        name=say("{check}, {machine}", check=check.name, machine=run.launched.name),
        expected=check.expected,
        yours=check.shown(run),
        because="" if passed else told(check.cause(run)).what,
        passed=passed,
    )


def warnings(found: Boot, told_already: set[str]) -> list[Finding]:
    """What went wrong on the way besides, each sort once."""
    seen: dict[str, Cause] = {}
    for trouble in found.trace.troubles:
        if f"userdata.{trouble.code}" not in told_already and trouble.code != "exit":
            seen.setdefault(trouble.code, of_trouble(trouble))
    return [warning(cause) for cause in list(seen.values())[:MOST_WARNINGS]]


def warning(cause: Cause) -> Finding:
    code, words = f"userdata.{cause.code}", told(cause)
    severity = Severity.ADVICE if cause.code == "sudo" else Severity.WARNING
    section = CODES[code].section
    return Finding(
        code, False, 0, words.what, at=cause.at, severity=severity, section=section, cure=words.cure
    )


def from_the_text(found: Boot) -> list[Finding]:
    """Of the warnings those that need no machine to be seen."""
    return [
        one for one in warnings(found, set()) if one.code.removeprefix("userdata.") in FROM_THE_TEXT
    ]


# --- What is drawn --------------------------------------------------------------------------------


def drawn(run: Run, spec: UserDataExercise) -> dict[str, object]:
    found = run.boot
    return {
        "name": run.launched.name,
        "ran": found.ran,
        "ended": found.ended,
        "rows": [[row.line, row.command, row.status, row.output] for row in found.trace.rows],
        "pages": [
            {
                "path": page.path,
                "now": shown(found.now[page.path]),
                "text": found.now[page.path].text[:MOST_PAGE].strip(),
                "later": shown(found.later[page.path]),
            }
            for page in spec.pages
        ],
    }
