"""A task definition against its exercise.

Report.extra: `steps`, what starting the task came to: what, by (which role), role, done, why; and
`hosts`, one for each: name, zone, tasks, cpu and memory that are left, of how much; `lacks`: what
was missing there for one task more; `wanted` and `placed`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from labs.grading.machines.asked import kept, missed, missed_words, outcome, refusal
from labs.grading.machines.asks import Ask
from labs.grading.machines.faults import Fault
from labs.grading.machines.tasks.answers import STRATEGY, TaskAnswer
from labs.grading.machines.tasks.codes import CODES, code_of_field
from labs.grading.machines.tasks.definition import AWSVPC, Task, task_of
from labs.grading.machines.tasks.exercise import TaskExercise
from labs.grading.machines.tasks.fields import Observed, value_of
from labs.grading.machines.tasks.places import cure_of, place_of
from labs.grading.machines.tasks.placing import DEFAULT, INSTANCE, ZONE, Need, Placing, place
from labs.grading.machines.tasks.registering import register_faults
from labs.grading.machines.tasks.starting import Step, steps_of
from labs.grading.report import Finding, Report
from labs.grading.said import joined, say

MOST_FAULTS = 8
MOST_STEPS = 24
MOST_STRATEGIES = 5  # as the API takes
REFUSED = say("ECS would not register this task definition, so nothing was started.")
TITLE = say("What was asked for")
LACKS = {
    "cpu": say("CPU"),
    "memory": say("memory"),
    "port": say("the port"),
    "interface": say("a network interface"),
}
NO_HOST = (
    "(service shop) was unable to place a task because no container instance met all of its "
    "requirements."
)


def check_task(answer: TaskAnswer, spec: TaskExercise) -> Report:
    faults = [*islice(register_faults(answer.data), MOST_FAULTS), *strategy_faults(answer)]
    if faults:
        refusals = [refused(answer, one) for one in faults]
        message = say("Nothing was started, so nothing else was looked at.")
        nothing = Finding("task.nothing", False, spec.points, message)
        return Report((*refusals, nothing), refused=REFUSED)
    seen = observe(answer, spec)
    return Report(
        tuple(finding_of(ask, answer, seen) for ask in spec.asks),
        {
            "steps": [step_drawn(one) for one in seen.steps] if spec.world.roles else [],
            **hosts_drawn(seen, spec),
        },
        outcomes=tuple(
            outcome(ask, value_of(ask.field, seen)) for ask in spec.asks if not ask.hidden
        ),
        outcomes_title=TITLE,
    )


def observe(answer: TaskAnswer, spec: TaskExercise) -> Observed:
    task = task_of(answer.data)
    need = Need(task.takes_cpu, task.takes_memory, task.host_ports, task.mode == AWSVPC)
    strategies = DEFAULT if answer.strategies is None else tuple(answer.strategies)
    hosts, wanted = spec.world.hosts, spec.world.wanted
    return Observed(
        task=task,
        world=spec.world,
        steps=tuple(islice(steps_of(task, spec.world), MOST_STEPS)),
        need=need,
        strategies=strategies,
        placing=place(need, hosts, wanted, strategies) if hosts else None,
    )


def strategy_faults(answer: TaskAnswer) -> Iterator[Fault]:
    strategies = answer.strategies or []
    if len(strategies) > MOST_STRATEGIES:
        cure = say("A service has at most {most} strategies.", most=MOST_STRATEGIES)
        yield Fault("task.strategy", cure, "InvalidParameterException", (STRATEGY,))
        return
    for number, one in enumerate(strategies):
        kind, field = one.get("type", ""), one.get("field", "")
        if kind == "binpack" and field.lower() not in ("cpu", "memory"):
            cure = say("binpack goes by cpu or memory.")
        elif kind == "spread" and field not in (*INSTANCE, ZONE):
            cure = say("spread goes by {zone} or instanceId.", zone=ZONE)
        elif not kind:
            cure = say("Give the strategy its type.")
        else:
            continue
        yield Fault("task.strategy", cure, "InvalidParameterException", (STRATEGY, number))


def refused(answer: TaskAnswer, fault: Fault) -> Finding:
    in_strategy = fault.path[:1] == (STRATEGY,)
    at = answer.document.position(fault.path) if in_strategy else answer.at(*fault.path)
    return refusal(fault.code, fault.words, CODES[fault.code], at)


def finding_of(ask: Ask, answer: TaskAnswer, seen: Observed) -> Finding:
    value, code = value_of(ask.field, seen), code_of_field(ask.field)
    if ask.holds(value):
        return kept(ask, value, code, CODES[code])
    at, words, cure = place_of(ask.field, answer), "", cure_of(ask.field)
    failed = next((step for step in seen.steps if not step.done), None)
    if ask.field == "starts" and failed:
        code, cure = failed.code, failed.why
        words = say("{what}: {why} AWS: “{aws}”", what=failed.what, why=failed.why, aws=failed.aws)
        at = answer.at(*failed.path) if failed.path else at
    elif ask.field == "placed" and seen.placing and seen.placing.lacks:
        words = joined([missed_words(ask, value), lacking_words(seen.placing)])
    return missed(ask, value, code, CODES[code], words=words, at=at, cure=cure)


def lacking_words(placing: Placing) -> str:
    """What each host lacks for one task more."""
    rows = [
        say("{host} lacks {what}", host=name, what=LACKS[what])
        for name, what in placing.lacks.items()
    ]
    return say("{rows}. AWS: “{aws}”", rows=joined(rows, ", "), aws=NO_HOST)


def step_drawn(step: Step) -> dict[str, Any]:
    return {
        "what": step.what,
        "by": step.by,
        "role": step.role.rpartition("/")[2],
        "done": step.done,
        "why": step.why,
    }


def hosts_drawn(seen: Observed, spec: TaskExercise) -> dict[str, Any]:
    placing = seen.placing
    if placing is None:
        return {"hosts": []}
    task: Task = seen.task
    rows = [
        {
            "name": host.name,
            "zone": host.zone,
            "tasks": placing.counts[host.name],
            "cpu": left.cpu,
            "all_cpu": host.cpu,
            "memory": left.memory,
            "all_memory": host.memory,
            "lacks": LACKS[placing.lacks[host.name]] if host.name in placing.lacks else "",
        }
        for host, left in zip(spec.world.hosts, placing.left, strict=True)
    ]
    return {
        "hosts": rows,
        "wanted": spec.world.wanted,
        "placed": placing.placed,
        "takes_cpu": task.takes_cpu,
        "takes_memory": task.takes_memory,
    }
