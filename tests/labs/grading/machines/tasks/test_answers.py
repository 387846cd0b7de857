from __future__ import annotations

import json
from typing import Any

import pytest

from labs.grading.errors import AnswerError
from labs.grading.machines.tasks.answers import read_task_definition
from tests.labs.grading.machines.tasks.definitions import ON_HOSTS

PRINTED = ON_HOSTS | {"revision": 3, "status": "ACTIVE", "taskDefinitionArn": "arn:x"}


@pytest.mark.parametrize(
    "tree", [ON_HOSTS, {"taskDefinition": ON_HOSTS}, {"taskDefinition": PRINTED, "tags": []}]
)
def test_a_definition_is_read_as_commands_take_and_print_it(tree: Any) -> None:
    assert read_task_definition(json.dumps(tree)).data == ON_HOSTS


def test_a_strategy_stands_beside_the_definition() -> None:
    tree = {"taskDefinition": ON_HOSTS, "placementStrategy": [{"type": "random"}]}
    assert read_task_definition(json.dumps(tree)).strategies == [{"type": "random"}]


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ([], "is a JSON object"),
        ({"family": "shop"}, "Add containerDefinitions"),
        (ON_HOSTS | {"cpu": 256}, 'Write cpu in double quotes: "256"'),
        (ON_HOSTS | {"networkMode": "vpc"}, "networkMode"),
        (ON_HOSTS | {"containerDefinitions": {"name": "web"}}, "is a list"),
        (ON_HOSTS | {"image": "nginx"}, "stands in a container"),
        (ON_HOSTS | {"placementStrategy": []}, "stands beside the task definition"),
        ({"taskDefinition": ON_HOSTS, "family": "shop"}, "belongs into taskDefinition"),
        ({"taskDefinition": ON_HOSTS, "placementStrategy": [{"type": "pack"}]}, "binpack"),
        (ON_HOSTS | {"placementConstraints": [{"type": "memberOf"}]}, "not look at it"),
        ({"taskDefinition": ON_HOSTS, "placementConstraints": []}, "not look at it"),
        ({"taskDefinition": ON_HOSTS, "desiredCount": 2}, "Your answer was not judged"),
        ({"taskDefinition": None}, "instead of writing null"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tree: Any, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        read_task_definition(json.dumps(tree))
