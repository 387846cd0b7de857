"""What the API server refuses: all faults, where it would name those of one object.

Source: Kubernetes documentation, "Deployments" ("Selector": "`.spec.selector` must match
`.spec.template.metadata.labels`, or it will be rejected by the API"; "Max Surge", "Max
Unavailable": not both 0), "Service" (names of ports, nodePort 30000-32767), "Object Names and IDs",
"Resource Management for Pods and Containers", "Liveness, Readiness, and Startup Probes" (success
threshold 1), "PodDisruptionBudget": one of minAvailable and maxUnavailable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from labs.grading.clusters.language.objects import (
    Autoscaler,
    Budget,
    Container,
    Deployment,
    Manifest,
    Probe,
    Service,
)
from labs.grading.clusters.running.fault import Fault
from labs.grading.clusters.running.percent import share
from labs.grading.json_document import Path
from labs.grading.said import say

NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?")
PORT_NAME = re.compile(r"(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{0,13}[a-z0-9])?")
NODE_PORTS = range(30000, 32768)
PORTS = range(1, 65536)
MOST_PODS, MOST_RULES = 60, 4


def faults(manifest: Manifest) -> Iterator[Fault]:
    """All of them, and what is more than the lab follows."""
    if sum(one.replicas for one in manifest.deployments if one.replicas > 0) > MOST_PODS:
        cure = say("Ask for 0 to {most} replicas.", most=MOST_PODS)
        at = manifest.deployments[-1].place.at("spec", "replicas")
        yield Fault("k8s.refused", cure, "spec.replicas: Invalid value", at)
    for kind, data, place in manifest.objects:
        name = data["metadata"]["name"]
        if not NAME.fullmatch(name):
            cure = say("Write the name of {kind} in small letters, digits and hyphens.", kind=kind)
            says = f'metadata.name: Invalid value: "{name[:60]}": a lowercase RFC 1123 subdomain'
            yield Fault("k8s.refused", cure, says, place.at("metadata", "name"))
    for deployment in manifest.deployments:
        yield from deployment_faults(deployment)
    for service in manifest.services:
        yield from service_faults(service)
    for budget in manifest.budgets:
        yield from budget_faults(budget)
    for scaler in manifest.autoscalers:
        yield from scaler_faults(scaler)


def deployment_faults(one: Deployment) -> Iterator[Fault]:
    at = one.place.at
    if not one.selector.takes(one.pod.labels) or not (
        one.selector.labels or one.selector.expressions
    ):
        cure = say("Let selector and the labels of the template be the same: a Deployment has to "
                   "find its own pods.")  # fmt: skip
        says = "`selector` does not match template `labels`"
        yield Fault("k8s.own-selector", cure, says, at("spec", "selector"))
    if not 0 <= one.replicas <= MOST_PODS:
        cure = say("Ask for 0 to {most} replicas.", most=MOST_PODS)
        says = "spec.replicas: Invalid value"
        yield Fault("k8s.refused", cure, says, at("spec", "replicas"))
    yield from rollout_faults(one)
    yield from pod_faults(one)
    for container in one.pod.containers:
        yield from container_faults(one, container)


def pod_faults(one: Deployment) -> Iterator[Fault]:
    at = one.place.at
    if not one.pod.containers:
        cure = say("Give the pod a container.")
        says = "spec.template.spec.containers: Required value"
        yield Fault("k8s.refused", cure, says, at("spec", "template"))
    names = [container.name for container in one.pod.containers]
    if len(set(names)) < len(names):
        cure = say("Give each container a name of its own.")
        says = "spec.template.spec.containers[1].name: Duplicate value"
        yield Fault("k8s.refused", cure, says, at("spec", "template", "spec", "containers"))
    if max(len(one.pod.spreads), len(one.pod.apart)) > MOST_RULES:
        cure = say("Write at most {most} rules of a kind for where pods run.", most=MOST_RULES)
        at_pod = at("spec", "template", "spec")
        yield Fault("k8s.refused", cure, "Too many: must have fewer items", at_pod)
    if any(spread.skew < 1 for spread in one.pod.spreads):
        cure = say("maxSkew is at least 1.")
        says = "topologySpreadConstraints[0].maxSkew: must be greater than zero"
        at_rules = at("spec", "template", "spec", "topologySpreadConstraints")
        yield Fault("k8s.refused", cure, says, at_rules)


def rollout_faults(one: Deployment) -> Iterator[Fault]:
    at = one.place.at("spec", "strategy")
    surge = share(one.surge, one.replicas, up=True)
    unavailable = share(one.unavailable, one.replicas, up=False)
    if surge is None or unavailable is None:
        cure = say("Write maxSurge and maxUnavailable as a number or in percent: 1 or 25%.")
        yield Fault("k8s.refused", cure, "must be an integer or percentage (e.g '5%')", at)
    elif not one.recreates and one.surge in (0, "0%") and one.unavailable in (0, "0%"):
        cure = say("Let one of maxSurge and maxUnavailable be more than 0.")
        says = "maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"
        yield Fault("k8s.rollout", cure, says, at)


def container_faults(one: Deployment, container: Container) -> Iterator[Fault]:
    path, at = container.path, one.place.at
    if not container.image:
        says = "spec.template.spec.containers[0].image: Required value"
        yield Fault("k8s.image", say("Give the container an image."), says, at(*path))
    for port in container.ports:
        if port.number not in PORTS or (port.name and not PORT_NAME.fullmatch(port.name)):
            cure = say("A port is 1 to 65535; its name has at most 15 small letters, digits and "
                       "hyphens.")  # fmt: skip
            yield Fault("k8s.refused", cure, "ports[0]: Invalid value", at(*path, "ports"))
    wanted, most = container.requests, container.limits
    for what, request, limit in (
        ("cpu", wanted.cpu, most.cpu),
        ("memory", wanted.memory, most.memory),
    ):
        if request is not None and limit is not None and request > limit:
            cure = say("Request no more {what} than the limit.", what=what)
            says = f"requests: Invalid value: must be less than or equal to {what} limit"
            yield Fault("k8s.refused", cure, says, at(*path, "resources"))
    yield from probe_faults(one, container)


def probe_faults(one: Deployment, container: Container) -> Iterator[Fault]:
    for name, probe in (
        ("readinessProbe", container.readiness),
        ("livenessProbe", container.liveness),
        ("startupProbe", container.startup),
    ):
        if probe is None:
            continue
        place: Path = (*container.path, name)
        at = one.place.at(*place)
        if name != "readinessProbe" and probe.successes != 1:
            cure = say("Leave successThreshold of {probe} at 1.", probe=name)
            says = f"{name}.successThreshold: Invalid value: {probe.successes}: must be 1"
            yield Fault("k8s.refused", cure, says, at)
        if not is_port(probe.port) or not is_timing(probe):
            cure = say("Look at port and times of {probe}.", probe=name)
            yield Fault("k8s.refused", cure, f"{name}: Invalid value", at)


def is_port(port: int | str) -> bool:
    if isinstance(port, int):
        return port in PORTS
    return PORT_NAME.fullmatch(port) is not None


def is_timing(probe: Probe) -> bool:
    return probe.delay >= 0 and min(probe.period, probe.timeout, probe.failures) >= 1


def service_faults(one: Service) -> Iterator[Fault]:
    at = one.place.at("spec", "ports")
    if not one.ports and one.kind != "ExternalName":
        yield Fault(
            "k8s.refused", say("Give the Service a port."), "spec.ports: Required value", at
        )
    yield from port_name_faults(one)
    for port in one.ports:
        if port.port not in PORTS or not is_port(port.target):
            cure = say("A port is 1 to 65535; as targetPort also the name of a port, without "
                       "digits alone.")  # fmt: skip
            yield Fault("k8s.refused", cure, "spec.ports[0].targetPort: Invalid value", at)
        if port.node and port.node not in NODE_PORTS:
            cure = say("A nodePort is 30000 to 32767.")
            says = f"spec.ports[0].nodePort: Invalid value: {port.node}: not in the valid range"
            yield Fault("k8s.refused", cure, says, at)


def port_name_faults(one: Service) -> Iterator[Fault]:
    at = one.place.at("spec", "ports")
    names = [port.name for port in one.ports]
    if len(one.ports) > 1 and ("" in names or len(set(names)) < len(names)):
        cure = say("With several ports, give each a name of its own.")
        yield Fault("k8s.refused", cure, "spec.ports[1].name: Required value", at)
    if len({(port.port, port.protocol) for port in one.ports}) < len(one.ports):
        cure = say("Name each port once.")
        yield Fault("k8s.refused", cure, "spec.ports[1]: Duplicate value", at)


def budget_faults(one: Budget) -> Iterator[Fault]:
    at = one.place.at("spec")
    if one.least is not None and one.unavailable is not None:
        cure = say("Say minAvailable or maxUnavailable, not both.")
        says = "minAvailable and maxUnavailable cannot be both set"
        yield Fault("k8s.refused", cure, says, at)
    for value in (one.least, one.unavailable):
        if value is not None and share(value, 10, up=True) is None:
            cure = say("Write a number or a percentage: 2 or 50%.")
            yield Fault("k8s.refused", cure, "must be an integer or percentage (e.g '5%')", at)


def scaler_faults(one: Autoscaler) -> Iterator[Fault]:
    if not 1 <= one.least <= one.most <= MOST_PODS:
        cure = say("minReplicas is at least 1, and maxReplicas at least as much, and at most "
                   "{most}.", most=MOST_PODS)  # fmt: skip
        says = "spec.maxReplicas: must be greater than or equal to `minReplicas`"
        yield Fault("k8s.refused", cure, says, one.place.at("spec", "maxReplicas"))
