"""Which tasks run on which host: as ECS places them on container instances.

Source: ECS Developer Guide, "How Amazon ECS places tasks on container instances" and "Use
strategies to define Amazon ECS task placement": hosts that have CPU, memory and ports for the task
are candidates; then each strategy in its order narrows them down. What AWS leaves to chance (equal
candidates, the strategy `random`) goes by the order of the hosts here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

ZONE = "attribute:ecs.availability-zone"
INSTANCE = ("instanceId", "host")
DEFAULT: tuple[Mapping[str, str], ...] = ({"type": "spread", "field": ZONE},)


@dataclass(frozen=True, slots=True)
class Host:
    """What is left on an instance for tasks: CPU units, MiB, ports that are taken already, and how
    many network interfaces it can still have (None: enough)."""

    name: str
    zone: str
    cpu: int
    memory: int
    ports: frozenset[int] = frozenset()
    interfaces: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Of one task. `interface`: it has a network interface of its own (awsvpc)."""

    cpu: int
    memory: int
    ports: tuple[int, ...] = ()
    interface: bool = False


@dataclass(frozen=True, slots=True)
class Placing:
    """`counts`: tasks by host; `left`: hosts as they are afterwards; `lacks`: of each host what was
    missing for one task more, empty where all were placed."""

    counts: Mapping[str, int]
    left: tuple[Host, ...]
    lacks: Mapping[str, str] = field(default_factory=dict)

    @property
    def placed(self) -> int:
        return sum(self.counts.values())

    def by_zone(self) -> dict[str, int]:
        zones = {host.zone: 0 for host in self.left}
        for host in self.left:
            zones[host.zone] += self.counts[host.name]
        return zones


def lacking(host: Host, need: Need) -> str:
    """The first thing that is missing: "cpu", "memory", "port" or "interface"; "" where it fits."""
    if host.cpu < need.cpu:
        return "cpu"
    if host.memory < need.memory:
        return "memory"
    if len(set(need.ports)) < len(need.ports) or host.ports & set(need.ports):
        return "port"
    if need.interface and host.interfaces == 0:
        return "interface"
    return ""


def after(host: Host, need: Need) -> Host:
    """The host with one task more."""
    spare = host.interfaces
    return replace(
        host,
        cpu=host.cpu - need.cpu,
        memory=host.memory - need.memory,
        ports=host.ports | set(need.ports),
        interfaces=spare - 1 if need.interface and spare is not None else spare,
    )


def place(
    need: Need,
    hosts: Sequence[Host],
    wanted: int,
    strategies: Iterable[Mapping[str, str]],
    running: Mapping[str, int] | None = None,
) -> Placing:
    """So many tasks, one after the other. `running`: tasks of the same service that are on these
    hosts already, and taken off them; they count among those wanted."""
    rules = [one for one in strategies if one.get("type") in ("spread", "binpack")]
    left = {host.name: host for host in hosts}
    counts = tasks_on(hosts, running or {})
    while sum(counts.values()) < wanted:
        candidates = [host for host in left.values() if not lacking(host, need)]
        if not candidates:
            lacks = {host.name: lacking(host, need) for host in left.values()}
            return Placing(counts, tuple(left.values()), lacks)
        chosen = choose(candidates, list(left.values()), counts, rules)
        left[chosen.name] = after(chosen, need)
        counts[chosen.name] += 1
    return Placing(counts, tuple(left.values()))


def tasks_on(hosts: Iterable[Host], running: Mapping[str, int]) -> dict[str, int]:
    return {host.name: running.get(host.name, 0) for host in hosts}


def choose(
    candidates: Sequence[Host],
    hosts: Sequence[Host],
    counts: Mapping[str, int],
    rules: Sequence[Mapping[str, str]],
) -> Host:
    """Each strategy keeps those that are best by it."""
    left = list(candidates)
    for rule in rules:
        ranks = [rank(host, hosts, counts, rule) for host in left]
        least = min(ranks)
        left = [host for host, one in zip(left, ranks, strict=True) if one == least]
    return left[0]


def rank(
    host: Host, hosts: Sequence[Host], counts: Mapping[str, int], rule: Mapping[str, str]
) -> int:
    """The less, the sooner: what is left of the resource (binpack), or how many tasks share its
    host or its zone (spread)."""
    field_name = rule.get("field", "")
    if rule.get("type") == "binpack":
        return host.cpu if field_name.lower() == "cpu" else host.memory
    if field_name == ZONE:
        return sum(counts[one.name] for one in hosts if one.zone == host.zone)
    return counts[host.name] if field_name in INSTANCE else 0


def without(
    placing: Placing, lost: str, need: Need, wanted: int, strategies: Iterable[Mapping[str, str]]
) -> Placing:
    """A host, or all of a zone, is gone; the service starts its tasks anew on the others."""
    rest = [host for host in placing.left if lost not in (host.name, host.zone)]
    return place(need, rest, wanted, strategies, placing.counts)
