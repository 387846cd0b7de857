"""What the guides say becomes of messages."""

from __future__ import annotations

import pytest

from labs.grading.messages.simulation.delivery import Place, lets_in, open_to
from labs.grading.messages.simulation.run import End, Run, Step
from labs.grading.messages.simulation.simulator import simulate
from labs.grading.messages.simulation.trace import ALWAYS, Function, Message, Outage, Trace
from labs.grading.messages.topology.model import Topology, TopologyAnswer
from labs.grading.messages.topology.reader import read_topology
from labs.grading.yaml_text import read_yaml

PLACE = Place("111122223333", "eu-west-2")
SOURCE = "EventSourceMappings:\n- {EventSourceArn: q, FunctionName: f, BatchSize: %d%s}\n"
REPORT = ", FunctionResponseTypes: [ReportBatchItemFailures]"
POLICY = (
    "{Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: sns.amazonaws.com},"
    " Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-2:111122223333:q', Condition:"
    " {ArnEquals: {aws:SourceArn: 'arn:aws:sns:eu-west-2:111122223333:t'}}}]}"
)


def topology(text: str) -> Topology:
    read = read_topology(TopologyAnswer(read_yaml(text)), ("t",), ("f",))
    assert read.refusals == (), read.refusals
    return read.found


def run(text: str, *messages: Message, seconds: int = 1000, **more: object) -> Run:
    functions = (Function("f", concurrency=1, begin=0),)
    trace = Trace("trace", seconds, messages, functions, **more)  # type: ignore[arg-type]
    return simulate(topology(text), trace, PLACE)


def queue(visibility: int = 60, timeout: int = 30, batch: int = 10, more: str = "") -> str:
    return (
        f"Queues:\n  q:\n    VisibilityTimeout: {visibility}\n{more}"
        + SOURCE % (batch, REPORT)
        + f"Functions: {{f: {{Timeout: {timeout}}}}}\n"
    )


def message(name: str, work: int = 2, fails: int = 0, at: int = 0, **more: str) -> Message:
    return Message(name, at, queue="" if more else "q", work=work, fails=fails, to=("f",), **more)


def done(found: Run, name: str) -> list[int]:
    return [one.second for one in found.done[name, "f"]]


def test_a_batch_is_worked_on_message_by_message_and_deleted() -> None:
    found = run(queue(), message("a"), message("b", work=5))
    assert (done(found, "a"), done(found, "b")) == ([2], [7])
    assert [one.end for one in found.calls] == [End.WELL]


def test_what_failed_comes_back_after_the_visibility_timeout_alone() -> None:
    found = run(queue(), message("a", fails=1), message("b"))
    assert (done(found, "a"), done(found, "b")) == ([62], [4])


def test_an_error_without_a_report_brings_the_whole_batch_back() -> None:
    text = queue().replace(REPORT, "")
    found = run(text, message("a"), message("b", fails=1), message("c"))
    assert done(found, "a") == [2, 62]
    assert done(found, "c") == [66]
    assert found.calls[0].end is End.ERROR


def test_a_function_out_of_time_deletes_nothing() -> None:
    found = run(queue(timeout=5), message("a", work=3), message("b", work=3))
    assert done(found, "a")[:2] == [3, 63]
    assert done(found, "b") == []
    assert [one.second for one in found.entries("a", Step.ENDED)][:2] == [5, 65]


def test_a_batch_that_waits_longer_than_the_visibility_timeout_is_received_again() -> None:
    messages = [message(name, work=20) for name in "abcd"]
    found = run(queue(visibility=30, timeout=30, batch=1), *messages)
    assert len(done(found, "a")) == 1
    assert len(done(found, "d")) > 1
    assert all(
        len(done(run(queue(200, 30, 1), *messages), name)) == 1 for name in "abcd"
    )  # six times the timeout and more


def test_a_window_waits_for_a_fuller_batch() -> None:
    text = queue().replace("BatchSize: 10", "BatchSize: 3, MaximumBatchingWindowInSeconds: 20")
    late = [message("a"), message("b", at=10)]
    assert done(run(text, *late), "a") == [22]
    assert done(run(text, *late, message("c", at=15)), "a") == [17]


REDRIVE = (
    "    RedrivePolicy: {deadLetterTargetArn: d, maxReceiveCount: 3}\n"
    "  d:\n    MessageRetentionPeriod: %d\n"
)


def test_a_message_is_moved_after_so_many_receives() -> None:
    found = run(queue(more=REDRIVE % 86_400), message("a", fails=ALWAYS))
    assert len(found.entries("a", Step.FAILED)) == 3
    assert [one.second for one in found.entries("a", Step.DEAD)] == [180]
    assert found.in_dead_letters("a")


def test_the_age_of_a_dead_letter_counts_from_the_first_sending() -> None:
    found = run(queue(more=REDRIVE % 300), message("a", fails=ALWAYS))
    assert [(one.second, one.where) for one in found.entries("a", Step.THROWN)] == [(300, "d")]
    assert not found.in_dead_letters("a")


def test_without_dead_letters_a_message_is_thrown_away_in_the_end() -> None:
    text = queue().replace("60\n", "60\n    MessageRetentionPeriod: 200\n", 1)
    found = run(text, message("a", fails=ALWAYS))
    assert [one.second for one in found.entries("a", Step.FAILED)] == [2, 62, 122, 182]
    assert [one.second for one in found.entries("a", Step.THROWN)] == [200]


def test_in_an_outage_everything_fails() -> None:
    found = run(queue(), message("a"), outages=(Outage("f", 0, 100),))
    assert done(found, "a") == [122]


def test_a_loop_without_a_pause_ends() -> None:
    text = queue(0, 1).replace("VisibilityTimeout: 0", "VisibilityTimeout: 1")
    assert run(text, message("a", work=1, fails=ALWAYS), seconds=86_400).looped


def test_a_topic_sends_what_filter_and_policy_let_through() -> None:
    text = (
        f"Queues:\n  q:\n    Policy: {POLICY}\n  shut:\n"
        "Subscriptions:\n- {TopicArn: t, Endpoint: q, FilterPolicy: {country: [DE]}}\n"
        "- {TopicArn: t, Endpoint: shut}\n"
    )
    messages = [
        Message("a", 0, topic="t", attributes={"country": ("DE",)}, to=("q",)),
        Message("b", 0, topic="t", attributes={"country": ("FR",)}, to=()),
    ]
    found = run(text, *messages)
    assert found.arrivals("a", "q") == [0]
    assert [one.where for one in found.entries("b", Step.FILTERED)] == ["q"]
    assert [one.where for one in found.entries("a", Step.NOT_LET_IN)] == ["shut"]


def test_the_policy_of_a_queue_is_decided_by_the_engine_of_iam() -> None:
    closed = topology(f"Queues: {{q: {{Policy: {POLICY}}}}}").queues["q"]
    assert lets_in(closed, "t", PLACE)
    assert not lets_in(closed, "other", PLACE)
    assert open_to(closed, "t", PLACE) == ""
    condition = POLICY[POLICY.index(", Condition") : POLICY.index("}]}")]
    for text, who in (
        (POLICY.replace(condition, ""), "arn:aws:sns:eu-west-2:999988887777:t"),
        (
            POLICY.replace("{Service: sns.amazonaws.com}", "'*'").replace(condition, ""),
            "arn:aws:sns",
        ),
    ):
        assert open_to(
            topology(f"Queues: {{q: {{Policy: {text}}}}}").queues["q"], "t", PLACE
        ).startswith(who)


@pytest.mark.parametrize(
    ("operator", "source", "who"),
    [
        ("ArnNotEquals", "arn:aws:sns:eu-west-2:111122223333:t", ""),
        (
            "ArnNotLike",
            "arn:aws:sns:eu-west-2:111122223333:t*",
            "arn:aws:sns:eu-west-2:111122223333:t-too",
        ),
    ],
)
def test_a_queue_may_be_closed_by_a_deny(operator: str, source: str, who: str) -> None:
    text = (
        "Queues: {q: {Policy: {Version: '2012-10-17', Statement: ["
        "{Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: '*'}, "
        "{Effect: Deny, Principal: '*', Action: 'sqs:SendMessage', Resource: '*', "
        f"Condition: {{{operator}: {{'aws:SourceArn': '{source}'}}}}}}]}}}}}}"
    )
    queue = topology(text).queues["q"]
    assert lets_in(queue, "t", PLACE)
    assert open_to(queue, "t", PLACE) == who


@pytest.mark.parametrize(
    ("service", "operator", "who"),
    [
        ("sns.amazonaws.com", "ArnEquals", ""),
        ("[sns.amazonaws.com, s3.amazonaws.com]", "ArnEquals", ""),
        ("[sns.amazonaws.com, s3.amazonaws.com]", "ArnEqualsIfExists", "s3.amazonaws.com"),
        ("[sns.amazonaws.com, events.amazonaws.com]", "ArnEqualsIfExists", "events.amazonaws.com"),
    ],
)
def test_a_service_that_sends_no_source_is_let_in_by_if_exists(
    service: str, operator: str, who: str
) -> None:
    """IAM User Guide: aws:SourceArn, and "IfExists condition operators"."""
    text = POLICY.replace("sns.amazonaws.com", service).replace("ArnEquals", operator)
    found = topology(f"Queues:\n  q:\n    Policy: {text}\n").queues["q"]
    assert open_to(found, "t", PLACE) == who
