"""A run as a page draws it: one row for each try of a state."""

from __future__ import annotations

from labs.grading.said import Said, say
from labs.grading.state_machines.execution.run import Run, Visit
from labs.grading.state_machines.exercise.shown import ending, seconds
from labs.grading.state_machines.exercise.state_exercise import Scenario

MOST_ROWS = 40
LEAST = 0.6  # percent of the width, for what takes no time
STOPPED = say("stopped")


def drawn(scenario: Scenario, run: Run, passed: bool) -> dict[str, object]:
    """Lengths in percent of the whole."""
    whole = max([run.seconds, *(visit.end or 0 for visit in run.visits)]) or 1
    rows = [row(visit, run, whole) for visit in run.visits[:MOST_ROWS]]
    return {
        "name": scenario.name,
        "ending": ending(run),
        "passed": passed,
        "height": 24 * len(rows),
        "rows": [one | {"y": 24 * number} for number, one in enumerate(rows)],
        "more": max(0, len(run.visits) - MOST_ROWS),
        "calls": len(run.calls),
    }


def row(visit: Visit, run: Run, whole: float) -> dict[str, object]:
    end = run.seconds if visit.end is None else visit.end
    start = min(100 * visit.start / whole, 100 - LEAST)
    until = end + (visit.waits or 0)
    return {
        "state": visit.state,
        "place": " / ".join(visit.place),
        "depth": min(len(visit.place) // 2, 3),
        "type": visit.type,
        "attempt": visit.attempt,
        "from": seconds(visit.start),
        "to": seconds(end),
        "x": f"{start:.4g}%",
        "width": f"{max(100 * (end - visit.start) / whole, LEAST):.4g}%",
        "wait_x": f"{100 * end / whole:.4g}%",
        "wait": f"{100 * (until - end) / whole:.4g}%" if visit.waits else "",
        "failed": bool(visit.error),
        "stopped": visit.end is None,
        "result": result(visit),
    }


def result(visit: Visit) -> Said:
    if visit.error and visit.waits is not None:
        return say(
            "{error}, again in {seconds}", error=visit.error[:60], seconds=seconds(visit.waits)
        )
    if visit.error and visit.to:
        return say("{error}, caught: on to {state}", error=visit.error[:60], state=visit.to)
    if visit.error:
        return say("{error}, not caught", error=visit.error[:60])
    if visit.end is None:
        return STOPPED
    return say("on to {state}", state=visit.to) if visit.to else say("ends here")
