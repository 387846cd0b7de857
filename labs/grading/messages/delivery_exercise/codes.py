"""Finding codes of queues and topics: what each means, and the section of the notes that teaches
it."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

FILTERS = "what-a-filter-lets-through"
WORK = "while-a-message-is-worked-on"
FAILING = "messages-that-fail"
POLICIES = "policies-on-resources"

REFUSED_CODES = {
    "messages.not-simulated": Code(
        say("No message was sent"), say("AWS would refuse these settings; mend that first."), WORK
    ),
    "messages.form": Code(
        say("A setting that does not exist"),
        say("Names count letter by letter, and each stands where AWS has it."),
        WORK,
    ),
    "messages.out-of-range": Code(
        say("A number outside its limits"),
        say(
            "VisibilityTimeout 0 to 43200 seconds, MessageRetentionPeriod 60 to 1209600, "
            "maxReceiveCount 1 to 1000, Timeout of a function 1 to 900."
        ),
        WORK,
    ),
    "messages.unknown-name": Code(
        say("Nothing has this name"),
        say("Queues are those of your answer; topics and functions are those of the task."),
        WORK,
    ),
    "messages.policy": Code(
        say("Not a policy"), say("The queue's policy cannot be read."), POLICIES
    ),
    "messages.filter": Code(
        say("Not a filter policy"),
        say("A filter policy has a list for every attribute."),
        FILTERS,
    ),
    "messages.visibility-below-timeout": Code(
        say("Visible again while the function may still work"),
        say(
            "Lambda takes no queue whose visibility timeout is shorter than the function's "
            "timeout. AWS advises six times as long."
        ),
        WORK,
    ),
}
DELIVERY_CODES = {
    "messages.filtered-out": Code(
        say("The filter holds back what was asked for"),
        say("All attributes of a filter policy must match."),
        FILTERS,
    ),
    "messages.scope": Code(
        say("The filter looks in the other place"),
        say(
            "A filter policy looks at the attributes of a message, or at its own JSON: "
            "FilterPolicyScope says at which."
        ),
        FILTERS,
    ),
    "messages.not-let-in": Code(
        say("The queue does not let the topic in"),
        say(
            "The queue's own policy must allow sns.amazonaws.com to send. SNS does not try again "
            "what is not allowed: the message is lost."
        ),
        POLICIES,
    ),
    "messages.not-subscribed": Code(
        say("Nobody fetches it"),
        say(
            "A topic sends to its subscriptions, and a function gets the messages of the queues "
            "that its event source mappings name."
        ),
        FILTERS,
    ),
    "messages.stray": Code(
        say("Somebody gets what is not meant for them"),
        say("Without a filter policy a subscription gets every message of its topic."),
        FILTERS,
    ),
    "messages.open-queue": Code(
        say("Strangers may send to the queue"),
        say(
            "sns.amazonaws.com is the same principal for all customers of AWS. aws:SourceArn says "
            "for which topic it comes."
        ),
        POLICIES,
    ),
    "messages.two-subscriptions": Code(
        say("Two copies of one message"),
        say("Each subscription of a topic gets its own copy."),
        FILTERS,
    ),
}
WORK_CODES = {
    "messages.timed-out": Code(
        say("Done twice: the function ran out of time"),
        say(
            "The timeout of a function counts for the whole batch. When it is over nothing is "
            "deleted, and what was done already comes back, too."
        ),
        WORK,
    ),
    "messages.whole-batch": Code(
        say("Done twice: another message of the batch failed"),
        say(
            "A function that ends with an error brings its whole batch back. With "
            "ReportBatchItemFailures only those come back that failed."
        ),
        WORK,
    ),
    "messages.visible-again": Code(
        say("Done twice: visible again too early"),
        say(
            "The visibility timeout counts from when the message was received, and the batch may "
            "have to wait for its turn."
        ),
        WORK,
    ),
    "messages.late": Code(
        say("Done too late"),
        say(
            "What failed is tried again after the visibility timeout. In a batch the messages "
            "wait for each other."
        ),
        WORK,
    ),
    "messages.calls": Code(
        say("Too many calls"),
        say("Every batch is a call, and every call takes a moment to begin."),
        WORK,
    ),
}
FAILING_CODES = {
    "messages.given-up": Code(
        say("A sound message is given up"),
        say("maxReceiveCount times the visibility timeout is how long a failure may last."),
        FAILING,
    ),
    "messages.expired": Code(
        say("Lost: kept too short"),
        say("After the retention period the queue throws a message away, whoever waits for it."),
        FAILING,
    ),
    "messages.waiting": Code(
        say("Still waiting at the end"),
        say("It is in the queue, and it was not done in time."),
        WORK,
    ),
    "messages.no-dead-letters": Code(
        say("Nobody gives it up"),
        say(
            "Without a redrive policy a message that always fails comes back until the queue "
            "throws it away."
        ),
        FAILING,
    ),
    "messages.still-tried": Code(
        say("Given up too late"),
        say("It is tried maxReceiveCount times, one visibility timeout apart."),
        FAILING,
    ),
    "messages.dead-letter-expired": Code(
        say("The dead letter was thrown away"),
        say(
            "In a standard queue the age counts from when the message was first sent. The "
            "dead-letter queue has to keep messages longer than the queue before it."
        ),
        FAILING,
    ),
}
CODES: dict[str, Code] = {**REFUSED_CODES, **DELIVERY_CODES, **WORK_CODES, **FAILING_CODES}
