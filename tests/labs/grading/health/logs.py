"""Small logs and target groups for tests."""

from __future__ import annotations

import json
from collections.abc import Mapping

from labs.grading.health.settings.model import TargetGroup
from labs.grading.health.simulation.run import Reason, Run, State
from labs.grading.health.simulation.simulator import simulate
from labs.grading.health.simulation.world import Log, Phase, Reply, Target, Visitors

FINE, DEAD, REFUSES = Reply(200), Reply(502), Reply(0)
CHECK, PAGE = "/health", "/shop"


def phase(at: int, reply: Reply, page: Reply | None = None) -> Phase:
    """The check's path answers so, and the page as well unless it is said otherwise."""
    return Phase(at, {CHECK: reply, PAGE: page or reply})


def target(name: str, *phases: Phase, registers: int | None = -1) -> Target:
    return Target(name, registers, phases or (phase(0, FINE),))


def visitors(**values: object) -> Visitors:
    plain: dict = {
        "kind": "visitor",
        "count": 1,
        "first": 0,
        "apart": 1,
        "every": 1,
        "times": 1,
        "seconds": 1,
        "session": 0,
    }
    return Visitors(**(plain | values))


def log(*targets: Target, seconds: int = 300, crowd: tuple = (), **values: object) -> Log:
    return Log("Monday", seconds, PAGE, targets, tuple(crowd), **values)  # type: ignore[arg-type]


def group(**values: object) -> TargetGroup:
    plain: dict = {"path": CHECK, "interval": 10}
    return TargetGroup(**(plain | values))


def replay(*targets: Target, settings: Mapping[str, object] | None = None, **values: object) -> Run:
    return simulate(group(**(settings or {})), log(*targets, **values))  # type: ignore[arg-type]


def states(run: Run, name: str) -> list[tuple[int, State, Reason]]:
    """When which state began."""
    return [(span.start, span.state, span.reason) for span in run.of(name).spans]


def text_of(attributes: Mapping[str, str] | None = None, **values: object) -> str:
    tree: dict = {"HealthCheckPath": CHECK, "HealthCheckIntervalSeconds": 10, **values}
    if attributes is not None:
        tree["Attributes"] = [{"Key": key, "Value": value} for key, value in attributes.items()]
    return json.dumps(tree)
