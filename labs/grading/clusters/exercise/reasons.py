"""The concrete case: why it is not what was asked for."""

from __future__ import annotations

from labs.grading.clusters.exercise.fields import Observed
from labs.grading.clusters.running.answering import Backend, find_service, why_no_answer
from labs.grading.clusters.running.placing import (
    APART,
    CPU,
    FULL,
    LABEL,
    MEMORY,
    PORT,
    SPREAD,
)
from labs.grading.clusters.running.probing import LIVENESS, STARTUP
from labs.grading.clusters.running.probing import MEMORY as TOO_LITTLE
from labs.grading.said import joined, say

LACKS = {
    CPU: say("CPU"),
    MEMORY: say("memory"),
    FULL: say("room for one pod more"),
    LABEL: say("a label"),
    SPREAD: say("an even spread"),
    APART: say("a distance to the others"),
    PORT: say("the port"),
}
SPREADING = ("most-on-a-node", "least-in-a-zone", "after-node", "after-zone", "in-drain")


def reason(field: str, seen: Observed) -> str:
    first, _colon, rest = field.partition(":")
    name, _colon, last = rest.partition(":")
    if first in ("inside", "outside"):
        service = find_service(seen.manifest, name)
        return why_no_answer(service, int(last), list(seen.backends))
    found = seen.backend(last if first == "under" else name)
    if found is None:
        return "" if first == "open" else say("There is no such Deployment.")
    if first == "under":
        return not_known(seen, found)
    if first == "placed":
        return lacking(seen, name)
    if first in SPREADING:
        return where_they_are(seen, name)
    return of_life(found) if first in ("ready", "killed", "updates", "in-update") else ""


def not_known(seen: Observed, found: Backend) -> str:
    if all(each.requests.cpu for each in found.deployment.pod.containers):
        return ""
    return say("Without requests there is nothing to take a percentage of.")


def lacking(seen: Observed, name: str) -> str:
    rows = [
        say("{node} lacks {what}", node=node, what=LACKS[what])
        for node, what in seen.placing.lacks.get(name, {}).items()
    ]
    return joined(rows, ", ")


def where_they_are(seen: Observed, name: str) -> str:
    rows = [
        say("{node}: {count}", node=node, count=count)
        for node, count in seen.placing.of(name).items()
    ]
    return say("It may come to this: {rows}.", rows=joined(rows, ", "))


def of_life(found: Backend) -> str:
    life = found.life
    if found.image is None:
        image = found.deployment.pod.containers[0].image
        return say("There is no image {image}: ImagePullBackOff.", image=image[:120])
    if life.killed == TOO_LITTLE:
        return say("The program needs {memory} MiB, more than its limit: OOMKilled.",
                   memory=found.image.memory)  # fmt: skip
    if life.killed in (STARTUP, LIVENESS):
        return say("The {probe} probe gives up after {seconds} s and ends the container.",
                   probe=life.killed, seconds=life.at)  # fmt: skip
    if life.ready is None:
        return say("Its readiness probe never succeeds.")
    return ""
