"""The objects of a manifest, as far as they are followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labs.grading.clusters.language.selectors import Labels, Selector
from labs.grading.errors import Position
from labs.grading.json_document import JsonDocument, Path

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of an object stands."""

    document: JsonDocument

    def at(self, *path: str | int) -> Position:
        return self.document.position(path)


@dataclass(frozen=True, slots=True)
class Port:
    number: int
    name: str = ""
    protocol: str = "TCP"
    host: int = 0


@dataclass(frozen=True, slots=True)
class Probe:
    """`path` is None for a TCP probe. Seconds; the defaults are the API's."""

    path: str | None
    port: int | str
    delay: int = 0
    period: int = 10
    timeout: int = 1
    successes: int = 1
    failures: int = 3


@dataclass(frozen=True, slots=True)
class Resources:
    """CPU in thousandths, memory in MiB; None where nothing is said."""

    cpu: int | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Container:
    name: str
    image: str
    ports: tuple[Port, ...]
    requests: Resources
    limits: Resources
    readiness: Probe | None
    liveness: Probe | None
    startup: Probe | None
    path: Path

    def port_number(self, port: int | str) -> int | None:
        """Of a name; None where no port has it."""
        if isinstance(port, int):
            return port
        return next((one.number for one in self.ports if one.name == port), None)


@dataclass(frozen=True, slots=True)
class Spread:
    """topologySpreadConstraints; `hard`: DoNotSchedule."""

    skew: int
    key: str
    hard: bool
    selector: Selector | None
    domains: int = 1


@dataclass(frozen=True, slots=True)
class Apart:
    """podAntiAffinity; `hard`: required."""

    key: str
    selector: Selector | None
    hard: bool


@dataclass(frozen=True, slots=True)
class Pod:
    """A template: what each pod is."""

    labels: Labels
    containers: tuple[Container, ...]
    node_labels: Labels
    spreads: tuple[Spread, ...]
    apart: tuple[Apart, ...]

    @property
    def cpu(self) -> int:
        """Requested, in thousandths."""
        return sum(one.requests.cpu or 0 for one in self.containers)

    @property
    def memory(self) -> int:
        return sum(one.requests.memory or 0 for one in self.containers)

    @property
    def host_ports(self) -> frozenset[int]:
        return frozenset(port.host for one in self.containers for port in one.ports if port.host)


@dataclass(frozen=True, slots=True)
class Deployment:
    """`surge` and `unavailable` as they are written: a number or a percentage."""

    name: str
    namespace: str
    replicas: int
    selector: Selector
    pod: Pod
    recreates: bool
    surge: int | str
    unavailable: int | str
    min_ready: int
    place: Place


@dataclass(frozen=True, slots=True)
class ServicePort:
    port: int
    target: int | str
    name: str = ""
    protocol: str = "TCP"
    node: int = 0


@dataclass(frozen=True, slots=True)
class Service:
    """`ranges`: from where a load balancer takes requests, empty: from everywhere."""

    name: str
    namespace: str
    kind: str
    selector: Labels
    ports: tuple[ServicePort, ...]
    annotations: Labels
    ranges: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Budget:
    """A PodDisruptionBudget."""

    name: str
    namespace: str
    least: int | str | None
    unavailable: int | str | None
    selector: Selector | None
    place: Place


@dataclass(frozen=True, slots=True)
class Autoscaler:
    """`utilization`: percent of the requested CPU, `average`: CPU of a pod in thousandths; None
    where it is not what decides. `kind` and
    `version` are those of its target: without apps/v1 it is not found."""

    name: str
    namespace: str
    version: str
    kind: str
    target: str
    least: int
    most: int
    utilization: int | None
    place: Place
    average: int | None = None

    def scales(self, one: Deployment) -> bool:
        target = (self.version, self.kind, self.target, self.namespace)
        return target == ("apps/v1", "Deployment", one.name, one.namespace)


@dataclass(frozen=True, slots=True)
class Manifest:
    deployments: tuple[Deployment, ...]
    services: tuple[Service, ...]
    budgets: tuple[Budget, ...]
    autoscalers: tuple[Autoscaler, ...]
    objects: tuple[tuple[str, Mapping[str, Any], Place], ...]

    def deployment(self, name: str) -> Deployment | None:
        return next((one for one in self.deployments if one.name == name), None)
