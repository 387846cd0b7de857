"""The requests that a lab looks at one by one: what is asked of each, and how it is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from labs.grading.balancing.routing.decision import deciding, result_of
from labs.grading.balancing.routing.request import Request, read_request
from labs.grading.balancing.routing.words import result_words
from labs.grading.balancing.rules.rule import Fixed, Forward, Listener, Redirect, Rules
from labs.grading.balancing.rules.words import rule_words
from labs.grading.errors import Position, SpecError
from labs.grading.json_document import Path
from labs.grading.report import Case, Finding, Outcome
from labs.grading.said import say
from labs.grading.toml_table import Table

TITLE = say("Request by request")
Locate = Callable[[Path], Position]
WORDS = {Forward: "group", Redirect: "redirect", Fixed: "answer"}


@dataclass(frozen=True, slots=True)
class Sample:
    """`expect` is what becomes of it, in words."""

    name: str
    request: Request
    expect: str
    points: int
    hidden: bool
    why: str
    section: str


def read_sample(table: Table) -> Sample:
    headers = {name: str(value) for name, value in table.mapping("headers").items()}
    url, method, source = table.text("url"), table.text("method", "GET"), table.text("source", "")
    try:
        request = read_request(url, method=method, headers=headers, source=source)
    except ValueError as error:
        raise table.error("url", str(error)) from None
    return Sample(
        name=table.text("name"),
        request=request,
        expect=table.text("expect"),
        points=table.number("points", 1, most=1000),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
    )


@dataclass(frozen=True, slots=True)
class Routed:
    """One sample against one list of rules. `got`: what becomes of it, in words."""

    sample: Sample
    got: str
    rule: str
    kind: str  # of what becomes of it, for counting
    path: Path

    @property
    def passed(self) -> bool:
        return self.got == self.sample.expect


def routed(sample: Sample, rules: Rules, listener: Listener) -> Routed:
    rule = deciding(rules, sample.request)
    got = result_words(result_of(rule.action, sample.request, listener))
    kind = "default" if rule.priority is None else WORDS[type(rule.action)]
    return Routed(sample, got, rule_words(rule), kind, rule.path)


def proved(sample: Sample, expected: Rules, listener: Listener, name: str) -> Sample:
    """With what is expected in words that can be translated. SpecError where the expected rules do
    something else."""
    one = routed(sample, expected, listener)
    if not one.passed:
        raise SpecError(f"{name}: {sample.name}: {one.got}, and not {sample.expect}")
    return replace(sample, expect=one.got)


def sample_finding(one: Routed, locate: Locate) -> Finding:
    sample = one.sample
    message = sentence(one) if not one.passed else right_words(sample.request)
    return Finding(
        "alb.request-elsewhere",
        one.passed,
        sample.points,
        message,
        at=None if one.passed or not one.path else locate(one.path),
        cases=() if one.passed else (Case(message),),
        counterexample=None if one.passed else counterexample(sample.request, sample.expect, one),
        section=sample.section,
        hidden=sample.hidden,
        expected=sample.expect,
        actual=one.got,
        why=sample.why,
    )


def right_words(request: Request) -> str:
    return say("{request} goes where it should.", request=request.words)


def sentence(one: Routed) -> str:
    return elsewhere(one.sample.request, one.got, one.rule, one.sample.expect)


def elsewhere(request: Request, got: str, rule: str, wanted: str) -> str:
    return say(
        "{request} ends with {got}, by {rule}, and not with {wanted}.",
        request=request.words,
        wanted=wanted,
        got=got,
        rule=rule,
    )


def counterexample(request: Request, wanted: str, one: Routed) -> dict[str, object]:
    return {
        "request": request.as_json(),
        "words": request.words,
        "answer": one.got,
        "expected": wanted,
        "by": one.kind,
    }


def sample_outcome(one: Routed) -> Outcome:
    return Outcome(
        name=one.sample.name,
        what=one.sample.request.words,
        expected=one.sample.expect,
        yours=one.got,
        because=one.rule,
        passed=one.passed,
    )
