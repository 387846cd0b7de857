"""What a finding of a log is made of, and how a second of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.health.exercise.codes import CODES
from labs.grading.health.exercise.health_exercise import Limit, Task
from labs.grading.report import Case, Finding
from labs.grading.said import Said


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found, at which second, and what to do about it. `facts`: the settings that caused
    it, for counting mistakes."""

    code: str
    message: Said
    second: int
    cure: Said
    facts: Mapping[str, int] = field(default_factory=dict)


def clock(second: int) -> str:
    """Minutes and seconds from the log's begin."""
    return f"{second // 60}:{second % 60:02}"


def missed(shown: Shown, task: Task, limit: Limit) -> Finding:
    return Finding(
        shown.code,
        False,
        limit.points,
        shown.message,
        cases=(Case(shown.message),),
        counterexample={"log": task.log.name, "second": shown.second, **shown.facts},
        section=CODES[shown.code].section,
        hidden=task.hidden,
        why=CODES[shown.code].explanation,
        cure=shown.cure,
    )
