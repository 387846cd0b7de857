"""What a lab asks about listener rules. How the spec is written:
`labs/grading/kinds/alb_listener_rules.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.balancing.exercise.samples import Sample, proved, read_sample
from labs.grading.balancing.rules.limits import refusals
from labs.grading.balancing.rules.reader import read_answer
from labs.grading.balancing.rules.rule import PORTS, Action, Fixed, Forward, Listener, Rules
from labs.grading.errors import AnswerError, SpecError
from labs.grading.kind import Files
from labs.grading.toml_table import Table, file_of, solution_name

LISTENER = re.compile(r"(HTTPS?):([1-9][0-9]{0,4})")


@dataclass(frozen=True, slots=True)
class Exercise:
    """`points` for answering every request as `expected` does."""

    expected: Rules
    listener: Listener
    samples: tuple[Sample, ...]
    points: int


def read_exercise(table: Mapping[str, object], files: Files) -> Exercise:
    spec = Table(table)
    listener = read_listener(spec)
    name = spec.text("expected", solution_name(files))
    expected = read_expected(file_of(files, name), name, listener)
    samples = [read_sample(one) for one in spec.tables("requests")]
    read = Exercise(
        expected,
        listener,
        tuple(proved(one, expected, listener, name) for one in samples),
        spec.number("compare", 6, most=1000),
    )
    spec.finish()
    if not read.points and not any(one.points for one in read.samples):
        raise spec.error("", "nothing is worth a point: give requests, or compare above 0")
    return read


def read_listener(spec: Table) -> Listener:
    text = spec.text("listener", "HTTPS:443")
    match = LISTENER.fullmatch(text)
    if match is None or match[1] not in PORTS:
        raise spec.error("listener", f"is “{text}”, not such as HTTPS:443")
    default = default_action(spec.text("default", "404"))
    return Listener(match[1], int(match[2]), default, spec.flag("dual"))


def default_action(text: str) -> Action:
    """The name of a target group, or the code of a fixed answer."""
    return Fixed(int(text)) if text.isdigit() else Forward(((text, 1),))


def read_expected(text: str, name: str, listener: Listener) -> Rules:
    try:
        rules = read_answer(text).rules
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from None
    refused = next(refusals(rules, listener), None)
    if refused is not None:
        raise SpecError(f"{name}: {refused.message}")
    return Rules.of(rules, listener.default)
