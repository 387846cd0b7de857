"""Alarms as `put-metric-alarm` takes them: inside a policy, or beside the policies with
AlarmActions that name one.

Source: CloudWatch API Reference, PutMetricAlarm; CloudWatch User Guide, "Using Amazon CloudWatch
alarms" (period times number of periods is a day at most).
"""

from __future__ import annotations

from labs.grading.said import say
from labs.grading.scaling.group.fields import Fields
from labs.grading.scaling.group.model import CPU, OPERATORS, REQUESTS, Alarm

STATISTICS = {CPU: "Average", REQUESTS: "Sum"}
DAY = 86_400  # seconds
MOST_ACTIONS = 2  # AWS takes five
IGNORED = (
    "AlarmName",
    "AlarmArn",
    "AlarmDescription",
    "AlarmActions",
    "OKActions",
    "InsufficientDataActions",
    "Namespace",
    "Dimensions",
    "TreatMissingData",
    "Unit",
    # What `describe-alarms` prints beside it
    "AlarmConfigurationUpdatedTimestamp",
    "StateValue",
    "StateReason",
    "StateReasonData",
    "StateUpdatedTimestamp",
    "StateTransitionedTimestamp",
)


def read_alarm(fields: Fields) -> Alarm:
    metric = fields.choice("MetricName", tuple(STATISTICS))
    statistic = fields.text("Statistic", STATISTICS[metric])
    if statistic != STATISTICS[metric]:
        words = say(
            "Of {metric} the model knows the statistic {known}.",
            metric=metric,
            known=STATISTICS[metric],
        )
        raise fields.error(words, "Statistic")
    seconds = fields.number("Period", 60, least=60, most=DAY)
    if seconds % 60:
        raise fields.error(say("Period is a multiple of 60 seconds here."), "Period")
    periods = fields.number("EvaluationPeriods", least=1, most=1440)
    if seconds * periods > DAY:
        words = say("Period times EvaluationPeriods is a day at most.")
        raise fields.error(words, "EvaluationPeriods")
    alarm = Alarm(
        metric=metric,
        operator=OPERATORS[fields.choice("ComparisonOperator", tuple(OPERATORS))],
        threshold=fields.decimal("Threshold"),
        period=seconds // 60,
        periods=periods,
        datapoints=fields.number("DatapointsToAlarm", periods, least=1, most=periods),
        enabled=fields.flag("ActionsEnabled", True),
        path=fields.path,
    )
    fields.finish(IGNORED)
    return alarm


def policies_named(fields: Fields) -> list[str]:
    """By the alarm's actions: a policy's name, or its ARN, which ends in `policyName/<name>`."""
    names = []
    for action in fields.items("AlarmActions", MOST_ACTIONS):
        if not isinstance(action, str):
            raise fields.error(say("{key} is a list of texts.", key="AlarmActions"), "AlarmActions")
        names.append(action.rpartition(":policyName/")[2])
    return names
