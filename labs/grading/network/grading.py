"""Findings about one security group, as the kinds give them: the comparison, and advice for known mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from labs.grading.kind import Code
from labs.grading.network.algebra import compare
from labs.grading.network.direction import Mistake
from labs.grading.network.flows import Flow, first_match
from labs.grading.network.packets import Place, flow_json, flow_words, outcome_words, place_of
from labs.grading.network.rules import Rule
from labs.grading.report import Finding


def comparison_finding(
    learner: Sequence[Rule], expected: Sequence[Rule], *, inbound: bool, points: int, place: Place
) -> Finding:
    """One finding for one direction: `sg.same-traffic`, or the difference with the most telling flow."""
    comparison = compare(learner, expected)
    wrongly, missing = comparison.learner_only, comparison.expected_only
    if wrongly is None and missing is None:
        return Finding(
            "sg.same-traffic", True, points, f"{_rules(inbound)} admit exactly the traffic that is asked for."
        )
    witness, allowed = (wrongly, True) if wrongly is not None else (missing, False)
    assert witness is not None
    rule = first_match(learner, witness) if allowed else None
    line, column = place_of(rule, place)
    counterexample = flow_json(witness, inbound=inbound, allowed=allowed)
    if wrongly is not None and missing is not None:
        counterexample["also"] = flow_json(missing, inbound=inbound, allowed=False)
    return Finding(
        "sg.too-wide" if allowed else "sg.too-narrow",
        False,
        points,
        " ".join(_sentence(flow, ok, inbound=inbound) for flow, ok in ((wrongly, True), (missing, False)) if flow),
        line,
        column,
        counterexample,
        expected=outcome_words(not allowed, inbound=inbound),
        actual=outcome_words(allowed, inbound=inbound),
    )


def _sentence(flow: Flow, allowed: bool, *, inbound: bool) -> str:
    outcome = outcome_words(allowed, inbound=inbound)
    return f"{flow_words(flow, inbound=inbound)} {outcome}; it should{' not' if allowed else ' not be'}."


def _rules(inbound: bool) -> str:
    return "The inbound rules" if inbound else "The outbound rules"


def advice(mistakes: Iterable[Mistake], place: Place, codes: Mapping[str, Code]) -> list[Finding]:
    """Findings of 0 points: they explain and never decide."""
    findings = []
    for mistake in mistakes:
        line, column = place(mistake.path) if mistake.path else (None, None)
        code = codes[mistake.code]
        findings.append(
            Finding(mistake.code, False, 0, mistake.message, line, column, section=code.section, why=code.explanation)
        )
    return findings
