from __future__ import annotations

import json
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade
from labs.grading.kinds import KINDS
from labs.grading.kinds.ecs_task_definition import behaviour
from labs.grading.report import Report
from tests.labs.grading.machines.tasks.definitions import ECR, ON_HOSTS, ROLE, on_fargate, on_hosts

KIND = KINDS["ecs-task-definition"]
SECRET = "arn:aws:secretsmanager:eu-west-2:111122223333:secret:db"
OPTIONS = {"awslogs-group": "/shop", "awslogs-region": "eu-west-2", "awslogs-stream-prefix": "web"}
LOGS = {"logDriver": "awslogs", "options": OPTIONS}
ROLES = {"executionRoleArn": f"{ROLE}start", "taskRoleArn": "app"}
RIGHT = ROLES | on_fargate(
    image=ECR,
    secrets=[{"name": "KEY", "valueFrom": f"{SECRET}:password::"}],
    logConfiguration=LOGS,
    portMappings=[{"containerPort": 80}],
)
STARTING = {
    "images": [ECR, "nginx:1.27"],
    "secrets": [SECRET],
    "log_groups": ["/shop"],
    "roles": [
        {"arn": f"{ROLE}start", "may": ["pull", "secrets", "logs"]},
        {"arn": f"{ROLE}app", "may": ["pictures"]},
    ],
    "calls": {"pictures": "pictures", "secrets": "secrets"},
    "checks": [
        {"name": "Starts", "field": "starts", "is": "yes"},
        {"name": "Key", "field": "env:KEY", "is": "secret"},
        {"name": "Port", "field": "port:80", "is": "80"},
        {"name": "Pictures", "field": "call:pictures", "is": "yes"},
        {"name": "Secrets", "field": "call:secrets", "is": "no"},
    ],
}
PLACING = {
    "images": ["nginx:1.27"],
    "wanted": 4,
    "hosts": [
        {"name": "a-1", "zone": "a", "cpu": 1024, "memory": 600},
        {"name": "b-1", "zone": "b", "cpu": 1024, "memory": 600},
    ],
    "checks": [
        {"name": "Placed", "field": "placed", "least": 4, "most": 4},
        {"name": "Limit", "field": "limit:web", "least": 256},
        {"name": "After", "field": "without:a-1", "least": 2},
    ],
}


def verdict(answer: Any, **table: Any) -> Report:
    return grade(KIND, table=table, files={}, text=json.dumps(answer))


def failed(report: Report) -> list[str]:
    return [one.code for one in report.checks if not one.passed]


def test_a_task_that_starts_and_may_do_what_it_should_passes() -> None:
    report = verdict(RIGHT, **STARTING)
    assert report.passed
    assert [row["done"] for row in report.extra["steps"]] == [True, True, True]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"executionRoleArn": f"{ROLE}app"}, "task.execution-role"),
        ({"executionRoleArn": f"{ROLE}nobody"}, "task.execution-role"),
        (on_fargate(image="nginx:latest"), "task.image"),
        (on_fargate(image=ECR, secrets=[{"name": "KEY", "valueFrom": "db"}]), "task.secret"),
        (on_fargate(image=ECR, logConfiguration=LOGS | {
            "options": OPTIONS | {"awslogs-group": "/other"}}), "task.logs"),
    ],
)  # fmt: skip
def test_what_keeps_a_task_from_starting_is_named(change: dict[str, Any], code: str) -> None:
    report = verdict(RIGHT | change, **STARTING)
    assert report.checks[0].code == code
    assert not report.checks[0].passed


def test_on_a_host_the_instance_profile_pulls() -> None:
    report = verdict(on_hosts(image=ECR), **STARTING)
    assert report.extra["steps"][0]["by"] == "instance"
    assert report.checks[0].passed


def test_a_password_in_plain_text_is_not_fetched() -> None:
    plain = on_fargate(image=ECR, environment=[{"name": "KEY", "value": "correct-horse"}])
    assert "task.secret" in failed(verdict(RIGHT | plain, **STARTING))


def test_an_application_with_the_execution_role_may_too_much() -> None:
    assert failed(verdict(RIGHT | {"taskRoleArn": "start"}, **STARTING)) == ["task.role"] * 2


def test_what_ecs_refuses_is_named_all_at_once() -> None:
    report = verdict(RIGHT | {"memory": "600", "networkMode": "host"}, **STARTING)
    assert report.refused
    assert [one.code for one in report.findings] == [
        "task.network-mode", "task.fargate-size", "task.nothing"
    ]  # fmt: skip


def test_each_host_says_what_is_left_and_what_it_lacks() -> None:
    report = verdict(on_hosts(memory=400), **PLACING)
    assert report.checks[0].message.startswith("Placed: 2. Asked for: 4. a-1 lacks memory")
    assert [row["memory"] for row in report.extra["hosts"]] == [200, 200]
    assert behaviour(report.checks[0], "") == "observed|2|placed"


def test_tasks_that_fit_are_placed_and_the_loss_of_a_host_is_tried() -> None:
    report = verdict(ON_HOSTS, **PLACING)
    assert report.passed
    assert [row["tasks"] for row in report.extra["hosts"]] == [2, 2]


def test_a_strategy_without_a_sensible_field_is_refused() -> None:
    rules = [{"type": "binpack", "field": "disk"}]
    report = verdict({"taskDefinition": ON_HOSTS, "placementStrategy": rules}, **PLACING)
    assert report.findings[0].code == "task.strategy"


@pytest.mark.parametrize(
    "change",
    [
        {"checks": [{"name": "x", "field": "colour", "is": "red"}]},
        {"checks": [{"name": "x", "field": "call:nothing", "is": "yes"}]},
        {"checks": [{"name": "x", "field": "without:c-9", "least": 1}]},
        {"wanted": 0},
        {"hosts": PLACING["hosts"] * 2},
        {"unheard": 1},
    ],
)
def test_a_spec_that_says_nothing_sensible_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        exercise_of(KIND, table=PLACING | change, files={})


VALUES: list[Any] = [
    None, True, 0, -1, 2**31, 1.5, "", "256", "1 vCPU", "é", [], {}, ["FARGATE"], "a" * 900, [{}],
    [{"containerPort": 80, "hostPort": -1}] * 9, [{"type": "spread"}] * 9, "bridge", "awsvpc",
]  # fmt: skip
KEYS = ["cpu", "memory", "networkMode", "requiresCompatibilities", "containerDefinitions", "tags"]
INNER = ["cpu", "memory", "memoryReservation", "portMappings", "essential", "image", "secrets"]


def fuzz(times: int, seed: int = 7) -> int:
    random, read = Random(seed), 0
    exercises = [exercise_of(KIND, table=table, files={}) for table in (STARTING, PLACING)]
    for _ in range(times):
        base = random.choice([RIGHT, ON_HOSTS])
        container = base["containerDefinitions"][0] | {random.choice(INNER): random.choice(VALUES)}
        tree = base | {"containerDefinitions": [container] * random.randint(0, 3)}
        if random.random() < 0.5:
            tree |= {random.choice(KEYS): random.choice(VALUES)}
        if random.random() < 0.3:
            tree = {"taskDefinition": tree, "placementStrategy": random.choice(VALUES)}
        with suppress(AnswerError):
            random.choice(exercises).grade(json.dumps(tree))
            read += 1
    return read


def test_hostile_answers_end_in_a_verdict_or_an_answer_error() -> None:
    assert fuzz(400) > 40
