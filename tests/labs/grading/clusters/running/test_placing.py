"""Kubernetes documentation: "Pod Topology Spread Constraints", "Assigning Pods to Nodes", "Resource
Management for Pods and Containers"."""

from __future__ import annotations

from random import Random
from typing import Any

from labs.grading.clusters.language.objects import Pod
from labs.grading.clusters.running.placing import Placing, place, place_one
from labs.grading.clusters.running.world import Node, World
from tests.labs.grading.clusters.manifests import LABELS, WORLD, deployment, manifest_of, requests
from tests.labs.grading.clusters.manifests import spread as rule

ZONE = "topology.kubernetes.io/zone"


def placing_of(count: int, world: World = WORLD, **changes: Any) -> Placing:
    pod = manifest_of(deployment(**changes)).deployments[0].pod
    return place(world, [("shop", pod, count)])


def counts(placing: Placing) -> list[int]:
    return list(placing.of("shop").values())


def test_without_a_rule_all_may_come_to_one_node() -> None:
    assert counts(placing_of(4)) == [4, 0, 0, 0]


def test_requests_decide_how_many_a_node_holds() -> None:
    found = placing_of(9, container=requests("500m"))
    assert counts(found) == [2, 2, 2, 2]
    assert found.pending == {"shop": 1}
    assert set(found.lacks["shop"].values()) == {"cpu"}
    assert set(placing_of(9, container=requests("1", "1Gi")).lacks["shop"].values()) == {"memory"}


def test_spread_over_hosts_and_zones() -> None:
    assert counts(placing_of(4, pod={"topologySpreadConstraints": [rule()]})) == [1, 1, 1, 1]
    found = placing_of(4, pod={"topologySpreadConstraints": [rule(ZONE)]})
    assert found.by_zone("shop") == {"a": 2, "b": 2}


def test_the_example_of_one_constraint() -> None:
    # "Example: one topology spread constraint": zoneA has 2 of 3 matching pods, zoneB 1; with a
    # skew of 1 the incoming pod can only be placed in zoneB
    world = World(
        (Node("node1", "zoneA", 9, 9), Node("node2", "zoneA", 9, 9), Node("node3", "zoneB", 9, 9),
         Node("node4", "zoneB", 9, 9)), (),
    )  # fmt: skip
    pod = manifest_of(deployment(pod={"topologySpreadConstraints": [rule(ZONE)]})).deployments[0]
    plain = manifest_of(deployment()).deployments[0]
    first = Placing(world.nodes, {node.name: [] for node in world.nodes})
    for name in ("node1", "node2", "node3"):
        first.rows[name].append(("old", plain.pod))
    from_rows = {name: list(rows) for name, rows in first.rows.items()}
    placed = place_into(first, pod.pod)
    assert placed in ("node3", "node4")
    assert from_rows["node3"] == [("old", plain.pod)]


def place_into(placing: Placing, pod: Pod) -> str:
    before = {name: len(rows) for name, rows in placing.rows.items()}
    assert place_one(placing, "shop", pod)
    return next(name for name, rows in placing.rows.items() if len(rows) > before[name])


def test_a_wish_is_not_counted_on() -> None:
    wish = rule(whenUnsatisfiable="ScheduleAnyway")
    assert counts(placing_of(4, pod={"topologySpreadConstraints": [wish]})) == [4, 0, 0, 0]


def test_a_rule_that_counts_other_pods_forbids_nothing() -> None:
    other = rule(labelSelector={"matchLabels": {"app": "other"}})
    assert counts(placing_of(4, pod={"topologySpreadConstraints": [other]})) == [4, 0, 0, 0]


def test_nodes_without_the_key_get_no_pod() -> None:
    found = placing_of(1, pod={"topologySpreadConstraints": [rule("zone")]})
    assert found.pending == {"shop": 1}


def test_fewer_domains_than_asked_count_as_an_empty_one() -> None:
    # minDomains: "the global minimum is treated as 0"
    found = placing_of(4, pod={"topologySpreadConstraints": [rule(ZONE, minDomains=3)]})
    assert found.by_zone("shop") == {"a": 1, "b": 1}
    assert found.pending == {"shop": 2}


def test_one_pod_for_each_domain() -> None:
    term = {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": LABELS}}
    required = {"requiredDuringSchedulingIgnoredDuringExecution": [term]}
    found = placing_of(5, pod={"affinity": {"podAntiAffinity": required}})
    assert counts(found) == [1, 1, 1, 1]
    assert set(found.lacks["shop"].values()) == {"apart"}


def test_labels_of_nodes_and_ports_of_hosts() -> None:
    assert counts(placing_of(2, pod={"nodeSelector": {ZONE: "b"}})) == [0, 0, 2, 0]
    port = {"ports": [{"containerPort": 80, "hostPort": 80}]}
    assert counts(placing_of(5, container=port)) == [1, 1, 1, 1]


def test_no_node_has_more_than_it_holds_and_no_rule_is_broken() -> None:
    random = Random(3)
    for _ in range(200):
        nodes = tuple(
            Node(f"n{number}", random.choice("abc"), random.randrange(100, 900), 4000, 6)
            for number in range(random.randrange(1, 6))
        )
        cpu, skew = random.randrange(50, 300), random.randrange(1, 3)
        found = placing_of(
            random.randrange(12),
            World(nodes, ()),
            container=requests(f"{cpu}m"),
            pod={"topologySpreadConstraints": [rule(ZONE, skew)]},
        )
        zones = found.by_zone("shop").values()
        assert max(zones) - min(zones) <= skew
        for node in nodes:
            assert found.on(node, "shop") <= min(6, node.cpu // cpu)
