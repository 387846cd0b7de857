"""The words of groups, policies, alarms and scheduled actions."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say
from labs.grading.scaling.group.model import (
    CHANGE,
    CPU,
    EXACT,
    OPERATORS,
    PERCENT,
    REQUESTS,
    SIMPLE,
    STEP,
    TARGET,
)
from labs.grading.scaling.group.policies import METRICS
from labs.grading.scaling.group.zones import ZONES

SLOTS = (
    Slot("key", r"(^|/)Alarms?$", ("alarm",)),
    Slot("key", r"(^|/)StepAdjustments$", ("step",)),
    Slot("key", r"(^|/)PredefinedMetricSpecification$", ("predefined",)),
    Slot("key", r"(^|/)TargetTrackingConfiguration$", ("tracking",)),
    Slot("key", r"^Policies$", ("policy",)),
    Slot("key", r"^ScheduledActions$", ("action",)),
    Slot("key", r"^$", ("group",)),
    Slot("value", r"(^|/)PolicyType$", ("types",)),
    Slot("value", r"(^|/)AdjustmentType$", ("adjustments",)),
    Slot("value", r"(^|/)ComparisonOperator$", ("operators",)),
    Slot("value", r"(^|/)MetricName$", ("metrics",)),
    Slot("value", r"(^|/)PredefinedMetricType$", ("predefined-metrics",)),
    Slot("value", r"(^|/)Statistic$", ("statistics",)),
    Slot("value", r"(^|/)TimeZone$", ("zones",)),
    Slot("value", r"(^|/)Recurrence$", ("recurrences",)),
)
PLAIN = {
    "group": """
        MinSize MaxSize DesiredCapacity DefaultInstanceWarmup DefaultCooldown Policies
        ScheduledActions Alarms
    """,
    "policy": """
        PolicyName PolicyType AdjustmentType StepAdjustments ScalingAdjustment Cooldown
        MinAdjustmentMagnitude EstimatedInstanceWarmup TargetTrackingConfiguration Alarm Enabled
    """,
    "step": "MetricIntervalLowerBound MetricIntervalUpperBound ScalingAdjustment",
    "tracking": "PredefinedMetricSpecification TargetValue DisableScaleIn",
    "predefined": "PredefinedMetricType",
    "alarm": """
        MetricName Statistic Period EvaluationPeriods DatapointsToAlarm Threshold
        ComparisonOperator AlarmName AlarmActions
    """,
    "action": """
        ScheduledActionName Recurrence TimeZone StartTime EndTime MinSize MaxSize DesiredCapacity
    """,
}
EXPLAINED: Words = {
    "types": (
        (TARGET, say("keeps a metric near a value")),
        (STEP, say("more the further the metric is from the threshold")),
        (SIMPLE, say("one adjustment, then a cooldown")),
    ),
    "adjustments": (
        (CHANGE, say("so many instances")),
        (PERCENT, say("percent of the capacity")),
        (EXACT, say("this capacity")),
    ),
    "metrics": ((CPU, say("percent")), (REQUESTS, say("requests in a period"))),
    "recurrences": (
        ("0 17 * * 5", say("Fridays at 17:00")),
        ("30 8 * * 1-5", say("Monday to Friday at 8:30")),
        ("0 0 1 * *", say("at midnight, the first of each month")),
    ),
}


def words(topic: str) -> Words:
    """No topic has words of its own."""
    if topic:
        return {}
    plain = {name: [(word, "") for word in text.split()] for name, text in PLAIN.items()}
    named = {
        "operators": list(OPERATORS),
        "predefined-metrics": list(METRICS),
        "statistics": ["Average", "Sum"],
        "zones": list(ZONES),
    }
    return {
        **plain,
        **EXPLAINED,
        **{name: [(word, "") for word in found] for name, found in named.items()},
    }
