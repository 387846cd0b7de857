"""A day as it went against what is asked of it, each with the minute that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.report import Case, Demand, Finding
from labs.grading.said import Said, say
from labs.grading.scaling.exercise.scaling_exercise import Floor, Limit, Task
from labs.grading.scaling.simulation.simulator import Change, Run
from labs.grading.scaling.simulation.world import World

REACTION = 10  # minutes before an overload in which something was added because of it


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found, at which minute, and what to do about it."""

    code: str
    message: Said
    minute: int
    cure: str


def day_findings(run: Run, task: Task, world: World, window: int) -> Iterator[Finding]:
    if task.overload:
        yield overload_finding(run, task, task.overload, world)
    for floor in task.floors:
        yield floor_finding(run, task, floor, world)
    if task.hours:
        yield hours_finding(run, task, task.hours)
    if task.flaps:
        yield flaps_finding(run, task, task.flaps, window)


def passed_finding(code: str, task: Task, points: int, message: str, demand: Demand) -> Finding:
    return Finding(
        code,
        True,
        points,
        message,
        section=task.section,
        hidden=task.hidden,
        demand=demand,
        why=task.why,
    )


def failed_finding(shown: Shown, task: Task, points: int, demand: Demand) -> Finding:
    return Finding(
        shown.code,
        False,
        points,
        shown.message,
        cases=(Case(shown.message),),
        counterexample={"day": task.day.name, "minute": shown.minute},
        section=task.section,
        hidden=task.hidden,
        demand=demand,
        why=task.why,
        cure=shown.cure,
    )


def overload_finding(run: Run, task: Task, limit: Limit, world: World) -> Finding:
    minutes = run.overloaded()
    if len(minutes) <= limit.most:
        message = say(
            "{day}: minutes of overload {minutes}, at most {most}.",
            day=task.day.name,
            minutes=len(minutes),
            most=limit.most,
        )
        return passed_finding("asg.overload", task, limit.points, message, Demand.ALLOW)
    code, worst, cure = cause_of(run, minutes, world)
    message = say(
        "{day}, {clock}: {load} requests a minute meet instances that can answer {served} "
        "(in service: {count}). Minutes of overload: {minutes}, at most {most}.",
        day=task.day.name,
        clock=task.day.clock(worst),
        load=task.day.load[worst],
        served=run.in_service[worst] * run.serves,
        count=run.in_service[worst],
        minutes=len(minutes),
        most=limit.most,
    )
    shown = Shown(code, message, worst, cure)
    return failed_finding(shown, task, limit.points, Demand.ALLOW)


def cause_of(run: Run, minutes: list[int], world: World) -> tuple[str, int, str]:
    """Why there were too few in these minutes: a code, the minute that shows it, what to do."""
    at_most = [minute for minute in minutes if run.in_service[minute] >= run.limits[minute][1]]
    if 2 * len(at_most) >= len(minutes):
        worst = max(at_most, key=run.errors)
        return (
            "asg.max-too-small",
            worst,
            say(
                "Raise MaxSize: the group stood at its maximum, {most}.", most=run.in_service[worst]
            ),
        )
    worst = max(minutes, key=run.errors)
    if not any(change.is_out and is_near(change.minute, worst, run) for change in run.changes):
        cure = say(
            "Let something add instances before {clock}: a policy whose alarm rings, or a "
            "scheduled action.",
            clock=run.day.clock(worst),
        )
        return "asg.no-scale-out", worst, cure
    cure = say(
        "Add instances earlier, or more at a time: each needs {boot} minutes to boot.",
        boot=world.boot,
    )
    return "asg.overload", worst, cure


def is_near(minute: int, worst: int, run: Run) -> bool:
    """Within the minutes of overload around the worst, or not long before them?"""
    first = last = worst
    while first and run.errors(first - 1):
        first -= 1
    while last + 1 < len(run.in_service) and run.errors(last + 1):
        last += 1
    return first - REACTION <= minute <= last


def floor_finding(run: Run, task: Task, floor: Floor, world: World) -> Finding:
    clocks = [(minute, task.day.clock(minute)) for minute in range(len(task.day.load))]
    wanted = [minute for minute, clock in clocks if floor.start <= clock < floor.end]
    missing = [minute for minute in wanted if run.in_service[minute] < floor.least]
    shown = missing[0] if missing else min(wanted, key=lambda minute: run.in_service[minute])
    parts = {
        "day": task.day.name,
        "clock": task.day.clock(shown),
        "count": run.in_service[shown],
        "least": floor.least,
        "start": floor.start,
        "end": floor.end,
    }
    if not missing:
        message = say(
            "{day}, {start} to {end}: instances in service {count}, at least {least}.", **parts
        )
        return passed_finding("asg.below-floor", task, floor.points, message, Demand.ALLOW)
    message = say(
        "{day}, {clock}: instances in service {count}. From {start} to {end} it must be at least "
        "{least}.",
        **parts,
    )
    cure = floor_cure(run, shown, wanted, parts | {"boot": world.boot})
    found = Shown("asg.below-floor", message, shown, cure)
    return failed_finding(found, task, floor.points, Demand.ALLOW)


def floor_cure(run: Run, shown: int, wanted: list[int], parts: dict[str, object]) -> str:
    if shown > wanted[0]:
        return say("Keep {least} instances until {end}.", **parts)
    if not any(change.is_out for change in run.changes if change.minute <= wanted[-1]):
        return say("Add a scheduled action that brings {least} instances before {start}.", **parts)
    return say(
        "Begin earlier: for {least} instances at {start}, launch them {boot} minutes before.",
        **parts,
    )


def hours(minutes: int) -> str:
    """Instance-minutes as hours. Up, so that a limit that is missed is seen to be missed."""
    return f"{-(-minutes // 6) / 10:g}"


def hours_finding(run: Run, task: Task, limit: Limit) -> Finding:
    minutes = run.instance_minutes()
    parts = {"day": task.day.name, "hours": hours(minutes), "most": limit.most}
    if minutes <= limit.most * 60:
        message = say("{day}: instance-hours {hours}, at most {most}.", **parts)
        return passed_finding("asg.too-expensive", task, limit.points, message, Demand.REFUSE)
    idlest = max(range(len(run.desired)), key=lambda minute: (idle(run, minute), minute))
    message = say(
        "{day}: instance-hours {hours}, at most {most}. At {clock} instances run: {count}; "
        "{needed} could answer all requests.",
        **parts,
        clock=task.day.clock(idlest),
        count=run.desired[idlest],
        needed=needed(run, idlest),
    )
    code, cure = cause_of_cost(run, idlest)
    shown = Shown(code, message, idlest, cure)
    return failed_finding(shown, task, limit.points, Demand.REFUSE)


def cause_of_cost(run: Run, idlest: int) -> tuple[str, str]:
    """Why there are so many in the idlest minute (the last of several): a code, and what to do."""
    least = run.limits[idlest][0]
    if run.desired[idlest] == least:
        return "asg.min-too-large", say(
            "Lower MinSize when little is asked of the group: it kept {least} instances at "
            "{clock}.",
            least=least,
            clock=run.day.clock(idlest),
        )
    if all(change.is_out for change in run.changes):
        return "asg.never-scales-in", say("Let something remove instances when the load falls.")
    return "asg.too-expensive", say("Let the group be smaller when little is asked of it.")


def needed(run: Run, minute: int) -> int:
    """Instances that could answer this minute's requests."""
    return -(-run.day.load[minute] // run.serves)


def idle(run: Run, minute: int) -> int:
    return run.desired[minute] - needed(run, minute)


def flaps_finding(run: Run, task: Task, limit: Limit, window: int) -> Finding:
    flaps = run.flaps(window)
    parts = {"day": task.day.name, "number": len(flaps), "most": limit.most, "window": window}
    if len(flaps) <= limit.most:
        message = say("{day}: flaps {number}, at most {most}.", **parts)
        return passed_finding("asg.flapping", task, limit.points, message, Demand.OTHER)
    shown = flap_shown(run, flaps[0], parts)
    return failed_finding(shown, task, limit.points, Demand.OTHER)


OUT_AFTER_IN = say(
    "{day}, {clock}: “{name}” adds instances ({before} → {after}) within {window} minutes "
    "after some were removed. Flaps: {number}, at most {most}."
)
IN_AFTER_OUT = say(
    "{day}, {clock}: “{name}” removes instances ({before} → {after}) within {window} minutes "
    "after some were added. Flaps: {number}, at most {most}."
)


def flap_shown(run: Run, flap: Change, parts: dict[str, object]) -> Shown:
    words = OUT_AFTER_IN if flap.is_out else IN_AFTER_OUT
    message = Said(
        words.template,
        {
            **parts,
            "clock": run.day.clock(flap.minute),
            "name": flap.because,
            "before": flap.before,
            "after": flap.after,
        },
    )
    cure = say("Leave more room between the values at which instances come and go.")
    return Shown("asg.flapping", message, flap.minute, cure)
