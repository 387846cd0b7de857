"""The text of an answer → a group. AnswerError where it cannot be read, with its place.

    {"MinSize": 2, "MaxSize": 10, "DesiredCapacity": 2, "DefaultInstanceWarmup": 120,
     "Policies": [{"PolicyName": "…", "PolicyType": "StepScaling", …, "Alarm": {…}}],
     "ScheduledActions": [{"ScheduledActionName": "…", "Recurrence": "0 17 * * 5", …}],
     "Alarms": [{…, "AlarmActions": ["the policy's name or ARN"]}]}

The lists may also be called as AWS prints them: ScalingPolicies, ScheduledUpdateGroupActions,
MetricAlarms.
"""

from __future__ import annotations

from collections.abc import Iterable

from labs.grading.json_text import read_json
from labs.grading.said import say
from labs.grading.scaling.group.alarms import policies_named, read_alarm
from labs.grading.scaling.group.fields import Fields
from labs.grading.scaling.group.model import Alarm, Group, GroupAnswer
from labs.grading.scaling.group.policies import MOST_SECONDS, read_policy
from labs.grading.scaling.group.schedules import LARGEST, read_action

# AWS takes 50 policies and 125 scheduled actions for a group; nobody writes as many here.
MOST_POLICIES = 10
MOST_ALARMS = 10
MOST_ACTIONS = 20
COOLDOWN = 300  # seconds; DefaultCooldown where it is not given
MAX_DEPTH = 12
IGNORED = (
    "AutoScalingGroupName",
    "AutoScalingGroupARN",
    "LaunchTemplate",
    "MixedInstancesPolicy",
    "AvailabilityZones",
    "VPCZoneIdentifier",
    "TargetGroupARNs",
    "TrafficSources",
    "LoadBalancerNames",
    "HealthCheckType",
    "HealthCheckGracePeriod",
    "TerminationPolicies",
    "NewInstancesProtectedFromScaleIn",
    "CapacityRebalance",
    "MaxInstanceLifetime",
    "ServiceLinkedRoleARN",
    "Tags",
    # What `describe-auto-scaling-groups` prints beside it
    "Instances",
    "CreatedTime",
    "SuspendedProcesses",
    "EnabledMetrics",
    "Status",
    "InstanceMaintenancePolicy",
    "AvailabilityZoneDistribution",
)


def read_group(text: str) -> GroupAnswer:
    document = read_json(text, max_depth=MAX_DEPTH)
    fields = Fields(document, (), document.value, say("A group"))
    least = fields.number("MinSize", most=LARGEST)
    most = fields.number("MaxSize", most=LARGEST)
    desired = fields.number("DesiredCapacity", least, most=LARGEST)
    cooldown = fields.number("DefaultCooldown", COOLDOWN, most=MOST_SECONDS)
    warmup = fields.number("DefaultInstanceWarmup", cooldown, most=MOST_SECONDS)
    ringing: dict[str, list[Alarm]] = {}
    places: list[tuple[Fields, str]] = []
    for alarm in fields.objects(named(fields, "Alarms", "MetricAlarms"), ALARM, MOST_ALARMS):
        names = policies_named(alarm)
        read = read_alarm(alarm)
        places += [(alarm, name) for name in names]
        for name in names:
            ringing.setdefault(name, []).append(read)
    key = named(fields, "Policies", "ScalingPolicies")
    policies = [
        read_policy(policy, ringing, warmup, cooldown)
        for policy in fields.objects(key, say("A policy"), MOST_POLICIES)
    ]
    key = named(fields, "ScheduledActions", "ScheduledUpdateGroupActions")
    action = say("A scheduled action")
    actions = [read_action(one) for one in fields.objects(key, action, MOST_ACTIONS)]
    fields.finish(IGNORED)
    refuse_twice(fields, [one.name for one in policies], "PolicyName")
    refuse_twice(fields, [one.name for one in actions], "ScheduledActionName")
    refuse_strangers(places, {one.name for one in policies})
    return GroupAnswer(document, Group(least, most, desired, tuple(policies), tuple(actions)))


ALARM = say("An alarm")


def named(fields: Fields, key: str, printed: str) -> str:
    """The key that is used, as it is taken or as it is printed."""
    return printed if fields.has(printed) and not fields.has(key) else key


def refuse_twice(fields: Fields, names: list[str], key: str) -> None:
    """AWS would put the second in the place of the first."""
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        words = say("Two have the same {key}: “{name}”.", key=key, name=twice[:60])
        raise fields.error(words)


def refuse_strangers(places: Iterable[tuple[Fields, str]], names: set[str]) -> None:
    for fields, name in places:
        if name not in names:
            words = say("There is no policy “{name}”.", name=name[:60])
            raise fields.error(words, "AlarmActions")
