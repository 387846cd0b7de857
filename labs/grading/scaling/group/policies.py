"""Scaling policies as `put-scaling-policy` takes them, each with its alarm.

Source: EC2 Auto Scaling API Reference, PutScalingPolicy; User Guide, "Step and simple scaling
policies", "Target tracking scaling policies" and "Set the default instance warmup".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from labs.grading.said import say
from labs.grading.scaling.group.alarms import read_alarm
from labs.grading.scaling.group.fields import Fields
from labs.grading.scaling.group.model import (
    CHANGE,
    CPU,
    EXACT,
    PERCENT,
    REQUESTS,
    SIMPLE,
    STEP,
    TARGET,
    Alarm,
    Policy,
    StepAdjustment,
)

METRICS = {"ASGAverageCPUUtilization": CPU, "ALBRequestCountPerTarget": REQUESTS}
MOST_STEPS = 20
LARGEST = 100_000
MOST_SECONDS = 86_400
IGNORED = ("AutoScalingGroupName", "AutoScalingGroupARN", "PolicyARN", "Alarms")
# What belongs to one type of policy, and AWS refuses with another
OWN = {
    TARGET: ("TargetTrackingConfiguration",),
    STEP: ("StepAdjustments", "MetricAggregationType"),
    SIMPLE: ("ScalingAdjustment", "Cooldown"),
}
Ringing = Mapping[str, list[Alarm]]  # policy → alarms that stand beside the policies


def read_policy(fields: Fields, ringing: Ringing, warmup: int, cooldown: int) -> Policy:
    """`warmup` and `cooldown`: the group's defaults, in seconds."""
    name = fields.text("PolicyName")
    kind = fields.text("PolicyType", SIMPLE)
    if kind == "PredictiveScaling":
        raise fields.error(say("The model does not know predictive scaling."), "PolicyType")
    kind = fields.choice("PolicyType", tuple(OWN), SIMPLE)
    refuse_others(fields, kind)
    enabled = fields.flag("Enabled", True)
    if kind == TARGET:
        policy = read_target(fields, name, warmup)
    else:
        alarms = (*own_alarms(fields), *ringing.get(name, []))
        policy = read_adjusting(fields, name, kind, alarms, warmup, cooldown)
    fields.finish(IGNORED)
    return replace(policy, enabled=enabled)


def refuse_others(fields: Fields, kind: str) -> None:
    """`describe-policies` prints an empty list of steps with every type."""
    for other, keys in OWN.items():
        for key in keys:
            if other != kind and fields.has(key) and fields.values[key] != []:
                words = say(
                    "{key} belongs to {other}; this policy is {kind}.",
                    key=key,
                    other=other,
                    kind=kind,
                )
                raise fields.error(words, key, at_key=True)


def own_alarms(fields: Fields) -> Iterator[Alarm]:
    if fields.has("Alarm"):
        yield read_alarm(fields.object("Alarm", say("An alarm")))


def read_target(fields: Fields, name: str, warmup: int) -> Policy:
    tracking = fields.object("TargetTrackingConfiguration", say("A target tracking configuration"))
    metric = tracking.object("PredefinedMetricSpecification", say("A predefined metric"))
    kind = metric.choice("PredefinedMetricType", tuple(METRICS))
    metric.finish(("ResourceLabel",))
    target = tracking.decimal("TargetValue")
    if target <= 0:
        raise tracking.error(say("TargetValue is more than 0."), "TargetValue")
    policy = Policy(
        name=name,
        type=TARGET,
        path=fields.path,
        metric=METRICS[kind],
        target=target,
        scales_in=not tracking.flag("DisableScaleIn", False),
        warmup=fields.number("EstimatedInstanceWarmup", warmup, most=MOST_SECONDS),
    )
    tracking.finish()
    return policy


def read_adjusting(
    fields: Fields, name: str, kind: str, alarms: tuple[Alarm, ...], warmup: int, cooldown: int
) -> Policy:
    adjustment_type = fields.choice("AdjustmentType", (CHANGE, PERCENT, EXACT))
    lowest = 0 if adjustment_type == EXACT else -LARGEST
    steps: tuple[StepAdjustment, ...] = ()
    if kind == STEP:
        fields.choice("MetricAggregationType", ("Average", "Minimum", "Maximum"), "Average")
        steps = tuple(
            read_step(step, lowest)
            for step in fields.objects("StepAdjustments", say("A step adjustment"), MOST_STEPS)
        )
    adjustment = 0
    if kind == SIMPLE:
        adjustment = fields.number("ScalingAdjustment", least=lowest, most=LARGEST)
    return Policy(
        name=name,
        type=kind,
        path=fields.path,
        alarms=alarms,
        adjustment_type=adjustment_type,
        least_change=fields.number("MinAdjustmentMagnitude", 0, most=LARGEST),
        steps=steps,
        adjustment=adjustment,
        cooldown=fields.number("Cooldown", cooldown, most=MOST_SECONDS),
        warmup=fields.number("EstimatedInstanceWarmup", warmup, most=MOST_SECONDS),
    )


def read_step(fields: Fields, lowest: int) -> StepAdjustment:
    step = StepAdjustment(
        lower=fields.optional_decimal("MetricIntervalLowerBound"),
        upper=fields.optional_decimal("MetricIntervalUpperBound"),
        adjustment=fields.number("ScalingAdjustment", least=lowest, most=LARGEST),
        path=fields.path,
    )
    fields.finish()
    return step
