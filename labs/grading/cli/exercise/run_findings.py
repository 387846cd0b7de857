"""Commands of the lab, run in the state that the script leaves: who runs where?"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from labs.grading.cli.account.account import Account
from labs.grading.cli.errors import CliError
from labs.grading.cli.exercise.cli_exercise import Run
from labs.grading.cli.exercise.codes import MISTAKES, code_of
from labs.grading.cli.exercise.said_settings import because, standing, value_of
from labs.grading.cli.settings.machine import Machine
from labs.grading.cli.terminal.call import Call
from labs.grading.cli.terminal.terminal import Terminal
from labs.grading.report import Case, Finding, Outcome
from labs.grading.said import say


def result_of(run: Run, machine: Machine, account: Account) -> Call:
    terminal = Terminal(machine.copy(), account.copy())
    (step,) = terminal.run(run.script)
    return step.call or Call(run.command, error=step.error)


def run_finding(run: Run, call: Call, account: Account) -> Finding:
    if call.error:
        return failed(run, call, call.error, account)
    for code, asked, got, message in differences(run, call):
        if asked and asked != got:
            return missed(run, call, code, message)
    message = say("{name}: {command} runs as it should.", name=run.name, command=run.command)
    return Finding("cli.right", True, run.points, message, why=run.why)


def differences(run: Run, call: Call) -> Iterator[tuple[str, str, str, str]]:
    """Code, what is asked, what is, and how it is said."""
    caller = call.caller.name if call.caller else ""
    region, output = value_of(call.region), value_of(call.form)
    name, command = run.name, run.command
    yield (
        "cli.other-identity",
        run.caller,
        caller,
        say("{name}: {command} runs as {caller}.", name=name, command=command, caller=caller),
    )
    yield (
        "cli.other-region",
        run.region,
        region,
        say("{name}: {command} has the Region {region}.", name=name, command=command, region=region)
        if region
        else say("{name}: {command} has no Region.", name=name, command=command),
    )
    yield (
        "cli.other-output",
        run.output,
        output,
        say("{name}: {command} prints {output}.", name=name, command=command, output=output),
    )


def missed(run: Run, call: Call, code: str, message: str) -> Finding:
    return Finding(
        code,
        False,
        run.points,
        message,
        cases=(Case(message),),
        counterexample={"command": run.command, "is": "" if call.error else yours(call)},
        section=MISTAKES[code].section,
        expected=standing(run.caller, run.region, run.output),
        actual=yours(call),
        why=MISTAKES[code].rule,
        cure=MISTAKES[code].cure,
    )


def failed(run: Run, call: Call, error: CliError, account: Account) -> Finding:
    code = code_of(error)
    message = say("{name}: {command} fails: {error}", name=run.name, command=run.command,
                  error=error.quoted)  # fmt: skip
    near = get_close_matches(value_of(call.region), account.regions, n=1)
    if code == "cli.no-such-region" and near:
        message = say("{message} Do you mean {near}?", message=message, near=near[0])
    return missed(run, call, code, message)


def yours(call: Call) -> str:
    if call.error:
        return call.error.quoted
    caller = call.caller.name if call.caller else ""
    return standing(caller, value_of(call.region), value_of(call.form))


def run_outcome(run: Run, call: Call, *, passed: bool) -> Outcome:
    return Outcome(
        name=run.name,
        what=run.command,
        expected=standing(run.caller, run.region, run.output),
        yours=yours(call),
        because=because(call),
        passed=passed,
    )
