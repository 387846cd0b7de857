from __future__ import annotations

import json
from random import Random

import pytest
import yaml

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade, read_answer
from labs.grading.kinds import KINDS, messaging
from labs.grading.report import Finding, Report
from tests.labs.grading.garbling import garbled

KIND = KINDS["messaging"]
MESSAGES = [
    {"name": "order", "count": 4, "every": 0, "queue": "orders", "work": 4, "to": ["write"]},
    {"name": "weak", "queue": "orders", "work": 4, "fails": 1, "to": ["write"]},
    {"name": "bad", "queue": "orders", "work": 4, "poison": True, "to": ["write"]},
]
TRACE = {
    "name": "Tuesday",
    "seconds": 1000,
    "messages": MESSAGES,
    "missing": 0,
    "stray": 0,
    "twice": 0,
    "poison": 0,
    "latest": 200,
    "calls": 6,
}
TABLE = {"topics": ["shop"], "functions": [{"name": "write"}], "traces": [TRACE]}
RIGHT = """\
Queues:
  orders:
    VisibilityTimeout: 120
    RedrivePolicy: {deadLetterTargetArn: dead, maxReceiveCount: 3}
  dead:
EventSourceMappings:
  - EventSourceArn: orders
    FunctionName: write
    FunctionResponseTypes: [ReportBatchItemFailures]
Functions:
  write: {Timeout: 30}
"""


def report(text: str, **changes: object) -> Report:
    return grade(KIND, table=TABLE | {"traces": [TRACE | changes]}, files={}, text=text)


def failed(text: str, **changes: object) -> dict[str, Finding]:
    return {one.code: one for one in report(text, **changes).findings if not one.passed}


def without(line: str) -> str:
    return "".join(one for one in RIGHT.splitlines(keepends=True) if line not in one)


def test_sensible_settings_score_everything() -> None:
    assert failed(RIGHT) == {}
    assert report(RIGHT).percent == 100


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (RIGHT.replace("30", "20"), "messages.timed-out", "20 seconds was over"),
        (without("FunctionResponseTypes"), "messages.whole-batch", "another message of its batch"),
        (RIGHT.replace("120", "9000"), "messages.waiting", "“weak” is not done by write"),
        (RIGHT.replace("120", "300"), "messages.late", "“weak” is done by write after"),
        (RIGHT.replace("Count: 3", "Count: 1"), "messages.given-up", "“weak” is sound"),
        (without("RedrivePolicy"), "messages.no-dead-letters", "“bad” always fails"),
        (RIGHT.replace("Count: 3", "Count: 50"), "messages.still-tried", "not in dead at the end"),
        (RIGHT.replace("  dead:", "  dead: {MessageRetentionPeriod: 500}"),
         "messages.dead-letter-expired", "dead has thrown it away"),
        (RIGHT.replace("write\n", "write\n    BatchSize: 1\n", 1), "messages.calls", "called"),
        ("Queues:\n  orders:\n", "messages.not-subscribed", "no way leads there"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_with_the_message_that_shows_it(
    text: str, code: str, words: str
) -> None:
    found = failed(text)[code]
    assert words in found.message
    assert found.cure
    assert found.section == KIND.CODES[code].section
    assert found.counterexample is not None


def test_the_page_gets_a_row_for_each_fate_and_the_story_of_one_message() -> None:
    (trace,) = report(without("RedrivePolicy"), seconds=3000).extra["traces"]
    assert [(row["first"], row["last"]) for row in trace["rows"]] == [
        ("order 1", "order 4"), ("weak", "weak"), ("bad", "bad"),
    ]  # fmt: skip
    assert trace["message"] == "bad"
    assert trace["story"][0] == ["0:00", "comes to orders"]
    assert trace["more"]


def test_nothing_done_earns_nothing() -> None:
    assert report("Queues:\n  orders:\n").percent == 0


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (RIGHT.replace("120", "20"), "messages.visibility-below-timeout", "30 or more"),
        (RIGHT.replace("120", "50000"), "messages.out-of-range", "0 to 43200"),
        (RIGHT.replace("Arn: dead", "Arn: grave"), "messages.unknown-name", "dead, orders"),
        (RIGHT.replace("Arn: dead", "Arn: orders"), "messages.unknown-name", "its own"),
        (RIGHT.replace("Name: write", "Name: read"), "messages.unknown-name", "write"),
        (RIGHT.replace("VisibilityT", "visibilityt"), "messages.form", "Write VisibilityTimeout"),
        (RIGHT.replace("  dead:", "  dead: {FifoQueue: true}"), "messages.form", "not simulated"),
        (RIGHT.replace("  dead:", "  dead: {Policy: {Statement: 5}}"), "messages.policy", ""),
        (RIGHT.replace("write\n", "write\n    BatchSize: 11\n", 1), "messages.out-of-range",
         "Window"),
        (RIGHT + "Subscriptions: [{TopicArn: shop, Endpoint: dead, FilterPolicy: {a: b}}]",
         "messages.filter", '"a": ["b"]'),
        (RIGHT + "Subscriptions: [{TopicArn: shop, Endpoint: dead, FilterPolicy: 'a'}]",
         "messages.form", ""),
        (RIGHT.replace("120", "120\n    ReceiveMessageWaitTimeSeconds: 21"),
         "messages.out-of-range", "0 to 20"),
        (RIGHT + "Subscriptions: {a: 1}\n", "messages.form", "Write a list below Subscriptions"),
    ],
)  # fmt: skip
def test_what_aws_refuses_is_not_simulated(text: str, code: str, words: str) -> None:
    found = report(text)
    assert found.refused
    assert words in next(one.message for one in found.findings if one.code == code)
    answer = read_answer(KIND, text)
    spec = exercise_of(KIND, table=TABLE, files={}).spec
    assert code in [one.code for one in messaging.advise(answer, spec)]


FILTER = """'{"country": ["DE"]}'"""
AS_THE_API_TAKES_THEM = """\
Queues:
  orders:
    VisibilityTimeout: "120"
    MaximumMessageSize: "131072"
    ReceiveMessageWaitTimeSeconds: "20"
    RedrivePolicy: '{"deadLetterTargetArn": "arn:aws:sqs:x:1:dead", "maxReceiveCount": "3"}'
"""


def test_texts_of_json_are_read_as_the_api_takes_them() -> None:
    """SQS API Reference, "SetQueueAttributes"; AWS CLI, examples of `set-queue-attributes`."""
    head = RIGHT[: RIGHT.index("  dead:")]
    assert report(RIGHT.replace(head, AS_THE_API_TAKES_THEM)).percent == 100
    policy = TOPICS[TOPICS.index("{Version") : TOPICS.index("}]}") + 3]
    as_text = "'" + json.dumps(yaml.safe_load(policy)) + "'"
    assert of_topics(TOPICS.replace(policy, as_text).replace("{country: [DE]}", FILTER)) == {}


def test_a_filter_of_nothing_is_none() -> None:
    for nothing in ("{}", "'{}'"):
        assert set(of_topics(TOPICS.replace("{country: [DE]}", nothing))) == {"messages.stray"}


@pytest.mark.parametrize("key", ["RedrivePolicy", "Policy"])
def test_a_text_that_is_no_json_is_refused(key: str) -> None:
    found = report(f"Queues:\n  orders:\n    {key}: '{{'\n")
    assert found.refused
    assert next(one for one in found.findings if one.code == "messages.form").line == 3


def test_json_is_read_as_well() -> None:
    text = '{"Queues": {"orders": {}}, "EventSourceMappings": []}'
    assert "messages.not-subscribed" in failed(text)
    with pytest.raises(AnswerError):
        read_answer(KIND, "- 1")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"traces": []}, "traces"),
        ({"traces": [{"name": "a", "seconds": 5, "messages": MESSAGES}]}, "worth a point"),
        ({"traces": [TRACE | {"messages": []}]}, "messages"),
        ({"traces": [TRACE | {"surplus": 1}]}, "unknown key"),
    ],
)
def test_a_wrong_spec_is_named(changes: dict, words: str) -> None:
    with pytest.raises(SpecError, match=words):
        KIND.read_spec(TABLE | changes, {})


WORDS = ["orders", "dead", "write", "0", "1", "43200", "{}", "[]", "- ", "120", "null", '"', "true"]


def test_no_answer_breaks_the_check() -> None:
    dice = Random(8)
    exercise = exercise_of(KIND, table=TABLE, files={})
    for _ in range(300):
        try:
            exercise.grade(garbled(dice, RIGHT, WORDS))
        except AnswerError:
            continue


TOPICS = """\
Queues:
  orders:
    Policy: {Version: "2012-10-17", Statement: [{
      Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "sqs:SendMessage",
      Resource: "arn:aws:sqs:eu-west-2:111122223333:orders"}]}
Subscriptions:
  - TopicArn: shop
    Endpoint: orders
    FilterPolicy: {country: [DE]}
"""
SENT = {"name": "order", "topic": "shop", "attributes": '{"country": "DE"}', "to": ["orders"]}
ABROAD = SENT | {"name": "abroad", "attributes": '{"country": "FR"}', "to": []}


def of_topics(text: str) -> dict[str, Finding]:
    asked = {"name": "Monday", "seconds": 100, "messages": [SENT, ABROAD]}
    table = {"topics": ["shop"], "traces": [asked | {"missing": 0, "stray": 0, "twice": 0}]}
    report = grade(KIND, table=table, files={}, text=text)
    return {one.code: one for one in report.findings if not one.passed}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (TOPICS.replace("[DE]", "[GB]"), "messages.filtered-out", 9),
        (TOPICS + "    FilterPolicyScope: MessageBody\n", "messages.scope", 10),
        (TOPICS.replace("    FilterPolicy: {country: [DE]}\n", ""), "messages.stray", 7),
        (TOPICS + "  - {TopicArn: shop, Endpoint: orders, FilterPolicy: {country: [DE]}}\n",
         "messages.two-subscriptions", 10),
        (TOPICS.replace("sns.amazonaws", "s3.amazonaws"), "messages.not-let-in", 3),
    ],
)  # fmt: skip
def test_a_finding_about_a_topic_points_at_its_cause(text: str, code: str, line: int) -> None:
    assert of_topics(text)[code].line == line


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (RIGHT.replace("30", "20"), "messages.timed-out", 11),
        (without("FunctionResponseTypes"), "messages.whole-batch", 7),
        (RIGHT.replace("Count: 3", "Count: 50"), "messages.still-tried", 4),
        (RIGHT.replace("write\n", "write\n    BatchSize: 1\n", 1), "messages.calls", 7),
    ],
)
def test_a_finding_about_work_points_at_its_cause(text: str, code: str, line: int) -> None:
    assert failed(text)[code].line == line
