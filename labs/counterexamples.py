"""The heart of a verdict: one concrete case on which the answer and the expected answer differ,
both ways if it can be.

Only of checks that are not hidden. The words come from the engine, which knows what its cases mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from labs.grading.report import Finding, Report

WIDER, NARROWER = {"learner_wider", "incomparable"}, {"learner_narrower", "incomparable"}
POLICY = {
    "equal": gettext_lazy("Your policy allows exactly the same requests as the expected one."),
    "learner_wider": gettext_lazy("Your policy allows everything that is needed, and more."),
    "learner_narrower": gettext_lazy(
        "Your policy allows nothing wrong, but not all that is needed."
    ),
    "incomparable": gettext_lazy(
        "Your policy allows some requests that it should not, and denies some that are needed."
    ),
}
RULES = {
    "equal": gettext_lazy("Your rules let exactly the expected traffic through."),
    "learner_wider": gettext_lazy("Your rules let everything through that is needed, and more."),
    "learner_narrower": gettext_lazy(
        "Your rules let nothing wrong through, but not all that is needed."
    ),
    "incomparable": gettext_lazy(
        "Your rules let some traffic through that they should not, and stop some that is needed."
    ),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, and what there is to replay it: a request with the trace of its decision,
    or a packet's walk."""

    sentence: str
    request: Mapping[str, Any] | None = None
    trace: Mapping[str, Any] | None = None
    walk: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """How the answer lies to the expected one. `name` as in the engines: equal, learner_wider …"""

    name: str
    words: str | Promise


@dataclass(frozen=True, slots=True)
class Counterexample:
    """`finding` is the check that it comes from."""

    finding: Finding
    cases: tuple[Case, ...]


def find_counterexample(report: Report) -> Counterexample | None:
    """Of the check that is worth most: the comparison with the whole expected answer,
    where there is one."""
    shown = [
        one
        for one in report.findings
        if one.points and not one.passed and one.counterexample and not one.hidden
    ]
    if not shown:
        return None
    finding = max(shown, key=lambda one: one.points)
    return Counterexample(finding, tuple(cases_of(finding, report.extra)))


def cases_of(finding: Finding, extra: Mapping[str, Any]) -> Iterator[Case]:
    example = finding.counterexample or {}
    if "sentence" in example:
        subject = finding.message.partition(example["sentence"])[0]
        for case in both_ways(example, extra):
            yield Case(subject + case["sentence"], request=case["request"], trace=case["trace"])
    elif "action" in example:
        yield Case(
            request_sentence(finding, example), request=example, trace=trace_of(example, extra)
        )
    else:
        yield Case(finding.message, walk=example.get("walk"))


def both_ways(example: Mapping[str, Any], extra: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The case, and its counterpart where the answer is too wide here and too narrow there."""
    for comparison in comparisons(extra):
        cases = [comparison.get("learner_only"), comparison.get("expected_only")]
        if example in cases:
            return [case for case in cases if case]
    return [example]


def comparisons(extra: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = [extra.get("comparison"), *(extra.get("comparisons") or {}).values()]
    return [comparison for comparison in found if comparison]


def request_sentence(finding: Finding, request: Mapping[str, Any]) -> str:
    """In English, as everything that the engines say."""
    about = f"{request['action']} on {request['resource']}"
    if finding.expected in ("allow", "Allowed"):
        return f"{about} is denied by your policy; it is needed."
    if finding.actual.startswith("Allowed"):
        return f"{about} is allowed by your policy; it should be denied."
    return f"{about} is denied by your policy, but for another reason than it should be."


def trace_of(request: Mapping[str, Any], extra: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The trace of the scenario that asks for this request."""
    rows = [
        row
        for row in extra.get("scenarios") or []
        if not row.get("hidden") and row.get("request") == request
    ]
    return rows[0].get("trace") if rows else None


def relation_of(report: Report) -> Relation | None:
    """None where nothing was compared: the engine could not, or the lab does not ask for it."""
    compared = comparisons(report.extra)
    if compared:
        name = united([comparison["relation"] for comparison in compared])
        return Relation(name, POLICY[name])
    name = report.extra.get("relation") or ""
    return Relation(name, RULES[name]) if name in RULES else None


def united(relations: list[str]) -> str:
    """Of several comparisons, one for each user: too wide somewhere is too wide."""
    wider, narrower = (
        any(name in WIDER for name in relations),
        any(name in NARROWER for name in relations),
    )
    if wider and narrower:
        return "incomparable"
    return "learner_wider" if wider else "learner_narrower" if narrower else "equal"
