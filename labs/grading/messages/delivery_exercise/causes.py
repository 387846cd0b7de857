"""What went wrong with which message, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from labs.grading.json_document import Path
from labs.grading.messages.delivery_exercise.places import places_of
from labs.grading.messages.simulation.delivery import takes_elsewhere
from labs.grading.messages.simulation.run import End, Run, Step
from labs.grading.messages.simulation.trace import Message
from labs.grading.said import Said, say


@dataclass(frozen=True, slots=True)
class Flaw:
    """`message`: which one shows it. `places`: the setting that is meant, and what it belongs to
    where it is not written. `facts`: numbers that caused it, for counting mistakes."""

    code: str
    words: Said
    message: str
    cure: Said
    places: tuple[Path, ...] = ()
    facts: Mapping[str, int] = field(default_factory=dict)


def pairs(run: Run) -> Iterator[tuple[Message, str]]:
    """Sound messages and whom they are for."""
    for message in run.trace.messages:
        if not message.poison:
            for consumer in message.to:
                yield message, consumer


def feeding(run: Run, consumer: str) -> list[str]:
    """The queues from which a consumer gets its messages."""
    if consumer in run.topology.queues:
        return [consumer]
    return [one.queue for one in run.topology.sources if one.function == consumer]


def missing(run: Run) -> Iterator[Flaw]:
    for message, consumer in pairs(run):
        if not run.times(message, consumer):
            yield missed(run, message, consumer)


def missed(run: Run, message: Message, consumer: str) -> Flaw:
    queues = feeding(run, consumer)
    queue = queues[0] if queues else consumer
    parts = {"message": message.name, "consumer": consumer, "queue": queue}
    code = why_missed(run, message, queues)
    words, cure = MISSED[code]
    places = places_of(code, run, consumer, queue)
    return Flaw(code, put(words, parts), message.name, put(cure, parts), places)


def why_missed(run: Run, message: Message, queues: list[str]) -> str:
    steps = {one.step for one in run.log[message.name] if one.where in queues}
    if Step.QUEUED in steps and run.entries(message.name, Step.DEAD):
        return "messages.given-up"
    known = (
        (Step.THROWN, "messages.expired"),
        (Step.QUEUED, "messages.waiting"),
        (Step.NOT_LET_IN, "messages.not-let-in"),
        (Step.FILTERED, "messages.filtered-out"),
    )
    code = next((code for step, code in known if step in steps), "messages.not-subscribed")
    elsewhere = code == "messages.filtered-out" and looks_elsewhere(run, message, queues)
    return "messages.scope" if elsewhere else code


def looks_elsewhere(run: Run, message: Message, queues: list[str]) -> bool:
    return any(
        takes_elsewhere(one, message)
        for one in run.topology.subscriptions
        if one.queue in queues and one.topic == message.topic
    )


def put(words: Said, parts: Mapping[str, object]) -> Said:
    return Said(words.template, parts)


MISSED: Mapping[str, tuple[Said, Said]] = {
    "messages.filtered-out": (
        say("“{message}” does not get to {consumer}: the filter of {queue} does not take it."),
        say("Let the filter policy of {queue} take it."),
    ),
    "messages.scope": (
        say(
            "“{message}” does not get to {consumer}: FilterPolicyScope says where the filter of "
            "{queue} looks, and what it asks for stands in the other place."
        ),
        say("Look at FilterPolicyScope: MessageAttributes, or MessageBody."),
    ),
    "messages.not-let-in": (
        say("“{message}” does not get to {consumer}: {queue} does not let the topic in."),
        say("Allow the topic to send, in the Policy of {queue}."),
    ),
    "messages.expired": (
        say("“{message}” does not get to {consumer}: {queue} has thrown it away."),
        say("Let {queue} keep messages longer, or try them again sooner."),
    ),
    "messages.waiting": (
        say("“{message}” is not done by {consumer} at the end: it is still in {queue}."),
        say("Look at what keeps {consumer}: a batch that never ends well, or a long wait."),
    ),
    "messages.not-subscribed": (
        say("“{message}” does not get to {consumer}: no way leads there."),
        say("Subscribe a queue to the topic, and let {consumer} fetch from it."),
    ),
    "messages.given-up": (
        say("“{message}” is sound, and ends as a dead letter of {queue}."),
        say("Allow more receives at {queue}, so that a failure that passes does not matter."),
    ),
}


def stray(run: Run) -> Iterator[Flaw]:
    for message in run.trace.messages:
        for consumer in run.consumers():
            if consumer not in message.to and run.times(message, consumer):
                words = say("“{message}” gets to {consumer}, and is not meant for it.",
                            message=message.name, consumer=consumer)  # fmt: skip
                cure = say("Give the subscription of {consumer} a filter policy that fits.",
                           consumer=consumer)  # fmt: skip
                places = places_of("messages.stray", run, consumer, consumer)
                yield Flaw("messages.stray", words, message.name, cure, places)


# --- Done twice -----------------------------------------------------------------------------------


def twice(run: Run) -> Iterator[Flaw]:
    for message, consumer in pairs(run):
        times = len(run.times(message, consumer))
        if times > 1:
            yield repeated(run, message, consumer, times)


def times_again(run: Run) -> int:
    return sum(max(0, len(run.times(message, consumer)) - 1) for message, consumer in pairs(run))


def repeated(run: Run, message: Message, consumer: str, times: int) -> Flaw:
    queues = feeding(run, consumer)
    queue = run.topology.queues[queues[0]]
    done = run.done.get((message.name, consumer))
    code = REPEATED[done[0].call.end] if done else "messages.two-subscriptions"
    words, cure = TWICE[code]
    parts = {
        "message": message.name,
        "consumer": consumer,
        "times": times,
        "timeout": run.topology.timeout(consumer),
        "visibility": queue.visibility,
    }
    facts = {"timeout": run.topology.timeout(consumer)} if code == "messages.timed-out" else {}
    if code == "messages.visible-again":
        facts = {"visibility": queue.visibility}
    places = places_of(code, run, consumer, queue.name)
    return Flaw(code, put(words, parts), message.name, put(cure, parts), places, facts)


REPEATED = {
    End.TIMEOUT: "messages.timed-out",
    End.ERROR: "messages.whole-batch",
    End.WELL: "messages.visible-again",
    End.RUNNING: "messages.visible-again",
}
TWICE: Mapping[str, tuple[Said, Said]] = {
    "messages.timed-out": (
        say(
            "“{message}” is done {times} times by {consumer}: its time of {timeout} seconds was "
            "over before the batch was done, and the whole batch came back."
        ),
        say("Give {consumer} more time, or smaller batches."),
    ),
    "messages.whole-batch": (
        say(
            "“{message}” is done {times} times by {consumer}: another message of its batch failed, "
            "and the whole batch came back."
        ),
        say("Report failures message by message."),
    ),
    "messages.visible-again": (
        say(
            "“{message}” is done {times} times by {consumer}: it was visible again after "
            "{visibility} seconds, before its batch was done."
        ),
        say("Hide received messages longer."),
    ),
    "messages.two-subscriptions": (
        say("“{message}” comes {times} times to {consumer}."),
        say("Subscribe {consumer} once."),
    ),
}


# --- Messages that always fail --------------------------------------------------------------------


def unsaved(run: Run) -> Iterator[Flaw]:
    """Poison messages that nobody finds in a dead-letter queue."""
    for message in run.trace.messages:
        if message.poison and not run.in_dead_letters(message.name):
            yield unsaved_flaw(run, message)


def unsaved_flaw(run: Run, message: Message) -> Flaw:
    queues = [queue for consumer in message.to for queue in feeding(run, consumer)]
    found = [run.topology.queues[one] for one in queues if one in run.topology.queues]
    if not found:
        return missed(run, message, message.to[0] if message.to else "")
    queue = found[0]
    parts = {"message": message.name, "queue": queue.name, "dead": queue.dead_letters,
             "most": queue.most_receives}  # fmt: skip
    if run.entries(message.name, Step.DEAD):
        code, name = "messages.dead-letter-expired", queue.dead_letters
    else:
        code = "messages.still-tried" if queue.dead_letters else "messages.no-dead-letters"
        name = queue.name
    words, cure = UNSAVED[code]
    return Flaw(code, put(words, parts), message.name, put(cure, parts),
                places_of(code, run, "", name), {"most": queue.most_receives})  # fmt: skip


UNSAVED: Mapping[str, tuple[Said, Said]] = {
    "messages.no-dead-letters": (
        say("“{message}” always fails, and {queue} never gives it up: nobody will see it."),
        say("Give {queue} a RedrivePolicy with a dead-letter queue."),
    ),
    "messages.still-tried": (
        say("“{message}” always fails, and is not in {dead} at the end ({most} receives)."),
        say("Let {queue} give up sooner: fewer receives, or a shorter visibility timeout."),
    ),
    "messages.dead-letter-expired": (
        say("“{message}” always fails, and {dead} has thrown it away before somebody looked."),
        say("Let {dead} keep messages longer: their age counts from when they were first sent."),
    ),
}
