"""What each finding code means."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.machines.asks import code_of
from labs.grading.said import say

WORDS = "the-words-of-ecs"
SIZES = "the-size-of-a-task"
ROLES = "amazon-ecs-iam-roles-for-ecs"
PLACES = "how-tasks-find-a-host"

FAULT_CODES = {
    "task.container": Code(
        say("A container that is not described"),
        say("Each container has a name of its own and an image."),
        WORDS,
    ),
    "task.fargate-size": Code(
        say("A size that Fargate does not have"),
        say("To each CPU value belong certain sizes of memory, and both stand at the task."),
        SIZES,
    ),
    "task.size": Code(
        say("A size that is none"),
        say("cpu and memory of a task are texts: units or vCPU, MiB or GB."),
        SIZES,
    ),
    "task.memory": Code(
        say("Memory that does not go together"),
        say("memory is the limit, memoryReservation what is kept free; the task has enough for "
            "both."),
        SIZES,
    ),
    "task.network-mode": Code(
        say("A network mode that Fargate does not have"),
        say("On Fargate each task has an address of its own: awsvpc."),
        WORDS,
    ),
    "task.host-port": Code(
        say("A host port that cannot be"),
        say("With awsvpc and host the port is the container’s own; with bridge it may be another, "
            "or 0 for any."),
        PLACES,
    ),
    "task.execution-role": Code(
        say("Nobody may start the task"),
        say("With the execution role ECS pulls the image, fetches the secrets and sends the logs."),
        ROLES,
    ),
    "task.image": Code(
        say("An image that is not there"), say("The image is pulled by its whole name."), WORDS
    ),
    "task.secret": Code(
        say("A secret that is not fetched"),
        say("What stands in environment can be read by everybody who may see the definition."),
        ROLES,
    ),
    "task.logs": Code(
        say("Logs that do not arrive"), say("awslogs needs a group, a Region and a prefix."), WORDS
    ),
    "task.fargate": Code(
        say("Nothing for Fargate"), say("Some settings are about hosts of your own."), WORDS
    ),
    "task.strategy": Code(
        say("A strategy that is none"),
        say("spread goes by instanceId or an attribute, binpack by cpu or memory."),
        PLACES,
    ),
    "task.nothing": Code(
        say("Nothing was started"), say("Mend what ECS objects to first."), WORDS
    ),
}  # fmt: skip
CHECK_CODES = {
    "task.not-asked": Code(
        say("Another task than asked for"), say("The definition says what each task is."), WORDS
    ),
    "task.other-size": Code(
        say("Another size than asked for"), say("The size decides what a task may use."), SIZES
    ),
    "task.essential": Code(
        say("What ends the task"), say("The task ends with its essential containers."), WORDS
    ),
    "task.port": Code(
        say("A port that leads elsewhere"), say("The port of the container is the one that its "
                                                "program listens on."),
        PLACES,
    ),
    "task.not-started": Code(
        say("The task does not start"), say("Each step needs somebody who may do it."), ROLES
    ),
    "task.role": Code(
        say("The application may do too little, or too much"),
        say("What the application does on AWS the task role decides, and nothing else."),
        ROLES,
    ),
    "task.not-placed": Code(
        say("Tasks without a host"),
        say("A host takes a task if it has CPU, memory and ports for it."),
        PLACES,
    ),
    "task.uneven": Code(
        say("Too many eggs in one basket"),
        say("Where a host or a zone has most of the tasks, its end is the end of most of them."),
        PLACES,
    ),
}  # fmt: skip
CODES = FAULT_CODES | CHECK_CODES
OF_FIELD = {
    "cpu": "task.other-size",
    "memory": "task.other-size",
    "mode": "task.network-mode",
    "fargate": "task.not-asked",
    "architecture": "task.not-asked",
    "containers": "task.not-asked",
    "takes-cpu": "task.other-size",
    "takes-memory": "task.other-size",
    "image": "task.image",
    "essential": "task.essential",
    "limit": "task.other-size",
    "reserved": "task.other-size",
    "logs": "task.logs",
    "port": "task.port",
    "env": "task.secret",
    "call": "task.role",
    "starts": "task.not-started",
    "placed": "task.not-placed",
    "without": "task.not-placed",
    "least-in-a-zone": "task.uneven",
    "most-on-a-host": "task.uneven",
}


def code_of_field(field: str) -> str:
    return code_of(field, OF_FIELD)
