"""The words of queues, subscriptions and event source mappings."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (Slot("text", "", ("settings",), asked=True),)
SETTINGS = (
    ("Queues", ""),
    ("VisibilityTimeout", say("seconds that a received message is hidden, 30 if not said")),
    ("MessageRetentionPeriod", say("seconds that a message is kept, 345600 if not said")),
    ("RedrivePolicy", "deadLetterTargetArn, maxReceiveCount"),
    ("deadLetterTargetArn", say("the queue that takes what was given up")),
    ("maxReceiveCount", say("so many tries")),
    ("Policy", say("who may send")),
    ("Subscriptions", ""),
    ("TopicArn", ""),
    ("Endpoint", say("the queue")),
    ("FilterPolicy", say("which messages")),
    ("FilterPolicyScope", "MessageAttributes, MessageBody"),
    ("RawMessageDelivery", say("true or false")),
    ("EventSourceMappings", ""),
    ("EventSourceArn", say("the queue")),
    ("FunctionName", ""),
    ("BatchSize", say("messages of a call at most, 10 if not said")),
    ("MaximumBatchingWindowInSeconds", say("seconds to wait for a fuller batch")),
    ("FunctionResponseTypes", "[ReportBatchItemFailures]"),
    ("Functions", ""),
    ("Timeout", say("seconds of a call at most, 3 if not said")),
)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else {"settings": SETTINGS}
