"""Who gets an answer from a Service.

Source: Kubernetes documentation, "Service": its selector decides which pods of its namespace stand
behind it, ready ones only; `port` is its own, `targetPort` that of the pod, a number or the name of
a container's port; ClusterIP is reachable from within the cluster only, NodePort on the nodes'
addresses, LoadBalancer from outside. EKS User Guide: nodes in private subnets have no public
address, so that a NodePort is not reached from the internet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.clusters.language.objects import Deployment, Manifest, Service, ServicePort
from labs.grading.clusters.running.probing import Life
from labs.grading.clusters.running.world import Image, World
from labs.grading.said import say

INTERNAL = (
    ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
    ("service.beta.kubernetes.io/aws-load-balancer-internal", "true"),
)
FACING = ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internet-facing")
ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, slots=True)
class Backend:
    """A Deployment, how many of its pods run, and what becomes of each."""

    deployment: Deployment
    running: int
    life: Life
    image: Image | None


def why_no_answer(service: Service | None, number: int, backends: list[Backend]) -> str:
    """ "" where every request to this port of the Service is answered."""
    if service is None:
        return say("There is no such Service.")
    port = next((one for one in service.ports if one.port == number), None)
    if port is None or port.protocol != "TCP":
        return say("The Service does not listen on port {port} of TCP.", port=number)
    ready, why = ready_behind(service, backends)
    return why or next(iter(wrong_pods(ready, port)), "")


def ready_behind(service: Service, backends: list[Backend]) -> tuple[list[Backend], str]:
    """Those that get its requests, or why there are none."""
    if not service.selector:
        return [], say("The Service has no selector, so no pods stand behind it.")
    behind = [one for one in backends if stands_behind(one, service)]
    if not behind:
        why = say("No pod has the labels of the selector: {labels}. Its endpoints are empty.",
                  labels=labels_words(service))  # fmt: skip
        return [], why
    ready = [one for one in behind if one.running and one.life.ready is not None]
    return ready, "" if ready else say("No pod behind it is ready.")


def labels_words(service: Service) -> str:
    return ", ".join(f"{key}={value}" for key, value in service.selector.items())[:120]


def stands_behind(one: Backend, service: Service) -> bool:
    labels = one.deployment.pod.labels
    same = one.deployment.namespace == service.namespace
    return same and all(labels.get(key) == value for key, value in service.selector.items())


def wrong_pods(ready: list[Backend], port: ServicePort) -> Iterator[str]:
    for one in ready:
        containers = one.deployment.pod.containers
        numbers = [each.port_number(port.target) for each in containers]
        number = next((found for found in numbers if found is not None), None)
        if number is None:
            yield say("No port of the pods of {name} is called {target}.",
                      name=one.deployment.name, target=port.target)  # fmt: skip
        elif one.image is None or number != one.image.listens:
            yield say("Requests come to port {port} of the pods of {name}, and nobody listens "
                      "there.", port=number, name=one.deployment.name)  # fmt: skip


def is_open(service: Service, world: World) -> bool:
    """From the internet."""
    if service.kind != "LoadBalancer" or any(
        service.annotations.get(key) == value for key, value in INTERNAL
    ):
        return False
    facing = service.annotations.get(FACING[0]) == FACING[1]
    return (world.public or facing) and (not service.ranges or ANYWHERE in service.ranges)


def open_ports(manifest: Manifest, world: World) -> list[int]:
    found = {port.port for one in manifest.services if is_open(one, world) for port in one.ports}
    return sorted(found)


def find_service(manifest: Manifest, name: str) -> Service | None:
    return next((one for one in manifest.services if one.name == name), None)
