"""Groups for tests, written as a learner writes them."""

from __future__ import annotations

import json
from datetime import datetime

from labs.grading.scaling.group.answers import read_group
from labs.grading.scaling.group.model import Group
from labs.grading.scaling.simulation.simulator import Run, simulate
from labs.grading.scaling.simulation.world import Day, World, load_of

OUT, IN = "GreaterThanOrEqualToThreshold", "LessThanOrEqualToThreshold"
Segments = list[list[int]]


def alarm(operator: str, threshold: float, periods: int = 1, **more: object) -> dict:
    found = {"MetricName": "CPUUtilization", "ComparisonOperator": operator}
    return found | {"Threshold": threshold, "EvaluationPeriods": periods, **more}


def step(lower: float | None, upper: float | None, adjustment: int) -> dict:
    bounds = {"MetricIntervalLowerBound": lower, "MetricIntervalUpperBound": upper}
    given = {key: value for key, value in bounds.items() if value is not None}
    return given | {"ScalingAdjustment": adjustment}


def steps(name: str, table: list[dict], call: dict | None, **more: object) -> dict:
    found = {"PolicyName": name, "PolicyType": "StepScaling", "StepAdjustments": table}
    found |= {"AdjustmentType": "ChangeInCapacity", "EstimatedInstanceWarmup": 0}
    return found | ({"Alarm": call} if call else {}) | more


def simple(name: str, adjustment: int, call: dict, **more: object) -> dict:
    found = {"PolicyName": name, "PolicyType": "SimpleScaling", "ScalingAdjustment": adjustment}
    return found | {"AdjustmentType": "ChangeInCapacity", "Alarm": call, **more}


def target(value: float, name: str = "track", *, scales_in: bool = True, warmup: int = 0) -> dict:
    tracking = {
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"},
        "TargetValue": value,
        "DisableScaleIn": not scales_in,
    }
    found = {"PolicyName": name, "PolicyType": "TargetTrackingScaling"}
    return found | {"TargetTrackingConfiguration": tracking, "EstimatedInstanceWarmup": warmup}


def action(name: str, cron: str, **more: object) -> dict:
    return {"ScheduledActionName": name, "Recurrence": cron, **more}


def text_of(*policies: dict, actions: list[dict] | None = None, **sizes: int) -> str:
    group = {"MinSize": 1, "MaxSize": 100, **sizes, "Policies": list(policies)}
    return json.dumps(group | {"ScheduledActions": actions or []})


def group_of(*policies: dict, actions: list[dict] | None = None, **sizes: int) -> Group:
    return read_group(text_of(*policies, actions=actions, **sizes)).group


def day_of(load: Segments, start: str = "2026-11-27T12:00", zone: str = "Etc/UTC") -> Day:
    return Day("A day", datetime.fromisoformat(start), zone, load_of(load))


def run_of(group: Group, load: Segments, *, boot: int = 0, **world: int) -> Run:
    """An instance answers 100 requests a minute, so a load of 100 is one instance's CPU."""
    return simulate(group, day_of(load), World(100, boot, **world))


def desired(run: Run) -> list[int]:
    """Each size once, in the order in which the group had them."""
    found = [run.desired[0]]
    for count in run.desired[1:]:
        if count != found[-1]:
            found.append(count)
    return found
