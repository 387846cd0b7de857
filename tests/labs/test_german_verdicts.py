"""German verdicts are German to the last word: every sentence of a report, as it is stored, read in
German. Names, ARNs and addresses stay; what a lab's author wrote is course content, and English
where nobody translated it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.utils import translation

from labs.grading.errors import AnswerError
from labs.grading.grade import grade, read_answer
from labs.grading.kinds import KINDS
from labs.grading.report import Case, Finding, Outcome, Replay, Report
from labs.grading.report_json import text_from_json, to_json
from labs.language import in_language, with_words
from labs.source import LabSource
from tests.labs.shipped import shipped_labs_with_translations

CATALOG = {lab.slug: lab for lab in shipped_labs_with_translations()}
# Words of every second English sentence that are no German words
ENGLISH = re.compile(
    r"\b(the|is|are|not|and|of|to|from|by|with|it|its|should|which|your|does|has|have|this|that|for"
    r"|on|be|but|no|nothing|every|allowed|denied|statement(?=s)|gets|needs|needed|than|there|where"
    r"|rule|rules|answer|answers|answered|refused|stopped|passes|members|inbound|outbound)\b"
)
# What AWS itself says, and the words of its own languages
QUOTED = re.compile(
    r"AWS: [A-Z][^.]*\.|\"[^\"]*\"|“[^”]*”|„[^“]*“|connection refused|(?<=eine von: ).*"
    r"|anything-but|greater-than|(?m:^ *- .*)"  # a rule as the readable form has it
    r"|\{(?:of|from): [^}]*\}"  # a snapshot or a volume of a placement
)
MUST_NOT_PARSE = (
    ("iam-policy", "{'Version': 1}"),
    ("iam-policy", '{"Version": "2012-10-17", "Statement": "all"}'),
    ("iam-policy", "[]"),
    ("iam-account", "7"),
    ("security-group", '[{"IpProtocol": "http"}]'),
    ("security-group", '[{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2}]'),
    ("security-group", "inbound:\n- tcp 22 from 1.2.3"),
    ("security-group", "- tcp 22 from 0.0.0.0/0"),
    ("security-group", "inbound:\n- tcp 22"),
    ("security-group", "inbound:\n- tcp 22 from"),
    ("security-group", "inbound:\n- from 10.0.0.0/8"),
    ("security-group", "inbound:\n- tcp 80 - 90 from 10.0.0.0/8"),
    ("security-group", "inbound:\n- tcp web from 10.0.0.0/8"),
    ("security-group", "inbound:\n- icmp 80 from 10.0.0.0/8"),
    ("security-group", "inbound:\n- tcp 80 from 10.0.0.0/64"),
    ("security-group", "inbound:\ninbound:"),
    ("security-group", "anything"),
    ("network-acl", '{"Entries": [{"RuleNumber": 0}]}'),
    ("network-acl", "inbound:\n- allow tcp 22 from 0.0.0.0/0"),
    ("subnetting", "vpc 10.0.0.0/16 and more"),
    ("packet-walk", "a: nowhere"),
    ("find-the-flaw", "one"),
    ("security-group-graph", "[]"),
    ("decode", "a:\n  family m"),
    ("decode", "a:\n  family:m"),
    ("decode", "a: {family: m"),
    ("decode", "a: {family: m} n"),
    ("decode", "a: b\na: c"),
    ("decode", 'a: "b'),
    ("decode", "[1]"),
    ("cost", "bill: much"),
    ("cost", "bill: 3 * 4"),
    ("cost", "bill:\n  month: 3"),
    ("cost", "bill: 3 " + "x" * 70),
    ("purchase-plan", "reservd: 3"),
    ("purchase-plan", "reserved: {m5: 2.5}"),
    ("purchase-plan", "savings_plan: lots"),
    ("purchase-plan", "savings_plan: {web: 1}"),
    ("purchase-plan", "runs: spot"),
    ("purchase-plan", "runs: {web: balcony}"),
    ("decode", '{"a": {"b": {}}}'),
    ("scenario-sort", "a: b\na: c"),
    ("scenario-sort", "a:\n  box: b"),
)


def texts_of_report(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield from texts_of_finding(finding)
    for outcome in report.outcomes:
        yield from texts_of_outcome(outcome)
    yield from (report.refused, report.outcomes_title)
    yield report.relation.words if report.relation else ""
    for step in report.cure.steps if report.cure else ():
        yield from (step.sentence, step.before, step.after)


def texts_of_finding(finding: Finding) -> Iterator[str]:
    yield from (finding.message, finding.why, finding.expected, finding.actual, finding.cure)
    for case in finding.cases:
        yield from texts_of_case(case)


def texts_of_case(case: Case) -> Iterator[str]:
    yield case.sentence
    yield from texts_of_replay(case.replay)


def texts_of_outcome(outcome: Outcome) -> Iterator[str]:
    yield from (outcome.name, outcome.what, outcome.expected, outcome.yours, outcome.because)
    yield from texts_of_replay(outcome.replay)


def texts_of_replay(replay: Replay | None) -> Iterator[str]:
    """What `templates/labs/replays/` shows of it."""
    if replay is None:
        return
    yield replay.title
    if replay.name == "walk":
        yield from (*replay.data["story"], *(hop["words"] for hop in replay.data["hops"]))
    else:
        yield from texts_of_trace(replay.data["trace"])


def texts_of_trace(trace: Mapping[str, Any]) -> Iterator[str]:
    yield from (trace["reason"], trace["decided_by"])
    for row in trace["statements"]:
        yield from (row["policy"], row["label"])


def own_texts(value: object) -> Iterator[str]:
    """Every text of a lab's table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from own_texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from own_texts(item)


def english_in(text: str, own: list[str]) -> str:
    """What is left of English in the German of a text."""
    with translation.override("de"):
        german = in_language(text)
    for words in own:
        german = german.replace(words, "")
    return german if ENGLISH.search(QUOTED.sub("", german)) else ""


def english_texts(source: LabSource, text: str) -> set[str]:
    """Of the report as it is stored; of the reason why there is none."""
    variant, kind = source.variants[0], KINDS[source.kind]
    words = source.translations[0].variants[0].words if source.translations else {}
    mine = (one for one in own_texts(variant.table) if set(" -") & set(one) and one not in words)
    own = sorted(mine, key=len, reverse=True)
    try:
        report = grade(kind, table=variant.table, files=variant.files, text=text, with_cure=True)
    except AnswerError as error:
        return {english_in(error.message, [])} - {""}
    stored = with_words(Report.from_json(report.as_json()), words)
    return {found for one in texts_of_report(stored) if (found := english_in(one, own))}


@pytest.mark.parametrize("source", CATALOG.values(), ids=lambda lab: lab.slug)
def test_no_english_is_left_in_a_german_verdict(source: LabSource) -> None:
    variant = source.variants[0]
    answers = {"starter": variant.starter, "solution": variant.solution, **variant.wrong}
    left = {name: english_texts(source, text) for name, text in answers.items()}
    assert {name: found for name, found in left.items() if found} == {}


@pytest.mark.parametrize(("kind", "text"), MUST_NOT_PARSE)
def test_what_cannot_be_read_is_said_in_german(kind: str, text: str) -> None:
    with pytest.raises(AnswerError) as raised:
        read_answer(KINDS[kind], text)
    stored = text_from_json(to_json(raised.value.message))
    assert english_in(stored, []) == ""
    with translation.override("de"):
        assert in_language(stored) != stored


def test_every_code_has_a_german_explanation() -> None:
    kinds = {lab.kind for lab in CATALOG.values()}
    codes = [code for kind in kinds for code in KINDS[kind].CODES.values()]
    words = {text for code in codes for text in (code.title, code.explanation)}
    with translation.override("de"):
        assert {text for text in words if in_language(text) == text} == set()
