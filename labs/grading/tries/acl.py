"""Does this packet get into the subnet, and its answer out? A network ACL (`rules`), a packet that
comes in, and `client-port`, to which the answer goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.errors import AnswerError
from labs.grading.network.exercise.acl_exercise import read_acl_answer
from labs.grading.network.exercise.conversations import decide, passes
from labs.grading.network.rules.acl import AclRule
from labs.grading.network.rules.flows import Flow
from labs.grading.network.rules.words import rule_words, way_words
from labs.grading.said import say
from labs.grading.tries.kind import Field, Mark, Row, Rows, Texts, Tone, TryAnswer, field_error
from labs.grading.tries.packets import fields_of, miss_of, read_packet, read_port

OWN = {
    "rules": Field("rules", say("Rules of the network ACL"), lines=10),
    "client-port": Field("client-port", say("The sender’s own port"), is_short=True),
}
EFFECTS = {
    (True, True): say("The first that matches: the packet gets in."),
    (True, False): say("The first that matches: the packet is stopped."),
    (False, True): say("The first that matches: the answer gets out."),
    (False, False): say("The first that matches: the answer is stopped."),
}
UNSEEN = say("Not looked at: a rule with a lower number has decided.")
LAST = say("* deny everything else")
BY_LAST = say("No other matches, so the last one decides.")


def fields(names: frozenset[str]) -> tuple[Field, ...]:
    rules, port, *packet = fields_of(names, OWN)
    return (rules, *packet, port)


def answer(texts: Texts) -> TryAnswer:
    try:
        acl = read_acl_answer(texts["rules"]).acl
    except AnswerError as error:
        raise field_error("rules", error) from None
    flow, back = read_packet(texts, at_group=False), read_port(texts, "client-port")
    there = decide(acl.inbound, flow)
    question = Rows(say("The packet, inbound"), tuple(rows_of(acl.inbound, flow, flow.port, True)))
    packet = way_words(flow.words(), flow.far_end(), inbound=True)
    if not passes(there):
        words = say("{packet} does not get in: {rule}.", packet=packet, rule=by(there, True))
        return TryAnswer(Tone.NO, words, (question,))
    home = decide(acl.outbound, flow, back)
    tables = (question, answer_rows(acl.outbound, flow, back))
    parts = {"packet": packet, "port": back, "rule": by(home, False)}
    if passes(home):
        words = say("{packet} gets in, and its answer to port {port} gets out.", **parts)
        return TryAnswer(Tone.YES, words, tables)
    words = say(
        "{packet} gets in, but its answer to port {port} does not get out: {rule}.", **parts
    )
    return TryAnswer(Tone.NO, words, tables)


def answer_rows(rules: Sequence[AclRule], flow: Flow, port: int) -> Rows:
    return Rows(say("Its answer, outbound"), tuple(rows_of(rules, flow, port, False)))


def by(rule: AclRule | None, inbound: bool) -> str:
    if rule is None:
        return say("no rule matches, and the last one denies the rest")
    return rule.words(inbound=inbound)


def rows_of(rules: Sequence[AclRule], flow: Flow, port: int, inbound: bool) -> Iterator[Row]:
    decider = decide(rules, flow, port)
    decided = False
    for entry in rules:
        name = say(
            "{number} {effect} {traffic}",
            number=entry.number,
            effect="allow" if entry.allow else "deny",
            traffic=rule_words(entry.rule, inbound=inbound),
        )
        if decided:
            yield Row(name, Mark.UNSEEN, UNSEEN)
        elif entry is decider:
            decided = True
            yield Row(name, Mark.DECIDES, EFFECTS[(inbound, entry.allow)])
        else:
            yield Row(name, Mark.PASSES_BY, miss_of(entry.rule, flow.protocol, port))
    yield Row(LAST, *((Mark.UNSEEN, UNSEEN) if decided else (Mark.DECIDES, BY_LAST)))
