"""The registry: one readable dict. A new kind is one module and one line here."""

from __future__ import annotations

from labs.grading.kind import Kind
from labs.grading.kinds import (
    alb_listener_rules,
    asg_scaling_policy,
    aws_cli,
    cost,
    decode,
    dockerfile,
    dynamodb_keys,
    ecs_task_definition,
    event_pattern,
    find_the_flaw,
    health_timeline,
    iam_account,
    iam_policy,
    launch_template,
    lifecycle,
    messaging,
    network_acl,
    packet_walk,
    placement,
    purchase_plan,
    resource_policy,
    scenario_sort,
    security_group,
    security_group_graph,
    state_machine,
    subnetting,
    trust_policy,
    user_data,
)

KINDS: dict[str, Kind] = {
    kind.NAME: kind
    for kind in (
        iam_policy.KIND,
        trust_policy.KIND,
        resource_policy.KIND,
        iam_account,
        security_group,
        security_group_graph,
        network_acl,
        subnetting,
        packet_walk,
        find_the_flaw,
        alb_listener_rules,
        asg_scaling_policy,
        cost,
        aws_cli,
        purchase_plan,
        decode,
        event_pattern,
        health_timeline,
        scenario_sort,
        placement,
        launch_template,
        lifecycle,
        ecs_task_definition,
        dockerfile,
        user_data,
        messaging,
        state_machine,
        dynamodb_keys,
    )
}
