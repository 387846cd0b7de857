"""What is left of a Deployment: while it is updated, drained, and after a loss; and how many pods
there are under load.

Source: Kubernetes documentation, "Deployments" ("Rolling Update Deployment"), "Disruptions" and
"Specifying a Disruption Budget for your Application", "Horizontal Pod Autoscaling" ("Algorithm
details"): desiredReplicas = ceil(currentReplicas × currentMetricValue ÷ desiredMetricValue), and
nothing changes within a tolerance of 10 %.
"""

from __future__ import annotations

from labs.grading.clusters.language.objects import Autoscaler, Budget, Deployment, Manifest
from labs.grading.clusters.running.percent import share
from labs.grading.clusters.running.placing import Placing
from labs.grading.clusters.running.world import Node

TOLERANCE = 10  # percent
MOST_STEPS = 12


def least_in_update(one: Deployment, replicas: int) -> int:
    """Pods that are there at any time while it is updated."""
    if one.recreates:
        return 0
    unavailable = share(one.unavailable, replicas, up=False) or 0
    if unavailable == 0 and one.surge in (0, "0%"):
        unavailable = 1
    if unavailable == 0 and not share(one.surge, replicas, up=True):
        unavailable = 1  # both rounded to 0: one has to go
    return max(0, replicas - unavailable)


def most_in_update(one: Deployment, replicas: int) -> int:
    return replicas + (0 if one.recreates else share(one.surge, replicas, up=True) or 0)


def budgets_of(manifest: Manifest, one: Deployment) -> list[Budget]:
    return [
        budget
        for budget in manifest.budgets
        if budget.namespace == one.namespace
        and budget.selector is not None
        and budget.selector.takes(one.pod.labels)
    ]


def must_stay(budget: Budget, expected: int) -> int:
    """How many pods have to be healthy for an eviction to leave them so."""
    if budget.least is not None:
        return share(budget.least, expected, up=True) or 0
    if budget.unavailable is not None:
        return expected - (share(budget.unavailable, expected, up=True) or 0)
    return 0


def may_be_evicted(manifest: Manifest, one: Deployment, healthy: int) -> int:
    """At a time: with several budgets for one pod, none (the eviction is refused)."""
    found = budgets_of(manifest, one)
    if len(found) > 1:
        return 0
    if not found:
        return healthy
    return max(0, healthy - must_stay(found[0], one.replicas))


def least_in_drain(manifest: Manifest, one: Deployment, healthy: int) -> int:
    """Pods that are left at any time while one node shortly after the other is emptied: those that
    come in their place are not ready yet, so only a budget keeps any."""
    return healthy - min(healthy, may_be_evicted(manifest, one, healthy))


def after_loss(placing: Placing, name: str, lost: set[str]) -> int:
    """Pods on nodes that are not lost, before anything is placed anew."""
    left: list[Node] = [node for node in placing.nodes if not {node.name, node.zone} & lost]
    return sum(placing.on(node, name) for node in left)


def scaled(scaler: Autoscaler, request: int | None, load: int) -> int | None:
    """How many pods there are in the end, when all together use `load` thousandths of CPU; None
    where utilization cannot be known: without a request there is nothing to be a percentage of."""
    if scaler.average:
        target = scaler.average * 100
    elif scaler.utilization and request:
        target = request * scaler.utilization
    else:
        return None
    current = scaler.least
    for _step in range(MOST_STEPS):
        used = load * 100  # per pod: used ÷ current
        if abs(used - target * current) * 100 <= TOLERANCE * target * current:
            break
        wanted = min(max(-(-used // target), scaler.least), scaler.most)
        if wanted == current:
            break
        current = wanted
    return current
