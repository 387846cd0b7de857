"""The words of a task definition."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.machines.shapes.completions import shape_words
from labs.grading.machines.shapes.shapes import shapes_of
from labs.grading.machines.tasks.answers import DEFINITION, STRATEGY
from labs.grading.machines.tasks.placing import ZONE
from labs.grading.said import say

TASK_SLOTS, TASK_LISTS = shape_words(shapes_of("task-definition"), f"({DEFINITION}/)?")
STRATEGY_SLOTS, STRATEGY_LISTS = shape_words(shapes_of("placement-strategies"), "", STRATEGY)
REQUEST = "RegisterTaskDefinitionRequest"
SLOTS = (
    Slot("key", "^$", ("beside", REQUEST)),
    Slot("key", f"^{DEFINITION}$", (REQUEST,)),
    *(one for one in TASK_SLOTS if not one.path.endswith("?$")),
    *STRATEGY_SLOTS,
    Slot("value", f"^{STRATEGY}/field$", ("fields",)),
    Slot("value", f"^({DEFINITION}/)?cpu$", ("units",)),
)
LISTS: Words = {
    "beside": [(DEFINITION, ""), (STRATEGY, "")],
    **TASK_LISTS,
    **STRATEGY_LISTS,
    "fields": [
        (ZONE, say("over the zones")),
        ("instanceId", say("over the hosts")),
        ("cpu", say("where the least is left")),
        ("memory", say("where the least is left")),
    ],
    "units": [("256", ".25 vCPU"), ("512", ".5 vCPU"), ("1024", "1 vCPU"), ("2048", "2 vCPU")],
}


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else LISTS
