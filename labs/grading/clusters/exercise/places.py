"""Where the text says what was observed, and what to change."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.clusters.exercise.fields import Observed
from labs.grading.clusters.running.answering import find_service
from labs.grading.errors import Position
from labs.grading.json_document import Path
from labs.grading.said import say

TEMPLATE: Path = ("spec", "template", "spec")
FIRST: Path = (*TEMPLATE, "containers", 0)
KEYS: Mapping[str, Path] = {
    "image": (*FIRST, "image"),
    "pinned": (*FIRST, "image"),
    "placed": (*FIRST, "resources"),
    "ready": (*FIRST, "readinessProbe"),
    "killed": (*FIRST, "livenessProbe"),
    "blind": (*FIRST, "readinessProbe"),
    "alone": ("spec", "selector"),
    "outage": (*FIRST, "livenessProbe"),
    "watched": (*FIRST, "livenessProbe"),
    "requests": (*FIRST, "resources"),
    "cpu": (*FIRST, "resources"),
    "memory": (*FIRST, "resources"),
    "most-on-a-node": TEMPLATE,
    "least-in-a-zone": TEMPLATE,
    "after-node": TEMPLATE,
    "after-zone": TEMPLATE,
    "in-update": ("spec", "strategy"),
    "updates": ("spec", "strategy"),
    "in-drain": ("spec", "replicas"),
    "drains": ("spec", "replicas"),
    "under": (*FIRST, "resources"),
    "fits": (*FIRST, "resources"),
}
SPREAD = say(
    "Forbid it: topologySpreadConstraints with DoNotSchedule, or required podAntiAffinity, "
    "counting the pods' own labels; and enough replicas."
)  # fmt: skip
CURES: Mapping[str, str] = {
    "image": say("Write the image with its registry and its tag."),
    "pinned": say("Give the image a tag with a version."),
    "placed": say("Request what a node has left, and look whether a rule forbids the rest."),
    "ready": say("Ask at the port and path where the program answers."),
    "killed": say("Give the program time to start, and memory enough."),
    "blind": say("Let requests wait for a readiness probe."),
    "outage": say("Ask for liveness at a path that needs nothing but the program itself."),
    "watched": say("Ask again and again whether it lives: livenessProbe."),
    "alone": say("Select by a label that no other Deployment’s pods have."),
    "requests": say("Say how much CPU and memory each container requests."),
    "cpu": say("Change how much CPU each container requests."),
    "memory": say("Change how much memory each container requests."),
    "inside": say("Compare selector and labels, targetPort and the port of the program."),
    "outside": say("Choose the type of the Service by who shall reach it."),
    "open": say("Choose the type of the Service by who shall reach it."),
    "most-on-a-node": SPREAD,
    "least-in-a-zone": SPREAD,
    "after-node": SPREAD,
    "after-zone": SPREAD,
    "in-update": say("Change maxUnavailable, or the number of replicas."),
    "updates": say("Let a new pod find a node beside the old ones, or let an old one go first."),
    "in-drain": say("Say in a PodDisruptionBudget how many have to stay, with the pods' labels."),
    "drains": say("Leave the budget room for one pod to go."),
    "under": say("Compare minReplicas, maxReplicas, the percentage, and the requested CPU."),
    "fits": say("Let the most pods that there can be find nodes, too."),
}  # fmt: skip


def cure_of(field: str) -> str:
    return CURES.get(field.partition(":")[0], "")


def place_of(field: str, seen: Observed) -> Position | None:
    """None where the answer says nothing of it."""
    first, _colon, rest = field.partition(":")
    name, _colon, last = rest.partition(":")
    if first in ("inside", "outside"):
        service = find_service(seen.manifest, name)
        key = "selector" if first == "inside" else "type"
        return service.place.at("spec", key) if service else None
    deployment = seen.manifest.deployment(last if first == "under" else name)
    return deployment.place.at(*KEYS[first]) if deployment and first in KEYS else None
