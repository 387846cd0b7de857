"""The words of the Amazon States Language."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say
from labs.grading.state_machines.language.choice_rules import OPERATORS
from labs.grading.state_machines.language.handlers import CATCHER, RETRIER
from labs.grading.state_machines.language.reader import ANY, FIELDS, TOP
from labs.grading.state_machines.language.works import INVOKE

INSIDE = r"(^|/)States/[^/]+"
SLOTS = (
    Slot("key", rf"{INSIDE}/Retry$", ("retrier",)),
    Slot("key", rf"{INSIDE}/Catch$", ("catcher",)),
    Slot("key", rf"{INSIDE}/Choices(/(And|Or|Not))*$", ("rule",)),
    Slot("key", rf"{INSIDE}$", ("state",)),
    Slot("key", r"(^|/)(Branches|ItemProcessor|Iterator)$", ("machine",)),
    Slot("key", r"^$", ("machine",)),
    Slot("value", rf"{INSIDE}/Type$", ("types",)),
    Slot("value", rf"{INSIDE}/Resource$", ("resources",)),
    Slot("value", r"(^|/)(Retry|Catch)/ErrorEquals$", ("errors",)),
)
LISTS: Words = {
    "machine": [(key, "") for key in TOP],
    "state": [(key, "") for key in ("Type", "Comment", *ANY)],
    "retrier": [(key, "") for key in RETRIER],
    "catcher": [(key, "") for key in CATCHER],
    "rule": [(key, "") for key in ("Variable", "Next", "And", "Or", "Not", *OPERATORS)],
    "types": [(kind, "") for kind in FIELDS],
    "resources": ((INVOKE, say("with FunctionName and Payload in Parameters")),),
    "errors": (
        ("States.ALL", say("every error, alone and last")),
        ("States.TaskFailed", say("whatever a task throws")),
        ("States.Timeout", say("longer than TimeoutSeconds")),
    ),
}


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else LISTS
