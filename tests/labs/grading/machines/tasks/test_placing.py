"""ECS Developer Guide, "How Amazon ECS places tasks on container instances" and "Example task
placement strategies"."""

from __future__ import annotations

from labs.grading.machines.tasks.placing import ZONE, Host, Need, place, without

SPREAD_ZONES = {"type": "spread", "field": ZONE}
SPREAD_HOSTS = {"type": "spread", "field": "instanceId"}
PACK = {"type": "binpack", "field": "memory"}
HOSTS = [Host("a-1", "a", 2048, 1000), Host("a-2", "a", 2048, 2000), Host("b-1", "b", 2048, 2000)]
SMALL = Need(256, 250)


def counts(need: Need, wanted: int, *rules: dict[str, str]) -> list[int]:
    return list(place(need, HOSTS, wanted, rules).counts.values())


def test_spread_over_zones_makes_zones_even() -> None:
    assert place(SMALL, HOSTS, 6, [SPREAD_ZONES]).by_zone() == {"a": 3, "b": 3}


def test_the_second_strategy_decides_among_equals() -> None:
    assert counts(SMALL, 8, SPREAD_ZONES, SPREAD_HOSTS) == [2, 2, 4]
    assert counts(SMALL, 6, SPREAD_ZONES, PACK) == [3, 0, 3]


def test_spread_over_hosts_makes_hosts_even() -> None:
    assert counts(SMALL, 6, SPREAD_HOSTS) == [2, 2, 2]


def test_binpack_takes_the_host_with_the_least_left() -> None:
    assert counts(SMALL, 5, PACK) == [4, 1, 0]


def test_random_is_the_order_of_the_hosts_here() -> None:
    assert counts(SMALL, 3, {"type": "random"}) == [3, 0, 0]


def test_a_fixed_port_allows_one_task_on_each_host() -> None:
    found = place(Need(1, 1, (80,)), HOSTS, 5, [])
    assert found.placed == 3
    assert set(found.lacks.values()) == {"port"}


def test_each_network_interface_is_used_once() -> None:
    host = Host("a", "a", 9999, 9999, interfaces=2)
    found = place(Need(1, 1, interface=True), [host], 3, [])
    assert (found.placed, found.lacks) == (2, {"a": "interface"})


def test_what_is_lacking_is_named_for_each_host() -> None:
    found = place(Need(1500, 1500), HOSTS, 9, [])
    assert found.placed == 2
    assert found.lacks == {"a-1": "memory", "a-2": "cpu", "b-1": "cpu"}


def test_after_a_loss_the_others_take_over_what_they_have_room_for() -> None:
    before = place(SMALL, HOSTS, 12, [SPREAD_ZONES])
    after = without(before, "b-1", SMALL, 12, [SPREAD_ZONES])
    assert (before.placed, after.placed) == (12, 12)
    assert without(before, "a", SMALL, 12, [SPREAD_ZONES]).placed == 8
