"""A run as a page draws it: who got what how often, and what happened to one message."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.messages.simulation.run import Entry, Run, Step
from labs.grading.messages.simulation.trace import Message
from labs.grading.said import Said, say

MOST_ROWS, MOST_ENTRIES = 40, 24
STEPS: dict[Step, Said] = {
    Step.FILTERED: say("the filter of {where} does not take it"),
    Step.NOT_LET_IN: say("{where} does not let it in; it is lost"),
    Step.QUEUED: say("comes to {where}"),
    Step.RECEIVED: say("is received from {where} (receive {number})"),
    Step.DONE: say("is done by {where}"),
    Step.FAILED: say("fails in {where}"),
    Step.ENDED: say("{where} runs out of time; its batch comes back"),
    Step.DEAD: say("is moved to {where}"),
    Step.THROWN: say("is thrown away by {where}: too old"),
}


def drawn(run: Run, message: str) -> dict[str, object]:
    """`message`: whose story is told; "" for none."""
    consumers = run.consumers()
    rows = list(grouped(run, consumers))
    return {
        "name": run.trace.name,
        "consumers": consumers,
        "rows": rows[:MOST_ROWS],
        "message": message,
        "story": [story_row(one) for one in run.log[message][:MOST_ENTRIES]] if message else [],
        "more": bool(message) and len(run.log[message]) > MOST_ENTRIES,
    }


def grouped(run: Run, consumers: list[str]) -> Iterator[dict[str, object]]:
    """Messages one after the other that fared alike are one row."""
    row: dict[str, object] = {}
    for message in run.trace.messages:
        cells = [cell(run, message, consumer) for consumer in consumers]
        ends = end_of(run, message)
        stem = message.name.rstrip("0123456789 ")
        if row and (row["stem"], row["cells"], row["end"]) == (stem, cells, ends):
            row["last"] = message.name
            continue
        if row:
            yield row
        row = {"stem": stem, "first": message.name, "last": message.name, "cells": cells,
               "end": ends}  # fmt: skip
    yield row


def cell(run: Run, message: Message, consumer: str) -> dict[str, object]:
    """`right`: as it should be."""
    times = len(run.times(message, consumer))
    wanted = consumer in message.to and not message.poison
    words = say("once") if times == 1 else say("{times} times", times=times)
    return {"words": words if times else "–", "right": times == wanted}


def end_of(run: Run, message: Message) -> dict[str, object]:
    """Where it is at the end, if it was not simply done."""
    name = message.name
    if run.in_dead_letters(name):
        return {"words": say("dead letter"), "right": message.poison}
    thrown = run.entries(name, Step.THROWN)
    undone = [one for one in message.to if not run.times(message, one)]
    if run.entries(name, Step.NOT_LET_IN) or (thrown and undone):
        return {"words": say("lost"), "right": False}
    if undone and run.entries(name, Step.QUEUED):
        return {"words": say("still in the queue"), "right": False}
    return {"words": "–", "right": not undone}


def story_row(entry: Entry) -> list[object]:
    words = Said(STEPS[entry.step].template, {"where": entry.where, "number": entry.number})
    return [clock(entry.second), words]


def clock(second: int) -> str:
    """Minutes and seconds from the trace's begin; days and hours where it is long."""
    if second < 3600:
        return f"{second // 60}:{second % 60:02}"
    days, rest = divmod(second, 86_400)
    hours = f"{rest // 3600}:{rest % 3600 // 60:02}:{rest % 60:02}"
    return f"{days} d {hours}" if days else hours
