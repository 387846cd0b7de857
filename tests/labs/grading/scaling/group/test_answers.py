"""Reading a group: AWS's names, AWS's types, and the place of every mistake."""

from __future__ import annotations

import json

import pytest

from labs.grading.errors import AnswerError
from labs.grading.scaling.group.answers import read_group
from labs.grading.scaling.group.model import REQUESTS, SIMPLE, STEP, TARGET
from tests.labs.grading.scaling.groups import (
    OUT,
    action,
    alarm,
    group_of,
    simple,
    step,
    steps,
    target,
    text_of,
)


def error_of(text: str) -> AnswerError:
    with pytest.raises(AnswerError) as caught:
        read_group(text)
    return caught.value


def test_the_smallest_group() -> None:
    group = read_group('{"MinSize": 1, "MaxSize": 3}').group
    assert (group.least, group.most, group.desired, group.policies) == (1, 3, 1, ())


def test_a_policy_of_each_type() -> None:
    group = group_of(target(50), steps("s", [step(0, None, 1)], alarm(OUT, 60)),
                     simple("t", 2, alarm(OUT, 70)))  # fmt: skip
    assert [policy.type for policy in group.policies] == [TARGET, STEP, SIMPLE]
    assert [policy.target for policy in group.policies] == [50, 0, 0]


def test_defaults_come_from_the_group() -> None:
    policy = {"PolicyName": "p", "AdjustmentType": "ChangeInCapacity", "ScalingAdjustment": 1}
    text = {"MinSize": 1, "MaxSize": 2, "DefaultCooldown": 120, "Policies": [policy]}
    [found] = read_group(json.dumps(text)).group.policies
    assert (found.type, found.cooldown, found.warmup) == (SIMPLE, 120, 120)
    [found] = read_group(json.dumps(text | {"DefaultInstanceWarmup": 30})).group.policies
    assert (found.cooldown, found.warmup) == (120, 30)


def test_alarms_beside_the_policies_name_them_or_their_arn() -> None:
    policy = steps("out", [step(0, None, 1)], None)
    arn = "arn:aws:autoscaling:eu-west-2:111122223333:scalingPolicy:1f:autoScalingGroupName/g"
    for name in ("out", f"{arn}:policyName/out"):
        text = {"MinSize": 1, "MaxSize": 2, "Policies": [policy]}
        text["Alarms"] = [alarm(OUT, 60, AlarmName="a", AlarmActions=[name])]
        [found] = read_group(json.dumps(text)).group.policies
        assert found.alarms[0].threshold == 60


def test_an_alarm_of_requests_counts_their_sum() -> None:
    call = alarm(OUT, 600) | {"MetricName": REQUESTS, "Statistic": "Sum", "Period": 300}
    [policy] = group_of(simple("s", 1, call)).policies
    assert (policy.alarms[0].metric, policy.alarms[0].period) == (REQUESTS, 5)


@pytest.mark.parametrize(
    ("old", "new", "words", "at"),
    [
        ('"MinSize": 1', '"MinSise": 1', "A group needs MinSize", (1, 1)),
        ('"MaxSize": 3', '"MaxSize": 3, "Policys": []', "Did you mean Policies?", (3, 17)),
        ('"MaxSize": 3', '"MaxSize": "3"', "MaxSize is a whole number", (3, 14)),
        ('"MaxSize": 3', '"MaxSize": true', "MaxSize is a whole number", (3, 14)),
        ('"MaxSize": 3', '"MaxSize": 2.5', "MaxSize is a whole number", (3, 14)),
        ('"MaxSize": 3', '"MaxSize": 501', "MaxSize is 0 to 500", (3, 14)),
        ('"MaxSize": 3', '"MaxSize": 3, "Policies": {}', "Policies is a list", (3, 29)),
        ('"MaxSize": 3', '"MaxSize": 3, "Policies": [1]', "A policy is a JSON object", (3, 30)),
    ],
)
def test_a_mistake_of_the_group_is_shown_in_its_place(
    old: str, new: str, words: str, at: tuple[int, int]
) -> None:
    text = '{\n  "MinSize": 1,\n  "MaxSize": 3\n}'
    found = error_of(text.replace(old, new))
    assert words in found.message
    assert (found.line, found.column) == at


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"PolicyType": "StepScalling"}, "PolicyType is one of"),
        ({"PolicyType": "PredictiveScaling"}, "does not know predictive"),
        ({"AdjustmentType": "percent"}, "AdjustmentType is one of"),
        ({"ScalingAdjustment": 1}, "ScalingAdjustment belongs to SimpleScaling"),
        ({"Cooldown": 60}, "Cooldown belongs to SimpleScaling"),
        ({"TargetTrackingConfiguration": {}}, "belongs to TargetTrackingScaling"),
        ({"AdjustmentType": "ExactCapacity", "StepAdjustments": [step(0, None, -1)]}, "is 0 to"),
        ({"StepAdjustments": [{"LowerBound": 0}]}, "A step adjustment needs ScalingAdjustment"),
        ({"StepAdjustments": [step(0, None, 1)] * 21}, "at most 20"),
        ({"PolicyName": ""}, "PolicyName is text"),
        ({"PolicyName": None}, "A policy needs PolicyName"),
        ({"Alarm": alarm("GreaterThan", 60)}, "ComparisonOperator is one of"),
        ({"Alarm": alarm(OUT, 60, Statistic="Maximum")}, "the statistic Average"),
        ({"Alarm": alarm(OUT, 60, Period=90)}, "multiple of 60"),
        ({"Alarm": alarm(OUT, 60, 2, Period=86_400)}, "a day at most"),
        ({"Alarm": alarm(OUT, 60, 2, DatapointsToAlarm=3)}, "DatapointsToAlarm is 1 to 2"),
        ({"Alarm": alarm(OUT, 1e300)}, "Threshold is a number"),
        ({"Alarm": alarm(OUT, 60) | {"MetricName": "MemoryUtilization"}}, "MetricName"),
    ],
)
def test_a_mistake_of_a_policy_is_named(change: dict, words: str) -> None:
    policy = steps("out", [step(0, None, 1)], alarm(OUT, 60)) | change
    assert words in error_of(text_of(policy)).message


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Recurrence": "0 17 * *"}, "five fields"),
        ({"Recurrence": None}, "needs Recurrence or StartTime"),
        ({"TimeZone": "../../etc/passwd"}, "knows no time zone"),
        ({"StartTime": "tomorrow"}, "StartTime is a moment of UTC"),
        ({"StartTime": "2026-02-30T00:00:00Z"}, "StartTime is a moment of UTC"),
        ({"MinSize": None}, "sets MinSize, MaxSize or DesiredCapacity"),
        ({"MinSize": -1}, "MinSize is 0 to 500"),
    ],
)
def test_a_mistake_of_a_schedule_is_named(change: dict, words: str) -> None:
    found = action("up", "0 17 * * 5", MinSize=2) | change
    assert words in error_of(text_of(actions=[found])).message


def test_what_describe_prints_beside_it_is_passed_over() -> None:
    policy = target(50) | {"StepAdjustments": [], "Alarms": [{"AlarmName": "a"}], "Enabled": True}
    group = {"MinSize": 1, "MaxSize": 2, "Instances": [], "Status": "", "ScalingPolicies": [policy]}
    call = alarm(OUT, 60, AlarmActions=["track"], StateValue="OK")
    [found] = read_group(json.dumps(group | {"MetricAlarms": [call]})).group.policies
    assert found.target == 50


def test_a_policy_that_is_switched_off_is_kept_and_not_enabled() -> None:
    [found] = group_of(target(50) | {"Enabled": False}).policies
    assert found.enabled is False


def test_no_two_have_the_same_name() -> None:
    assert (
        "Two have the same PolicyName: “track”" in error_of(text_of(target(50), target(60))).message
    )


def test_an_alarm_names_a_policy_that_is_there() -> None:
    text = {"MinSize": 1, "MaxSize": 2, "Alarms": [alarm(OUT, 60, AlarmActions=["lost"])]}
    assert "There is no policy “lost”" in error_of(json.dumps(text)).message
