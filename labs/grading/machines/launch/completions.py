"""The words of a launch template and its group."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.machines.launch.answers import DATA, GROUP
from labs.grading.machines.shapes.completions import shape_words
from labs.grading.machines.shapes.shapes import shapes_of

TEMPLATE_SLOTS, TEMPLATE_LISTS = shape_words(shapes_of("launch-template"), f"({DATA}/)?")
GROUP_SLOTS, GROUP_LISTS = shape_words(shapes_of("auto-scaling-group"), "", GROUP)
TOP = ("LaunchTemplateName", DATA, GROUP)
SLOTS = (
    Slot("key", "^$", ("documents", "RequestLaunchTemplateData")),
    Slot("key", f"^{DATA}$", ("RequestLaunchTemplateData",)),
    *(one for one in TEMPLATE_SLOTS if not one.path.endswith("?$")),
    *(Slot(one.at, one.path, tuple(f"group-{name}" for name in one.lists)) for one in GROUP_SLOTS),
)
LISTS: Words = {
    "documents": [(key, "") for key in TOP],
    **TEMPLATE_LISTS,
    **{f"group-{name}": words for name, words in GROUP_LISTS.items()},
}


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else LISTS
