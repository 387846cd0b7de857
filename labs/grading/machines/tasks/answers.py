"""The text of an answer → a task definition, and how its tasks are to be placed. AnswerError where
AWS's own client would not send it, with its place.

    {"family": "shop", "containerDefinitions": [{…}]}                as `register-task-definition`
                                                                     takes it
    {"taskDefinition": {…}, "placementStrategy": [{…}]}              and, as `create-service` takes
                                                                     it, the strategy beside it

What `describe-task-definition` prints is read, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labs.grading.errors import AnswerError, Position
from labs.grading.json_text import JsonDocument, Path, read_json
from labs.grading.machines.shapes.checker import Checker
from labs.grading.machines.shapes.shapes import shapes_of
from labs.grading.said import filled, say

MAX_DEPTH = 12
DEFINITION, STRATEGY = "taskDefinition", "placementStrategy"
CONSTRAINTS = "placementConstraints"
OF_SERVICES = (  # as create-service takes them
    CONSTRAINTS, "cluster", "serviceName", "desiredCount", "launchType", "loadBalancers",
    "networkConfiguration", "deploymentConfiguration", "schedulingStrategy", "count",
)  # fmt: skip
NOT_LOOKED_AT = say(
    "Leave {key} out: AWS knows it, and this lab does not look at it. Your answer was not judged."
)
BESIDE = (DEFINITION, STRATEGY, "tags")
PRINTED = (  # by describe-task-definition, and no part of what is registered
    "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities",
    "registeredAt", "deregisteredAt", "registeredBy",
)  # fmt: skip
HINTS = {
    "image": say("The image stands in a container: containerDefinitions."),
    "portMappings": say("Ports stand in a container: containerDefinitions."),
    "environment": say("The environment stands in a container: containerDefinitions."),
    "secrets": say("Secrets stand in a container: containerDefinitions."),
    "launchType": say("A task definition says requiresCompatibilities: a list."),
    "desiredCount": say("How many tasks run is a matter of the service."),
    "placementStrategy": say(
        "It stands beside the task definition: taskDefinition and placementStrategy in one object."
    ),
}


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """`data` has the shape that AWS wants; `path`: where it stands. `strategies` is None where none
    were given."""

    document: JsonDocument
    data: Mapping[str, Any]
    path: Path
    strategies: list[Mapping[str, str]] | None

    def at(self, *path: str | int) -> Position:
        return self.document.position((*self.path, *path))


def read_task_definition(text: str) -> TaskAnswer:
    document = read_json(text, max_depth=MAX_DEPTH)
    root = document.value
    if not isinstance(root, dict):
        raise AnswerError(say("A task definition is a JSON object."), 1, 1)
    data, path = the_definition(document, root)
    if isinstance(data, dict):
        data = {key: one for key, one in data.items() if key not in PRINTED}
    Checker(document, shapes_of("task-definition"), HINTS).check(data, path)
    if data.get(CONSTRAINTS) and "FARGATE" not in data.get("requiresCompatibilities", ()):
        words = filled(NOT_LOOKED_AT, key=CONSTRAINTS)
        raise AnswerError(words, *document.key_position((*path, CONSTRAINTS)))
    strategies = root.get(STRATEGY) if path else None
    if path and STRATEGY in root:
        Checker(document, shapes_of("placement-strategies")).check(strategies, (STRATEGY,), root=())
    return TaskAnswer(document, data, path, strategies)


def the_definition(document: JsonDocument, root: dict[str, Any]) -> tuple[Any, Path]:
    if DEFINITION not in root:
        return root, ()
    for key in root:
        if key not in BESIDE:
            words = say("{key} belongs into taskDefinition.", key=key[:60])
            if key in OF_SERVICES:
                words = filled(NOT_LOOKED_AT, key=key)
            raise AnswerError(words, *document.key_position((key,)))
    return root[DEFINITION], (DEFINITION,)
