"""Findings about one security group, as the kinds give them: the comparison,
and advice for known mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from labs.grading.kind import Code
from labs.grading.network.exercise.direction import Mistake
from labs.grading.network.exercise.packets import (
    Locate,
    fate_words,
    flow_json,
    flow_words,
    outcome_words,
    position_of,
)
from labs.grading.network.rules.algebra import Comparison, compare
from labs.grading.network.rules.flows import Flow, first_match
from labs.grading.network.rules.rule import Rule
from labs.grading.report import Case, Finding, Relation, RelationName, Severity
from labs.grading.said import joined, say

SAME = {
    True: say("Inbound, exactly the traffic that is asked for gets in."),
    False: say("Outbound, exactly the traffic that is asked for gets out."),
}
RELATIONS = {
    RelationName.EQUAL: say("Your rules let exactly the expected traffic through."),
    RelationName.WIDER: say("Your rules let everything through that is needed, and more."),
    RelationName.NARROWER: say("Your rules let nothing wrong through, but not all that is needed."),
    RelationName.DIFFERENT: say(
        "Your rules let some traffic through that they should not, and stop some that is needed."
    ),
}


def comparison_finding(
    learner: Sequence[Rule],
    expected: Sequence[Rule],
    *,
    inbound: bool,
    points: int,
    locate: Locate,
) -> Finding:
    """One finding for one direction: `sg.same-traffic`, or the difference with the most telling
    flow."""
    found = compare(learner, expected)
    allowed = found.learner_only is not None
    witness = found.learner_only if allowed else found.expected_only
    if witness is None:
        return Finding("sg.same-traffic", True, points, SAME[inbound])
    message = joined(sentences_about(found, inbound=inbound))
    return Finding(
        "sg.too-wide" if allowed else "sg.too-narrow",
        False,
        points,
        message,
        at=position_of(first_match(learner, witness), locate),
        cases=(Case(message),),
        counterexample=counterexample_of(found, witness, inbound=inbound, allowed=allowed),
        expected=outcome_words(not allowed, inbound=inbound),
        actual=outcome_words(allowed, inbound=inbound),
    )


def counterexample_of(
    found: Comparison, witness: Flow, *, inbound: bool, allowed: bool
) -> dict[str, object]:
    """The witness; `also` is the missing flow when the rules differ both ways."""
    example = flow_json(witness, inbound=inbound, allowed=allowed)
    if allowed and found.expected_only is not None:
        example["also"] = flow_json(found.expected_only, inbound=inbound, allowed=False)
    return example


def sentences_about(found: Comparison, *, inbound: bool) -> Iterator[str]:
    for flow, allowed in ((found.learner_only, True), (found.expected_only, False)):
        if flow is not None:
            packet = flow_words(flow, inbound=inbound)
            yield fate_words(packet, allowed, inbound=inbound, right=False)


def relation_of(found: Sequence[Comparison]) -> Relation | None:
    """How the answer lies to the expected one in all that was compared."""
    if not found:
        return None
    name = RelationName.of(
        wider=any(one.learner_only is not None for one in found),
        narrower=any(one.expected_only is not None for one in found),
    )
    return Relation(name, RELATIONS[name])


def advice(mistakes: Iterable[Mistake], locate: Locate, codes: Mapping[str, Code]) -> list[Finding]:
    """Findings of 0 points: they explain and never decide."""
    return [advice_about(mistake, locate, codes[mistake.code]) for mistake in mistakes]


def advice_about(mistake: Mistake, locate: Locate, code: Code) -> Finding:
    return Finding(
        mistake.code,
        False,
        0,
        mistake.message,
        at=locate(mistake.path) if mistake.path else None,
        severity=Severity.WARNING,
        section=code.section,
        why=code.explanation,
    )
