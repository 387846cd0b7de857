"""An answer against its lab: each trace simulated, measured, and what it missed said."""

from __future__ import annotations

from labs.grading.json_document import JsonDocument
from labs.grading.messages.delivery_exercise.causes import Flaw
from labs.grading.messages.delivery_exercise.codes import CODES
from labs.grading.messages.delivery_exercise.delivery_exercise import (
    DeliveryExercise,
    Limit,
    Task,
)
from labs.grading.messages.delivery_exercise.measures import MEASURES, Measure
from labs.grading.messages.delivery_exercise.shown import drawn
from labs.grading.messages.simulation.delivery import open_to
from labs.grading.messages.simulation.run import Run
from labs.grading.messages.simulation.simulator import simulate
from labs.grading.messages.topology.model import Topology, TopologyAnswer
from labs.grading.messages.topology.reader import ReadTopology, read_topology
from labs.grading.report import Case, Finding, Outcome, Report
from labs.grading.said import say

REFUSED = say("AWS would refuse these settings.")
TITLE = say("What is asked")
CLOSED = say("No stranger may send to a queue.")


def check_topology(answer: TopologyAnswer, exercise: DeliveryExercise) -> Report:
    read = read_topology(answer, exercise.topics, exercise.functions)
    if read.refusals:
        return refused_report(read, exercise, answer.document)
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    traces: list[dict[str, object]] = []
    for task in exercise.tasks:
        run = simulate(read.found, task.trace, exercise.place)
        found = [judged(key, run, task, limit, answer) for key, limit in task.limits.items()]
        findings += found
        if not task.hidden:
            outcomes += [outcome(key, run, limit) for key, limit in task.limits.items()]
            traces.append(drawn(run, telling(found)))
    if exercise.closed:
        findings.append(closed(read.found, exercise, answer.document))
    return Report(
        tuple(findings),
        extra={"traces": traces},
        outcomes=tuple(outcomes),
        outcomes_title=TITLE,
    )


def advise_topology(answer: TopologyAnswer, exercise: DeliveryExercise) -> list[Finding]:
    """What AWS would refuse, while one types."""
    read = read_topology(answer, exercise.topics, exercise.functions)
    return refusals(read, answer.document)


def refusals(read: ReadTopology, document: JsonDocument) -> list[Finding]:
    return [one.finding(document, why=CODES[one.code].explanation) for one in read.refusals]


def refused_report(
    read: ReadTopology, exercise: DeliveryExercise, document: JsonDocument
) -> Report:
    """What it is refused for, then one finding in the place of every check."""
    code = "messages.not-simulated"
    decided = Finding(code, False, exercise.points, CODES[code].explanation)
    return Report((*refusals(read, document), decided), refused=REFUSED)


def telling(found: list[Finding]) -> str:
    """The message whose story explains most: of the failed check that is worth most."""
    failed = [one for one in found if not one.passed and one.counterexample]
    worst = max(failed, key=lambda one: one.points, default=None)
    return str((worst.counterexample or {}).get("message", "")) if worst else ""


def judged(key: str, run: Run, task: Task, limit: Limit, answer: TopologyAnswer) -> Finding:
    measure = MEASURES[key]
    number = measure.number(run)
    if number <= limit.most:
        return kept(measure, number, task, limit)
    return missed(measure.flaws(run)[0], measure, number, task, limit, answer.document)


def kept(measure: Measure, number: int, task: Task, limit: Limit) -> Finding:
    words = say(
        "{trace}: {what} {number}, at most {most}.",
        trace=task.trace.name,
        what=measure.words,
        number=number,
        most=limit.most,
    )
    code = measure.code
    return Finding(
        code,
        True,
        limit.points,
        words,
        demand=measure.demand,
        section=CODES[code].section,
        hidden=task.hidden,
    )


def missed(
    flaw: Flaw, measure: Measure, number: int, task: Task, limit: Limit, document: JsonDocument
) -> Finding:
    words = say(
        "{trace}: {story} ({what}: {number}, at most {most})",
        trace=task.trace.name,
        story=flaw.words,
        what=measure.words,
        number=number,
        most=limit.most,
    )
    return Finding(
        flaw.code,
        False,
        limit.points,
        words,
        at=place_of(flaw, document),
        demand=measure.demand,
        cases=(Case(words),),
        counterexample={"trace": task.trace.name, "message": flaw.message, **flaw.facts},
        section=CODES[flaw.code].section,
        hidden=task.hidden,
        why=CODES[flaw.code].explanation,
        cure=flaw.cure,
    )


def place_of(flaw: Flaw, document: JsonDocument) -> tuple[int, int] | None:
    """The first of its places that the answer has."""
    written = [one for one in flaw.places if one in document.values]
    return document.position(written[0]) if written else None


def outcome(key: str, run: Run, limit: Limit) -> Outcome:
    measure = MEASURES[key]
    number = measure.number(run)
    return Outcome(
        name=say("{trace}: {what}", trace=run.trace.name, what=measure.words),
        expected=f"≤ {limit.most}" if limit.most else "0",
        yours=str(number),
        passed=number <= limit.most,
    )


def closing(who: str, queue: str) -> str:
    if who.endswith(".amazonaws.com"):
        return say("Let in sns.amazonaws.com and no other service, in the Policy of {queue}.",
                   queue=queue)  # fmt: skip
    return say("Name the topic in aws:SourceArn, in the Policy of {queue}.", queue=queue)


def closed(found: Topology, exercise: DeliveryExercise, document: JsonDocument) -> Finding:
    code = "messages.open-queue"
    for queue in found.queues.values():
        topics = [one.topic for one in found.subscriptions if one.queue == queue.name]
        who = open_to(queue, topics[0] if topics else "anything", exercise.place)
        if who:
            words = say("{who} may send to {queue}.", who=who, queue=queue.name)
            return Finding(
                code,
                False,
                exercise.closed,
                words,
                at=document.position((*queue.path, "Policy")),
                cases=(Case(words),),
                counterexample={"queue": queue.name},
                section=CODES[code].section,
                why=CODES[code].explanation,
                cure=closing(who, queue.name),
            )
    return Finding(code, True, exercise.closed, CLOSED, section=CODES[code].section)
