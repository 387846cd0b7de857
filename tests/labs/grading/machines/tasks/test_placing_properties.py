"""The placement against another evaluator, which counts what fits on a host by division, tries all
ways to spread tasks over hosts, and replays each step from the list of tasks that were placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from random import Random

from labs.grading.machines.tasks.placing import ZONE, Host, Need, place

FIELDS = [
    {"type": "spread", "field": ZONE},
    {"type": "spread", "field": "instanceId"},
    {"type": "binpack", "field": "memory"},
    {"type": "binpack", "field": "cpu"},
]
SAMPLES = 2_500
Scene = tuple[list[Host], Need, int, list[dict[str, str]]]


def scenes(number: int, seed: int) -> Iterator[Scene]:
    random = Random(seed)
    for _ in range(number):
        hosts = [
            Host(
                name=f"h{index}",
                zone=random.choice("abc"),
                cpu=random.randint(0, 8),
                memory=random.randint(0, 9),
                ports=frozenset(random.sample((80, 81, 82), random.randint(0, 2))),
                interfaces=random.choice((None, None, 0, 1, 3)),
            )
            for index in range(random.randint(1, 4))
        ]
        ports = random.choice([(), (), (80,), (80, 81)])
        need = Need(random.randint(0, 3), random.randint(1, 3), ports, random.random() < 0.3)
        rules = random.sample(FIELDS, random.randint(0, 3))
        yield hosts, need, random.randint(0, 12), rules


def room(host: Host, need: Need) -> int:
    """How many tasks fit, by division."""
    limits = [host.memory // need.memory]
    if need.cpu:
        limits.append(host.cpu // need.cpu)
    if need.ports:
        limits.append(0 if set(need.ports) & host.ports else 1)
    if need.interface and host.interfaces is not None:
        limits.append(host.interfaces)
    return min(limits)


def ways(hosts: list[Host], need: Need, total: int) -> Iterator[tuple[int, ...]]:
    """All that have so many tasks."""
    for way in product(*(range(min(room(host, need), total) + 1) for host in hosts)):
        if sum(way) == total:
            yield way


def key(host: Host, tasks: list[Host], need: Need, rule: dict[str, str]) -> int:
    if rule["type"] == "binpack":
        mine = sum(one.name == host.name for one in tasks)
        return getattr(host, rule["field"]) - mine * getattr(need, rule["field"])
    if rule["field"] == ZONE:
        return sum(one.zone == host.zone for one in tasks)
    return sum(one.name == host.name for one in tasks)


def replayed(scene: Scene) -> Counter[str]:
    hosts, need, wanted, rules = scene
    tasks: list[Host] = []
    while len(tasks) < wanted:
        open_hosts = [
            host for host in hosts if sum(one.name == host.name for one in tasks) < room(host, need)
        ]
        if not open_hosts:
            break
        keys = {
            host.name: (*(key(host, tasks, need, rule) for rule in rules), hosts.index(host))
            for host in open_hosts
        }
        tasks.append(min(open_hosts, key=lambda host: keys[host.name]))
    return Counter(host.name for host in tasks)


def check_as_many_as_fit(scene: Scene) -> None:
    hosts, need, wanted, rules = scene
    found = place(need, hosts, wanted, rules)
    assert found.placed == min(wanted, sum(room(host, need) for host in hosts))
    assert all(found.counts[host.name] <= room(host, need) for host in hosts)
    assert bool(found.lacks) is (found.placed < wanted)


def check_each_step(scene: Scene) -> None:
    hosts, need, wanted, rules = scene
    found = place(need, hosts, wanted, rules)
    assert {name: count for name, count in found.counts.items() if count} == replayed(scene)


def check_spread(scene: Scene) -> None:
    """No other way to place as many tasks has more of them in its poorest zones."""
    hosts, need, wanted, _rules = scene
    found = place(need, hosts, wanted, FIELDS[:1])
    zones = sorted({host.zone for host in hosts})

    def evenness(way: tuple[int, ...]) -> list[int]:
        return sorted(
            sum(count for host, count in zip(hosts, way, strict=True) if host.zone == zone)
            for zone in zones
        )

    mine = evenness(tuple(found.counts[host.name] for host in hosts))
    assert mine == max(evenness(way) for way in ways(hosts, need, found.placed))


def test_as_many_tasks_run_as_fit() -> None:
    for scene in scenes(SAMPLES, 1):
        check_as_many_as_fit(scene)


def test_each_task_goes_where_the_strategies_say() -> None:
    for scene in scenes(SAMPLES, 2):
        check_each_step(scene)


def test_no_way_is_more_even_than_spread() -> None:
    for scene in scenes(SAMPLES // 5, 3):
        check_spread(scene)
