"""What a lab gives for a cluster: nodes, images, and what may happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ZONE = "topology.kubernetes.io/zone"
HOST = "kubernetes.io/hostname"


@dataclass(frozen=True, slots=True)
class Node:
    """What is left on it for pods: CPU in thousandths, memory in MiB, number of pods."""

    name: str
    zone: str
    cpu: int
    memory: int
    pods: int = 29
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_labels(self) -> Mapping[str, str]:
        return {**self.labels, HOST: self.name, ZONE: self.zone}


@dataclass(frozen=True, slots=True)
class Answer:
    """Of a path: its status, and after how many seconds. `depends`: on the database."""

    status: int
    seconds: int = 0
    depends: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """What its program does: from second `starts` on it listens on port `listens`, and answers
    `paths`, 404 on others. `memory`: MiB that it comes to need."""

    name: str
    listens: int
    starts: int = 0
    memory: int = 0
    paths: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class World:
    """`loads`: name → CPU in thousandths that all pods together use then. `outage`: for how many
    seconds the database is away once. `public`: is a load balancer reachable from the internet
    without an annotation?"""

    nodes: tuple[Node, ...]
    images: tuple[Image, ...]
    loads: Mapping[str, int] = field(default_factory=dict)
    outage: int = 0
    public: bool = True

    def image(self, name: str) -> Image | None:
        return next((one for one in self.images if one.name == name), None)

    @property
    def zones(self) -> list[str]:
        return list(dict.fromkeys(one.zone for one in self.nodes))
