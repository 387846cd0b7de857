"""Does a message get into a queue? The subscription's filter, then the queue's policy.

Source: SNS Developer Guide, "Fanout to Amazon SQS queues" and "Message delivery retries": what the
queue does not allow is a client-side error, and is not tried again.
"""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.messages.filters.dialect import SNS_BODY
from labs.grading.messages.simulation.trace import Message
from labs.grading.messages.topology.model import Queue, Subscription

SEND = "sqs:SendMessage"
STRANGER = "999988887777"


@dataclass(frozen=True, slots=True)
class Place:
    """The account and the Region that everything is in."""

    account: str
    region: str

    def arn(self, service: str, name: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{name}"


def takes(subscription: Subscription, message: Message) -> bool:
    if subscription.filter is None:
        return True
    seen = message.body if subscription.scope == SNS_BODY.name else message.attributes
    return subscription.filter.delivers(seen or {})


def lets_in(queue: Queue, topic: str, place: Place, *, account: str = "") -> bool:
    """`account`: whose topic it is, where it is not ours."""
    owner = account or place.account
    source = Place(owner, place.region).arn("sns", topic)
    keys = {"aws:SourceArn": source, "aws:SourceAccount": owner}
    request = Request("sns.amazonaws.com", SEND, place.arn("sqs", queue.name), keys)
    return Policies(resource=queue.policy).decide(request).allowed


def open_to(queue: Queue, topic: str, place: Place) -> str:
    """Who else may send to the queue: a principal in words of IAM; "" for nobody."""
    if queue.policy is None:
        return ""
    if lets_in(queue, topic, place, account=STRANGER):
        return Place(STRANGER, place.region).arn("sns", topic)
    for other in (f"not-{topic}", f"{topic}-too"):
        if lets_in(queue, other, place):
            return place.arn("sns", other)
    somebody = f"arn:aws:iam::{STRANGER}:user/somebody"
    request = Request(somebody, SEND, place.arn("sqs", queue.name), resource_account=place.account)
    layer = Policies(resource=queue.policy).resource_layer()
    named = layer.denial(request, bounded=False) is None and layer.grant(request)[1] is not None
    return somebody if named else ""
