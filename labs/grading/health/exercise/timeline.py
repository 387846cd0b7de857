"""A run as a page draws it: a bar of states for each target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from labs.grading.health.exercise.shown import clock
from labs.grading.health.simulation.run import Run, Seen, Span, State
from labs.grading.said import say

STATES = {
    State.INITIAL: say("initial"),
    State.HEALTHY: say("healthy"),
    State.UNHEALTHY: say("unhealthy"),
    State.DRAINING: say("draining"),
    State.UNUSED: say("unused"),
}
STEPS = (60, 120, 300, 600, 1200, 1800)  # seconds between two marks
MOST_TICKS = 5
MOST_SPANS = 60  # of one target, drawn
ROW, AXIS = 50, 18  # pixels
LATE = 0.9  # of the width


def drawn(run: Run) -> dict[str, object]:
    seconds = run.log.seconds
    hits = Counter(hit.target for hit in run.hits)
    met = Counter(hit.target for hit in run.dead())
    cuts = Counter(cut.target for cut in run.cuts)
    return {
        "name": run.log.name,
        "height": ROW * len(run.seen) + AXIS,
        "ticks": [[percent(at, seconds), clock(at)] for at in range(0, seconds, step_of(seconds))],
        "targets": [
            {
                "name": seen.target.name,
                "y": ROW * number,
                "spans": [span_drawn(span, seconds) for span in seen.spans[:MOST_SPANS]],
                "dead": list(dead(run, seen)),
                "requests": hits[seen.target.name],
                "met": met[seen.target.name],
                "cut": cuts[seen.target.name],
            }
            for number, seen in enumerate(run.seen)
        ],
    }


def step_of(seconds: int) -> int:
    """Few enough marks for a narrow screen."""
    return next((one for one in STEPS if seconds / one <= MOST_TICKS), STEPS[-1])


def percent(part: int, whole: int) -> str:
    """As SVG takes it."""
    return f"{100 * part / whole:.4g}%"


def place(start: int, end: int, seconds: int) -> dict[str, object]:
    return {
        "x": percent(start, seconds),
        "width": percent(end - start, seconds),
        "end": percent(end, seconds),
        "from": clock(start),
        "to": clock(end),
    }


def span_drawn(span: Span, seconds: int) -> dict[str, object]:
    return place(span.start, span.end, seconds) | {
        "state": span.state.value,
        "words": STATES[span.state],
        "reason": span.reason.value,
    }


def dead(run: Run, seen: Seen) -> Iterator[dict[str, object]]:
    """While users would not be answered, until it is unused; `met`: requests that came all the
    same. `late`: it ends where nothing can stand to the right of it."""
    seconds, name = run.log.seconds, seen.target.name
    met = [hit.second for hit in run.dead() if hit.target == name]
    unused = next((one.start for one in seen.spans if one.state == State.UNUSED), seconds)
    for start, end, served in seen.served(run.log.page, seconds):
        if not served and start < unused:
            yield place(start, min(end, unused), seconds) | {
                "met": sum(start <= second < end for second in met),
                "late": end > LATE * seconds,
            }
