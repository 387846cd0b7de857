"""Does this packet get in? A security group's inbound rules (`rules`), and a packet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.errors import AnswerError
from labs.grading.network.rules.answers import read_group_answer
from labs.grading.network.rules.flows import Flow, admits
from labs.grading.network.rules.rule import GROUP, Rule
from labs.grading.network.rules.words import rule_words, way_words
from labs.grading.said import say
from labs.grading.tries.kind import Field, Mark, Row, Rows, Texts, Tone, TryAnswer, field_error
from labs.grading.tries.packets import fields_of, miss_of, read_packet

OWN = {"rules": Field("rules", say("Rules of the security group"), lines=8)}
LETS_IN, ALSO = say("It lets the packet in."), say("It lets the packet in, too.")
REMEMBERED = say("The answer gets out without a rule: a security group remembers the conversation.")
IN_SILENCE = say("Nobody is told: the sender waits until it gives up.")


def fields(names: frozenset[str]) -> tuple[Field, ...]:
    return fields_of(names, OWN)


def answer(texts: Texts) -> TryAnswer:
    try:
        rules = read_group_answer(texts["rules"]).rules.inbound
    except AnswerError as error:
        raise field_error("rules", error) from None
    flow = read_packet(texts, at_group=True)
    packet = way_words(flow.words(), flow.far_end(), inbound=True)
    tables = (Rows(say("Rule by rule; their order does not matter"), tuple(rows_of(rules, flow))),)
    found = next((rule for rule in rules if admits(rule, flow)), None)
    if found is None:
        words = say("{packet} is kept out: no rule lets it in.", packet=packet)
        return TryAnswer(Tone.NO, words, tables, notes=(IN_SILENCE,))
    words = say("{packet} gets in, by the rule {rule}.", packet=packet, rule=rule_words(found))
    return TryAnswer(Tone.YES, words, tables, notes=(REMEMBERED,))


def rows_of(rules: Sequence[Rule], flow: Flow) -> Iterator[Row]:
    decided = False
    for rule in rules:
        name = rule_words(rule)
        if not admits(rule, flow):
            by_group = rule.source.kind == GROUP
            yield Row(
                name, Mark.PASSES_BY, miss_of(rule, flow.protocol, flow.port, by_group=by_group)
            )
        else:
            yield Row(name, *((Mark.MATCHES, ALSO) if decided else (Mark.DECIDES, LETS_IN)))
            decided = True
