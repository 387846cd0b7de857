"""What was found of a run, and how its parts are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.json_text import Path
from labs.grading.said import Said, say
from labs.grading.state_machines.execution.run import Run, Status

SECONDS_OF_A_MINUTE, SECONDS_OF_AN_HOUR = 60, 3600
WITHOUT_END = say("goes round and round")


@dataclass(frozen=True, slots=True)
class Miss:
    """What does not hold. `path`: where it is in the text; `facts` for counting mistakes; `lost`:
    the state that did not pass something on."""

    code: str
    message: Said
    cure: Said
    path: Path | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    lost: str = ""


def seconds(number: float) -> str:
    """Without a fraction that is none: 3 s, 2.5 s."""
    return f"{number:.10g} s"


def ending(run: Run) -> Said:
    """How a run ended, for a table."""
    if run.status == Status.ENDLESS:
        return WITHOUT_END
    if run.error:
        return say(
            "{status} ({error}), {seconds}",
            status=run.status.value,
            error=run.error[:60],
            seconds=seconds(run.seconds),
        )
    return say("{status}, {seconds}", status=run.status.value, seconds=seconds(run.seconds))
