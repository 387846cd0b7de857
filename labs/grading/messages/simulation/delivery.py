"""Does a message get into a queue? The subscription's filter, then the queue's policy.

Source: SNS Developer Guide, "Fanout to Amazon SQS queues" and "Message delivery retries": what the
queue does not allow is a client-side error, and is not tried again.
"""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.messages.filters.dialect import SNS_ATTRIBUTES, SNS_BODY
from labs.grading.messages.filters.event_filter import EventFilter
from labs.grading.messages.simulation.trace import Message
from labs.grading.messages.topology.model import Queue, Subscription

SEND = "sqs:SendMessage"
SNS = "sns.amazonaws.com"
STRANGER = "999988887777"


@dataclass(frozen=True, slots=True)
class Place:
    """The account and the Region that everything is in."""

    account: str
    region: str

    def arn(self, service: str, name: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{name}"


def takes(subscription: Subscription, message: Message) -> bool:
    return subscription.filter is None or sees(subscription.filter, message, subscription.scope)


def sees(found: EventFilter, message: Message, scope: str) -> bool:
    seen = message.body if scope == SNS_BODY.name else message.attributes
    return found.delivers(seen or {})


def takes_elsewhere(subscription: Subscription, message: Message) -> bool:
    """Would the same filter take it, with the other scope?"""
    if subscription.filter is None or takes(subscription, message):
        return False
    other = SNS_ATTRIBUTES if subscription.scope == SNS_BODY.name else SNS_BODY
    return sees(subscription.filter, message, other.name)


def lets_in(queue: Queue, topic: str, place: Place, *, account: str = "") -> bool:
    """`account`: whose topic it is, where it is not ours."""
    owner = account or place.account
    source = Place(owner, place.region).arn("sns", topic)
    keys = {"aws:SourceArn": source, "aws:SourceAccount": owner}
    request = Request(SNS, SEND, place.arn("sqs", queue.name), keys)
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
    return other_service(queue, place) or somebody_else(queue, place)


def other_service(queue: Queue, place: Place) -> str:
    """A service that is not SNS, with the keys that it sends or without any: AWS says of each
    service by itself which it sends (IAM User Guide: aws:SourceArn), and IfExists lets in whoever
    sends none."""
    sources: tuple[dict[str, object], ...] = (
        {},
        {"aws:SourceArn": "arn:aws:s3:::another-bucket", "aws:SourceAccount": place.account},
        {"aws:SourceArn": "arn:aws:s3:::another-bucket", "aws:SourceAccount": STRANGER},
    )
    for service in services_of(queue):
        for keys in sources:
            request = Request(service, SEND, place.arn("sqs", queue.name), keys)
            if Policies(resource=queue.policy).decide(request).allowed:
                return service
    return ""


def services_of(queue: Queue) -> list[str]:
    """Those that the policy names, and one more."""
    statements = queue.policy.source.statements if queue.policy else ()
    named = [
        one for statement in statements for one in (statement.principals or {}).get("Service", ())
    ]
    return [one for one in dict.fromkeys([*named, "s3.amazonaws.com"]) if one != SNS and one != "*"]


def somebody_else(queue: Queue, place: Place) -> str:
    """A user of another account, if their own policies let them."""
    somebody = f"arn:aws:iam::{STRANGER}:user/somebody"
    request = Request(somebody, SEND, place.arn("sqs", queue.name), resource_account=place.account)
    layer = Policies(resource=queue.policy).resource_layer
    named = layer.denial(request, bounded=False) is None and layer.grant(request)[1] is not None
    return somebody if named else ""
