"""What a lab asks about a network ACL, and an answer against it: conversations, then both
directions compared with the expected ones, then advice. How the spec is written:
`labs/grading/kinds/network_acl.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from labs.grading.errors import AnswerError, RuleError, SpecError
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.network.exercise.acl_mistakes import find_mistakes
from labs.grading.network.exercise.conversations import (
    Conversation,
    conversation_finding,
    conversation_outcome,
    decide,
    decided_by,
    hold,
    read_conversation,
    rule_words,
)
from labs.grading.network.exercise.findings import advice
from labs.grading.network.exercise.packets import (
    TITLE,
    Locate,
    fate_words,
    flow_json,
    flow_words,
    position_of,
)
from labs.grading.network.exercise.path_codes import ACL_CODES
from labs.grading.network.rules.acl import Acl, AclRule, admitted, read_acl
from labs.grading.network.rules.acl_table import read_acl_table
from labs.grading.network.rules.algebra import alike, compare
from labs.grading.network.rules.answers import Document, as_answer_error, is_json
from labs.grading.network.rules.flows import Flow
from labs.grading.network.rules.protocols import ALL, protocol_name
from labs.grading.network.rules.rule import Rule
from labs.grading.report import Case, Finding, Report
from labs.grading.said import say
from labs.grading.toml_table import Table, file_of, solution_name

SAME = {
    True: say("Inbound, every packet is decided as it should be."),
    False: say("Outbound, every packet is decided as it should be."),
}


@dataclass(frozen=True, slots=True)
class AclAnswer:
    acl: Acl
    document: Document


@dataclass(frozen=True, slots=True)
class AclExercise:
    """`points` for each direction that decides exactly as the expected one does."""

    expected: Acl
    conversations: tuple[Conversation, ...]
    points: int


def read_acl_exercise(table: Mapping[str, object], files: Files) -> AclExercise:
    spec = Table(table)
    name = spec.text("expected", solution_name(files))
    try:
        expected = read_acl_answer(file_of(files, name)).acl
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from None
    conversations = tuple(read_conversation(packet) for packet in spec.tables("packets"))
    read = AclExercise(expected, conversations, spec.number("compare", 2, most=1000))
    spec.finish()
    if not read.points and not any(one.points for one in conversations):
        raise spec.error("", "nothing is worth a point: give packets, or compare above 0")
    return read


def read_acl_answer(text: str) -> AclAnswer:
    document: Document = read_json(text) if is_json(text) else read_acl_table(text)
    try:
        return AclAnswer(read_acl(document.value), document)
    except RuleError as error:
        raise as_answer_error(error, document) from None


def check_acl(answer: AclAnswer, exercise: AclExercise) -> Report:
    locate = answer.document.position
    held = [hold(answer.acl, asked) for asked in exercise.conversations]
    directions = (True, False) if exercise.points else ()
    findings = [
        *(conversation_finding(one, locate) for one in held),
        *(comparison(answer.acl, exercise, inbound, locate) for inbound in directions),
        *advice(find_mistakes(answer.acl), locate, ACL_CODES),
    ]
    return Report(
        tuple(findings),
        outcomes=tuple(conversation_outcome(one) for one in held if not one.asked.hidden),
        outcomes_title=TITLE,
    )


def holds_acl(answer: AclAnswer, exercise: AclExercise) -> list[bool]:
    """As the checks of `check_acl`, in their order."""
    counted = [asked for asked in exercise.conversations if asked.points]
    directions = (True, False) if exercise.points else ()
    return [
        *(hold(answer.acl, asked).passed for asked in counted),
        *(alike(*both(answer.acl, exercise, inbound)) for inbound in directions),
    ]


def both(acl: Acl, exercise: AclExercise, inbound: bool) -> tuple[list[Rule], list[Rule]]:
    """What the answer and the expected ACL admit."""
    learner, expected = acl.direction(inbound), exercise.expected.direction(inbound)
    protocols = protocols_of([*learner, *expected])
    return list(admitted(learner, protocols)), list(admitted(expected, protocols))


def comparison(acl: Acl, exercise: AclExercise, inbound: bool, locate: Locate) -> Finding:
    learner = acl.direction(inbound)
    found = compare(*both(acl, exercise, inbound))
    if found.learner_only is not None:
        return difference(learner, found.learner_only, exercise.points, locate, inbound, True)
    if found.expected_only is not None:
        return difference(learner, found.expected_only, exercise.points, locate, inbound, False)
    message = SAME[inbound]
    return Finding("nacl.same-traffic", True, exercise.points, message)


def difference(
    rules: Sequence[AclRule], flow: Flow, points: int, locate: Locate, inbound: bool, allowed: bool
) -> Finding:
    """The answer decides this packet otherwise; `allowed`: it lets it through."""
    rule = decide(rules, flow)
    packet = flow_words(flow, inbound=inbound)
    fate = fate_words(packet, allowed, inbound=inbound, right=False)
    message = decided_by(fate, rule_words(rule, inbound))
    return Finding(
        "nacl.too-wide" if allowed else "nacl.too-narrow",
        False,
        points,
        message,
        at=position_of(rule.rule if rule else None, locate),
        cases=(Case(message),),
        counterexample=flow_json(flow, inbound=inbound, allowed=allowed),
    )


def protocols_of(rules: Sequence[AclRule]) -> list[str]:
    """Every named protocol, the three that readers know, and one number that nobody names for all
    the others."""
    named = {entry.rule.protocol for entry in rules} - {ALL} | {"tcp", "udp", "icmp"}
    other = next(
        (str(value) for value in range(2, 256) if protocol_name(str(value)) not in named), ""
    )
    return sorted(named | {other} - {""})
