"""Which pods find a node.

Source: Kubernetes documentation, "Kubernetes Scheduler" (a node must have what the pod requests),
"Assigning Pods to Nodes" (nodeSelector, podAntiAffinity), "Pod Topology Spread Constraints": with
DoNotSchedule the skew, pods in the node's domain against the fewest in any, stays within maxSkew;
pods are counted that the constraint's own labelSelector takes.

Where the scheduler may choose, the worst is taken: the zone and the node that have the most
already. So what is only wished for (ScheduleAnyway, preferred) is not counted on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from labs.grading.clusters.language.objects import Pod, Spread
from labs.grading.clusters.language.selectors import Selector
from labs.grading.clusters.running.world import Node, World

CPU, MEMORY, FULL, LABEL, SPREAD, APART, PORT = (
    "cpu", "memory", "full", "label", "spread", "apart", "port"
)  # fmt: skip


@dataclass
class Placing:
    """`rows`: node → the pods there, by the name of their Deployment; `pending`: name → how many
    have none, `lacks`: name → what was missing, by node."""

    nodes: Sequence[Node]
    rows: dict[str, list[tuple[str, Pod]]]
    pending: dict[str, int] = field(default_factory=dict)
    lacks: dict[str, dict[str, str]] = field(default_factory=dict)

    def on(self, node: Node, name: str) -> int:
        return sum(owner == name for owner, _pod in self.rows[node.name])

    def of(self, name: str) -> dict[str, int]:
        return {node.name: self.on(node, name) for node in self.nodes}

    def by_zone(self, name: str) -> dict[str, int]:
        found: dict[str, int] = {node.zone: 0 for node in self.nodes}
        for node in self.nodes:
            found[node.zone] += self.on(node, name)
        return found


def place(world: World, wanted: Sequence[tuple[str, Pod, int]]) -> Placing:
    """Name, template and number of pods of each Deployment, one after the other."""
    placing = Placing(world.nodes, {node.name: [] for node in world.nodes})
    for name, pod, count in wanted:
        for _number in range(count):
            if not place_one(placing, name, pod):
                placing.pending[name] = placing.pending.get(name, 0) + 1
    return placing


def place_one(placing: Placing, name: str, pod: Pod) -> bool:
    rules = rules_of(placing, pod)
    lacks = {node.name: lack(placing, node, pod, rules) for node in placing.nodes}
    open_ones = [node for node in placing.nodes if not lacks[node.name]]
    if not open_ones:
        placing.lacks[name] = lacks
        return False
    zones = placing.by_zone(name)
    worst = max(open_ones, key=lambda node: (zones[node.zone], placing.on(node, name)))
    placing.rows[worst.name].append((name, pod))
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """`counts`: in each domain, the pods that the rule counts; `most`: how many there may be
    before this one; `code`: SPREAD or APART."""

    key: str
    counts: Mapping[str, int]
    most: int
    code: str


def rules_of(placing: Placing, pod: Pod) -> list[Rule]:
    """Those that forbid."""
    eligible = [node for node in placing.nodes if has_labels(node, pod)]
    found = [spread_rule(placing, eligible, pod, one) for one in pod.spreads if one.hard]
    for one in pod.apart:
        if one.hard and one.selector is not None:
            counts = counted(placing, placing.nodes, one.key, one.selector)
            found.append(Rule(one.key, counts, 0, APART))
    return found


def spread_rule(placing: Placing, eligible: Sequence[Node], pod: Pod, one: Spread) -> Rule:
    counts = counted(placing, eligible, one.key, one.selector)
    fewest = min(counts.values(), default=0) if len(counts) >= one.domains else 0
    itself = one.selector is not None and one.selector.takes(pod.labels)
    return Rule(one.key, counts, fewest + one.skew - int(itself), SPREAD)


def counted(
    placing: Placing, nodes: Sequence[Node], key: str, selector: Selector | None
) -> dict[str, int]:
    found: dict[str, int] = {}
    for node in nodes:
        domain = node.all_labels.get(key)
        if domain is not None:
            pods = placing.rows[node.name] if selector else []
            number = sum(selector.takes(pod.labels) for _name, pod in pods) if selector else 0
            found[domain] = found.get(domain, 0) + number
    return found


def has_labels(node: Node, pod: Pod) -> bool:
    labels = node.all_labels
    return all(labels.get(key) == value for key, value in pod.node_labels.items())


def lack(placing: Placing, node: Node, pod: Pod, rules: Sequence[Rule]) -> str:
    """What the node lacks for the pod; "" where it lacks nothing."""
    there = [one for _name, one in placing.rows[node.name]]
    too_much = {
        LABEL: not has_labels(node, pod),
        FULL: len(there) >= node.pods,
        CPU: sum(one.cpu for one in there) + pod.cpu > node.cpu,
        MEMORY: sum(one.memory for one in there) + pod.memory > node.memory,
        PORT: any(one.host_ports & pod.host_ports for one in there),
    }
    found = [what for what, lacks in too_much.items() if lacks]
    found += [one.code for one in rules if forbids(one, node)]
    return found[0] if found else ""


def forbids(rule: Rule, node: Node) -> bool:
    """On a node without such a label spreading puts no pod, and keeping apart means nothing."""
    domain = node.all_labels.get(rule.key)
    if domain is None:
        return rule.code == SPREAD
    return rule.counts.get(domain, 0) > rule.most
