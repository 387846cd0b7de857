"""What a lab can ask of a manifest: each field by its name, `shop` the name of an object.

Of a Deployment:
    image:shop, pinned:shop     the image; has it a tag that is not latest
    alone:shop                  does its selector take its own pods only
    placed:shop, ready:shop     pods with a node; pods that come to be ready
    killed:shop                 again and again, by a probe or for want of memory
    blind:shop                  seconds in which a new pod gets requests and cannot answer
    outage:shop, watched:shop   killed while the database is away; killed when it hangs
    requests:shop               does each container request CPU and memory
    cpu:shop, memory:shop       what a pod requests, in thousandths and MiB
    most-on-a-node:shop, least-in-a-zone:shop
    after-node:shop, after-zone:shop   pods left after the loss of the worst node or zone
    in-update:shop, updates:shop       at least so many while it is updated; does that get on
    in-drain:shop, drains:shop         the same while nodes are emptied
    under:load:shop, fits:shop         pods under that load; does the most find nodes

Of a Service and its port: `inside:shop:80`, `outside:shop:80`: is it answered. `open`: the ports
that are open to the internet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labs.grading.clusters.language.objects import Autoscaler, Deployment, Manifest
from labs.grading.clusters.running.answering import (
    Backend,
    find_service,
    is_open,
    open_ports,
    why_no_answer,
)
from labs.grading.clusters.running.lasting import (
    after_loss,
    least_in_drain,
    least_in_update,
    may_be_evicted,
    most_in_update,
    scaled,
)
from labs.grading.clusters.running.placing import Placing, place
from labs.grading.clusters.running.probing import dies_of_outage
from labs.grading.clusters.running.world import World
from labs.grading.machines.asks import Value


@dataclass(frozen=True, slots=True)
class Observed:
    manifest: Manifest
    world: World
    placing: Placing
    backends: tuple[Backend, ...]

    def backend(self, name: str) -> Backend | None:
        return next((one for one in self.backends if one.deployment.name == name), None)

    def place_with(self, name: str, count: int) -> Placing:
        """With another number of pods of this Deployment."""
        return place(self.world, [
            (one.name, one.pod, count if one.name == name else one.replicas)
            for one in self.manifest.deployments
        ])  # fmt: skip


def yes(truth: bool) -> str:
    return "yes" if truth else "no"


def is_pinned(image: str) -> bool:
    tag = image.partition("@")[0].rpartition("/")[2].partition(":")[2]
    return "@sha256:" in image or tag not in ("", "latest")


def pinned(seen: Observed, one: Backend) -> Value:
    return yes(all(is_pinned(each.image) for each in one.deployment.pod.containers))


def requested(seen: Observed, one: Backend) -> Value:
    found = [each.requests for each in one.deployment.pod.containers]
    return yes(all(each.cpu and each.memory for each in found))


def ready(seen: Observed, one: Backend) -> Value:
    return one.running if one.life.ready is not None else 0


def outage(seen: Observed, one: Backend) -> Value:
    containers = one.deployment.pod.containers
    image = one.image
    return yes(
        image is not None
        and any(dies_of_outage(each, image, seen.world.outage) for each in containers)
    )


def watched(seen: Observed, one: Backend) -> Value:
    """Does each container have a liveness probe?"""
    return yes(all(each.liveness for each in one.deployment.pod.containers))


def alone(seen: Observed, one: Backend) -> Value:
    """Kubernetes documentation, "Deployments", "Selector": "Do not overlap labels or selectors with
    other controllers"."""
    mine = one.deployment
    return yes(not any(
        mine.selector.takes(other.pod.labels)
        for other in seen.manifest.deployments
        if other is not mine and other.namespace == mine.namespace
    ))  # fmt: skip


def loss(seen: Observed, one: Backend, names: list[str]) -> Value:
    """After the worst of them is lost."""
    if one.life.ready is None:
        return 0
    return min(after_loss(seen.placing, one.deployment.name, {name}) for name in names)


def in_update(seen: Observed, one: Backend) -> Value:
    """No more than come to be ready."""
    if one.life.ready is None:
        return 0
    return min(one.running, least_in_update(one.deployment, one.deployment.replicas))


def updates(seen: Observed, one: Backend) -> Value:
    """While no old pod may go, a new one has to find a node beside them."""
    deployment = one.deployment
    if one.life.ready is None:
        return "no"
    if least_in_update(deployment, deployment.replicas) < deployment.replicas:
        return "yes"
    count = min(deployment.replicas + 1, most_in_update(deployment, deployment.replicas))
    return yes(not seen.place_with(deployment.name, count).pending.get(deployment.name))


def in_drain(seen: Observed, one: Backend) -> Value:
    if one.life.ready is None:
        return 0
    return least_in_drain(seen.manifest, one.deployment, one.running)


def drains(seen: Observed, one: Backend) -> Value:
    return yes(one.running > 0 and may_be_evicted(seen.manifest, one.deployment, one.running) > 0)


def fits(seen: Observed, one: Backend) -> Value:
    name = one.deployment.name
    most = max((each.most for each in scalers(seen, one.deployment)), default=0)
    return yes(most > 0 and not seen.place_with(name, most).pending.get(name))


def scalers(seen: Observed, one: Deployment) -> list[Autoscaler]:
    return [each for each in seen.manifest.autoscalers if each.scales(one)]


OF_DEPLOYMENT: Mapping[str, Callable[[Observed, Backend], Value]] = {
    "image": lambda seen, one: one.deployment.pod.containers[0].image,
    "pinned": pinned,
    "placed": lambda seen, one: one.running,
    "ready": ready,
    "killed": lambda seen, one: yes(bool(one.life.killed)),
    "blind": lambda seen, one: one.life.blind if one.life.ready is not None else None,
    "outage": outage,
    "alone": alone,
    "watched": watched,
    "requests": requested,
    "cpu": lambda seen, one: one.deployment.pod.cpu,
    "memory": lambda seen, one: one.deployment.pod.memory,
    "most-on-a-node": lambda seen, one: max(seen.placing.of(one.deployment.name).values()),
    "least-in-a-zone": lambda seen, one: min(seen.placing.by_zone(one.deployment.name).values()),
    "after-node": lambda seen, one: loss(seen, one, [node.name for node in seen.world.nodes]),
    "after-zone": lambda seen, one: loss(seen, one, seen.world.zones),
    "in-update": in_update,
    "updates": updates,
    "in-drain": in_drain,
    "drains": drains,
    "fits": fits,
}


def exists(field: str, world: World) -> bool:
    first, _colon, rest = field.partition(":")
    name, _colon, last = rest.partition(":")
    if first in ("inside", "outside"):
        return bool(name) and last.isdigit()
    if first == "under":
        return name in world.loads and bool(last)
    return field == "open" or (first in OF_DEPLOYMENT and bool(name) and not last)


def value_of(field: str, seen: Observed) -> Value:
    first, _colon, rest = field.partition(":")
    name, _colon, last = rest.partition(":")
    if field == "open":
        return ", ".join(map(str, open_ports(seen.manifest, seen.world))) or None
    if first in ("inside", "outside"):
        return answered(first, name, int(last), seen)
    if first == "under":
        return under(name, last, seen)
    found = seen.backend(name)
    return OF_DEPLOYMENT[first](seen, found) if found else None


def answered(first: str, name: str, number: int, seen: Observed) -> Value:
    service = find_service(seen.manifest, name)
    if service is None or why_no_answer(service, number, list(seen.backends)):
        return "no"
    return yes(first == "inside" or is_open(service, seen.world))


def under(load: str, name: str, seen: Observed) -> Value:
    """Without an autoscaler it is always the same."""
    found = seen.backend(name)
    if found is None:
        return None
    rules = scalers(seen, found.deployment)
    if not rules:
        return found.deployment.replicas
    request = requested_cpu(found)
    number = seen.world.loads[load]
    wanted = [scaled(each, request, number) for each in rules]
    return max((one for one in wanted if one is not None), default=None)


def requested_cpu(one: Backend) -> int | None:
    """Of a pod; None where a container says nothing."""
    found = [each.requests.cpu for each in one.deployment.pod.containers]
    return sum(cpu or 0 for cpu in found) if all(found) else None
