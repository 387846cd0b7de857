"""A document → a topology, with everything that AWS would refuse.

    Queues:                              Subscriptions:
      orders:                              - TopicArn: shop
        VisibilityTimeout: 60                Endpoint: orders
        RedrivePolicy:                       FilterPolicy: {country: [DE]}
          deadLetterTargetArn: dead      EventSourceMappings:
          maxReceiveCount: 5               - EventSourceArn: orders
      dead:                                  FunctionName: write
                                             FunctionResponseTypes: [ReportBatchItemFailures]
    Functions:
      write: {Timeout: 10}

RedrivePolicy, Policy and FilterPolicy may be texts of JSON, as the API takes them.
Sources: SQS API Reference, "SetQueueAttributes"; Lambda API Reference, "CreateEventSourceMapping"
(which refuses a visibility timeout below the function's); SNS API Reference, "Subscribe".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.messages.filters.dialect import DIALECTS, SNS_ATTRIBUTES, SNS_BODY
from labs.grading.messages.filters.reader import read_filter
from labs.grading.messages.topology.model import (
    BATCH,
    RETENTION,
    TIMEOUT,
    VISIBILITY,
    Queue,
    Source,
    Subscription,
    Topology,
    TopologyAnswer,
)
from labs.grading.messages.topology.parts import Parts
from labs.grading.refusal import Refusal
from labs.grading.said import say

MOST_QUEUES, MOST_LINKS = 12, 24
PARTIAL = "ReportBatchItemFailures"
NOT_SIMULATED = ("FifoQueue", "ContentBasedDeduplication", "DelaySeconds")
# No message of a trace is large, and whoever reads a queue here waits anyway: usual, least, most
WITHOUT_EFFECT = {
    "MaximumMessageSize": (1_048_576, 1024, 1_048_576),
    "ReceiveMessageWaitTimeSeconds": (0, 0, 20),
}


@dataclass(frozen=True, slots=True)
class ReadTopology:
    found: Topology
    refusals: tuple[Refusal, ...]


def read_topology(
    answer: TopologyAnswer, topics: tuple[str, ...], functions: tuple[str, ...]
) -> ReadTopology:
    value = answer.document.value
    top = Parts(value if isinstance(value, dict) else {}, ())
    top.know("Queues", "Subscriptions", "EventSourceMappings", "Functions")
    queues = read_queues(top)
    sources = [read_source(one, queues, functions) for one in top.items("EventSourceMappings")]
    subscriptions = [read_subscription(one, queues, topics) for one in top.items("Subscriptions")]
    if len(sources) + len(subscriptions) > MOST_LINKS:
        top.refuse("messages.form", say("Write at most {most} of these.", most=MOST_LINKS))
    found = Topology(queues, tuple(subscriptions), tuple(sources), read_timeouts(top, functions))
    check_visibility(found, top)
    return ReadTopology(found, tuple(top.refusals))


def read_queues(top: Parts) -> dict[str, Queue]:
    given = top.inner("Queues")
    if not 0 < len(given.values) <= MOST_QUEUES:
        words = say("Write 1 to {most} queues below Queues.", most=MOST_QUEUES)
        top.refuse("messages.form", words, "Queues" if "Queues" in top.values else "")
        return {}
    return {name: read_queue(name, given) for name in given.values}


def read_queue(name: str, queues: Parts) -> Queue:
    parts = queues.inner(name)
    left_out = [key for key in NOT_SIMULATED if key in parts.values]
    for key in left_out:
        parts.refuse("messages.form", say("Leave {key} out: it is not simulated here.", key=key),
                     key, at_key=True)  # fmt: skip
    parts.know("VisibilityTimeout", "MessageRetentionPeriod", "RedrivePolicy", "Policy", *left_out,
               *WITHOUT_EFFECT)  # fmt: skip
    for key, (usual, least, most) in WITHOUT_EFFECT.items():
        parts.number(key, usual, least, most)
    queue = Queue(
        name,
        parts.path,
        visibility=parts.number("VisibilityTimeout", VISIBILITY, 0, 43_200),
        retention=parts.number("MessageRetentionPeriod", RETENTION, 60, 1_209_600),
        policy=read_queue_policy(parts),
    )
    redrive = parts.inner("RedrivePolicy")
    if not redrive.values:
        return queue
    redrive.know("deadLetterTargetArn", "maxReceiveCount")
    target = redrive.name("deadLetterTargetArn", dict(queues.values))
    if target == name:
        words = say("Name another queue: {name} cannot be its own dead-letter queue.", name=name)
        redrive.refuse("messages.unknown-name", words, "deadLetterTargetArn")
    most = redrive.number("maxReceiveCount", 10, 1, 1000)
    return replace(queue, dead_letters=target, most_receives=most)


def read_queue_policy(parts: Parts) -> CompiledPolicy | None:
    value = parts.document("Policy")
    if value is None:
        return None
    policy = read_policy(value)
    if policy.unreadable:
        parts.refuse("messages.policy", policy.unreadable.message, "Policy")
        return None
    return CompiledPolicy(policy, "Policy")


def read_subscription(
    parts: Parts, queues: dict[str, Queue], topics: tuple[str, ...]
) -> Subscription:
    parts.know("TopicArn", "Endpoint", "Protocol", "FilterPolicy", "FilterPolicyScope",
               "RawMessageDelivery")  # fmt: skip
    if parts.values.get("Protocol", "sqs") != "sqs":
        parts.refuse("messages.form", say("Write sqs: here topics send to queues."), "Protocol")
    scope = parts.values.get("FilterPolicyScope", SNS_ATTRIBUTES.name)
    if scope not in (SNS_ATTRIBUTES.name, SNS_BODY.name):
        words = say("Write MessageAttributes or MessageBody.")
        parts.refuse("messages.form", words, "FilterPolicyScope")
        scope = SNS_ATTRIBUTES.name
    made = Subscription(
        parts.name("TopicArn", topics), parts.name("Endpoint", dict(queues)), parts.path,
        scope=str(scope),
    )  # fmt: skip
    given, rules = parts.values.get("FilterPolicy", {}), parts.document("FilterPolicy")
    if given == {} or rules == {}:
        return made  # `{}` takes a filter away: AWS CLI, examples of `set-subscription-attributes`
    if rules is None and isinstance(given, str):
        return made  # no JSON, which was said
    path = (*parts.path, "FilterPolicy")
    read = read_filter(rules, DIALECTS[str(scope)], path)
    parts.refusals.extend(
        Refusal("messages.filter", one.message, one.path, one.at_key) for one in read.refusals
    )
    return replace(made, filter=read.found)


def read_source(parts: Parts, queues: dict[str, Queue], functions: tuple[str, ...]) -> Source:
    parts.know("EventSourceArn", "FunctionName", "BatchSize", "MaximumBatchingWindowInSeconds",
               "FunctionResponseTypes")  # fmt: skip
    batch = parts.number("BatchSize", BATCH, 1, 10_000)
    window = parts.number("MaximumBatchingWindowInSeconds", 0, 0, 300)
    if batch > BATCH and not window:
        words = say("Set MaximumBatchingWindowInSeconds to 1 or more: batches above 10 need it.")
        parts.refuse("messages.out-of-range", words, "BatchSize")
    types = parts.values.get("FunctionResponseTypes")
    if types not in (None, [], [PARTIAL]):
        words = say("Write [{name}] here.", name=PARTIAL)
        parts.refuse("messages.form", words, "FunctionResponseTypes")
    return Source(
        parts.name("EventSourceArn", dict(queues)),
        parts.name("FunctionName", functions),
        parts.path,
        batch=batch,
        window=window,
        partial=types == [PARTIAL],
    )


def read_timeouts(top: Parts, functions: tuple[str, ...]) -> dict[str, int]:
    given = top.inner("Functions")
    given.know(*functions)
    found = {}
    for name in functions:
        parts = given.inner(name)
        parts.know("Timeout")
        found[name] = parts.number("Timeout", TIMEOUT, 1, 900)
    return found


def check_visibility(found: Topology, top: Parts) -> None:
    for source in found.sources:
        queue = found.queues.get(source.queue)
        if queue is None or not source.function:
            continue
        timeout = found.timeout(source.function)
        if queue.visibility < timeout:
            words = say(
                "Give {queue} a VisibilityTimeout of {timeout} or more: Lambda refuses "
                "{visibility} seconds, which are less than the function's timeout.",
                queue=queue.name,
                timeout=timeout,
                visibility=queue.visibility,
            )
            path = (*queue.path, "VisibilityTimeout")
            top.refusals.append(Refusal("messages.visibility-below-timeout", words, path))
