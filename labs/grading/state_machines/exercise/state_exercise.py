"""What a lab asks of a state machine. How the spec is written:
`labs/grading/kinds/state_machine.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import AnswerError, SpecError
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.state_machines.execution.interpreter import MOST_STEPS
from labs.grading.state_machines.execution.run import Status
from labs.grading.state_machines.execution.world import Answer, Function, Script
from labs.grading.state_machines.language.model import Machine
from labs.grading.state_machines.language.paths import JsonPath, PathError, read_path
from labs.grading.state_machines.language.reader import read_machine
from labs.grading.state_machines.language.templates import Template, TemplateError, read_template
from labs.grading.state_machines.language.values import Json
from labs.grading.toml_table import Table, file_of, solution_name

MOST_SCENARIOS, MOST_FUNCTIONS, MOST_POINTS = 12, 12, 1000
MOST_FAILURES = 5  # of a comparison, in one run
LONGEST = 10**8  # seconds
ENDS = tuple(status.value for status in Status if status != Status.ENDLESS)
ANSWER = re.compile(r"(ok|[A-Za-z][\w.]{0,60})(?: in (\d{1,8}))?")


@dataclass(frozen=True, slots=True)
class WantedCalls:
    """Of one function: how often, and what every input has at least."""

    function: str
    least: int
    most: int
    has: Json


@dataclass(frozen=True, slots=True)
class Scenario:
    """`output` in one element: the whole of it. `has`: path → the value that stands there; `gone`:
    paths where nothing may stand. Times in virtual seconds."""

    name: str
    why: str
    section: str
    points: int
    hidden: bool
    input: Json
    scripts: tuple[Script, ...]
    status: Status
    error: str
    output: tuple[Json, ...]
    has: Mapping[JsonPath, Json]
    gone: tuple[JsonPath, ...]
    calls: tuple[WantedCalls, ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """All ways in which up to `failures` calls may fail. `output`: the paths of it that count."""

    points: int
    expected: Machine
    input: Json
    failures: int
    output: tuple[JsonPath, ...]


@dataclass(frozen=True, slots=True)
class StateExercise:
    functions: Mapping[str, Function]
    scenarios: tuple[Scenario, ...]
    comparison: Comparison | None
    advice: bool
    steps: int

    @property
    def points(self) -> int:
        compared = self.comparison.points if self.comparison else 0
        return compared + sum(one.points for one in self.scenarios)


def read_state_exercise(table: Mapping[str, object], files: Files) -> StateExercise:
    spec = Table(table)
    functions = {one.name: one for one in (read_function(row) for row in spec.tables("functions"))}
    scenarios = tuple(read_scenario(one, functions) for one in spec.tables("scenarios"))
    read = StateExercise(
        functions=functions,
        scenarios=scenarios,
        comparison=read_comparison(spec, files) if "comparison" in spec.values else None,
        advice=spec.flag("advice", True),
        steps=spec.number("steps", MOST_STEPS, least=10, most=MOST_STEPS),
    )
    spec.finish()
    if not 0 < len(scenarios) <= MOST_SCENARIOS or len(functions) > MOST_FUNCTIONS:
        raise spec.error("scenarios", f"are 1 to {MOST_SCENARIOS}, functions {MOST_FUNCTIONS}")
    if not read.points:
        raise SpecError("lab.toml: spec: nothing is worth a point")
    return read


def read_function(table: Table) -> Function:
    return Function(
        name=table.text("name"),
        needs=table.texts("needs"),
        returns=template_in(table, "returns", "null"),
        seconds=table.number("seconds", 1, most=LONGEST),
        errors=table.texts("errors"),
    )


def read_scenario(table: Table, functions: Mapping[str, Function]) -> Scenario:
    has, status = table.table("has"), Status(table.text("status", "SUCCEEDED", choices=ENDS))
    whole = "output" in table.values
    read = Scenario(
        name=table.text("name"),
        why=table.text("why", ""),
        section=table.text("section", ""),
        points=table.number("points", 1, most=MOST_POINTS),
        hidden=table.flag("hidden"),
        input=json_in(table, "input", "{}"),
        scripts=tuple(read_script(one) for one in table.tables("scripts")),
        status=status,
        error=table.text("error", ""),
        output=(json_in(table, "output"),) if whole else (),
        has={path_in(has, path): json_of(has, path, text) for path, text in has.items()},
        gone=tuple(path_in(table, path) for path in table.texts("gone")),
        calls=tuple(read_calls(one) for one in table.tables("calls")),
        least=table.number("least", 0, most=LONGEST),
        most=table.number("most", LONGEST, most=LONGEST),
    )
    used = {one.function for one in read.scripts} | {one.function for one in read.calls}
    if not used <= set(functions):
        raise table.error("scripts", "name a function that there is not")
    return read


def read_calls(table: Table) -> WantedCalls:
    times = table.number("times", 1)
    least, most = table.number("least", times), table.number("most", times)
    return WantedCalls(table.text("function"), least, most, json_in(table, "input", "{}"))


def read_script(table: Table) -> Script:
    return Script(
        function=table.text("function"),
        answers=tuple(read_answer(table, one) for one in table.texts("answers")),
        then=read_answer(table, table.text("then", "ok")),
        when=json_in(table, "when", "{}"),
    )


def read_answer(table: Table, text: str) -> Answer:
    """“ok”, “Throttled”, “ok in 400” (seconds), or JSON that is returned."""
    if text.startswith(("{", "[", '"')):
        return Answer(returns=template_of(table, "answers", text))
    found = ANSWER.fullmatch(text)
    if found is None:
        raise table.error("answers", f"“{text}” is neither ok, nor an error, nor JSON")
    seconds = int(found[2]) if found[2] else None
    return Answer("" if found[1] == "ok" else found[1], None, seconds)


def read_comparison(spec: Table, files: Files) -> Comparison:
    table = spec.table("comparison")
    name = table.text("expected", solution_name(files))
    try:
        machine = read_machine(file_of(files, name)).machine
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from None
    return Comparison(
        points=table.number("points", 2, least=1, most=MOST_POINTS),
        expected=machine,
        input=json_in(table, "input", "{}"),
        failures=table.number("failures", 3, least=1, most=MOST_FAILURES),
        output=tuple(path_in(table, path) for path in table.texts("output")),
    )


# --- JSON in TOML ---------------------------------------------------------------------------------


def json_in(table: Table, key: str, default: str | None = None) -> Json:
    text = table.text(key) if default is None else table.text(key, default)
    return json_of(table, key, text)


def json_of(table: Table, key: str, text: object) -> Json:
    try:
        return read_json(str(text)).value
    except AnswerError as error:
        raise table.error(key, f"is not JSON: {error}") from None


def template_in(table: Table, key: str, default: str) -> Template:
    return template_of(table, key, table.text(key, default))


def template_of(table: Table, key: str, text: str) -> Template:
    try:
        return read_template(json_of(table, key, text))
    except TemplateError as error:
        raise table.error(key, error.words) from None


def path_in(table: Table, text: str) -> JsonPath:
    try:
        return read_path(text)
    except PathError as error:
        raise table.error(text, error.words) from None
