"""Rules that AWS documents, each by the page that says so."""

from __future__ import annotations

import pytest

from labs.grading.placement.zones.failures import NOTHING, Failure
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.remains import (
    ADDRESS_DEAD,
    FEW_ZONES,
    NO_ADDRESS,
    NO_DATABASE,
    NO_MAJORITY,
    NO_MOUNT,
    NO_STANDBY,
    NOT_ENABLED,
    NOWHERE,
    ONE_ZONE,
    SAME_ZONE,
    TOO_FEW,
    UNEVEN,
    Left,
    address_left,
    database_left,
    instances_left,
    way_in,
)
from labs.grading.placement.zones.world import Address, Balancer, FileSystem, Pair, Tier, World
from tests.labs.grading.placement.worlds import ZONES

A, B, C = ZONES
ALB = Balancer(name="entry")
NLB = Balancer(name="entry", kind="nlb", cross_zone=False)
PAIR = Pair(name="database")
WEB = Tier(name="web", needs=4)


def left(
    counts: tuple[int, int, int],
    tier: Tier = WEB,
    lost: Failure = NOTHING,
    balancer: Balancer = ALB,
    **where: object,
) -> Left:
    world = World(
        zones=ZONES,
        tiers=(tier,),
        balancers=(balancer,),
        file_systems=(FileSystem(name="files"),),
    )
    placement = Placement(tiers={"web": dict(zip(ZONES, counts, strict=True))}, **where)  # type: ignore[arg-type]
    return instances_left(tier, placement, world, lost)


def test_what_stands_in_a_lost_zone_is_lost() -> None:
    assert left((2, 2, 2), lost=Failure((A,))) == Left(4, 4, "", 4)
    assert left((3, 2, 1), lost=Failure((A,))) == Left(3, 4, TOO_FEW, 3)
    assert left((2, 2, 2), lost=Failure((A, B))).number == 2
    assert left((0, 0, 0)).reason == NOWHERE


def test_of_single_instances_the_one_counts_that_is_missed_most() -> None:
    """Balancer for one zone only: an instance there is missed, one elsewhere is not."""
    tier = Tier(name="web", needs=2, behind="entry")
    nodes = {"entry": {A: ""}}
    assert left((2, 2, 0), tier, Failure(tier="web"), nodes=nodes).number == 1


def test_a_load_balancer_sends_to_targets_in_enabled_zones_only() -> None:
    """ELB User Guide: Availability Zones and load balancer nodes."""
    tier = Tier(name="web", needs=4, behind="entry")
    found = left((2, 2, 2), tier, Failure((A,)), nodes={"entry": {A: "", B: ""}})
    assert found == Left(2, 4, NOT_ENABLED, 4)


def test_without_cross_zone_each_node_sends_to_targets_of_its_own_zone() -> None:
    """ELB User Guide, Cross-zone load balancing: of ten targets, two in one zone and eight in the
    other, each of the two gets 25 % of the traffic with it off: they do the work of four."""
    tier = Tier(name="web", needs=10, behind="entry")
    nodes = {"entry": {A: "", B: ""}}
    assert left((2, 8, 0), tier, balancer=NLB, nodes=nodes) == Left(4, 10, UNEVEN, 10)
    assert left((2, 8, 0), tier, nodes=nodes).enough


def test_an_address_without_healthy_targets_leaves_dns() -> None:
    """Network Load Balancers: Health checks for target groups."""
    tier = Tier(name="web", needs=4, behind="entry")
    nodes = {"entry": {A: "", B: "", C: ""}}
    assert left((2, 2, 0), tier, balancer=NLB, nodes=nodes).enough


def test_the_name_of_a_file_system_leads_to_the_mount_target_of_ones_own_zone() -> None:
    """Amazon EFS User Guide: Mounting on Amazon EC2 with a DNS name."""
    tier = Tier(name="web", needs=4, files="files")
    assert left((2, 2, 2), tier, mounts={"files": (A, B)}).enough
    found = left((2, 2, 2), tier, Failure((A,)), mounts={"files": (A, B)})
    assert found == Left(2, 4, NO_MOUNT, 4)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [((1, 1, 1), ""), ((2, 2, 1), ""), ((2, 1, 1), NO_MAJORITY), ((2, 1, 0), FEW_ZONES),
     ((1, 1, 0), FEW_ZONES), ((3, 1, 1), NO_MAJORITY)],
)  # fmt: skip
def test_a_cluster_works_with_more_than_half_of_its_members(
    counts: tuple[int, int, int], reason: str
) -> None:
    assert left(counts, Tier(name="web", quorum=True), Failure((A,))).reason == reason


@pytest.mark.parametrize(
    ("pair", "lost", "reason"),
    [((A, B), (A,), ""), ((A, B), (B,), ""), ((A, B), (A, B), NO_DATABASE),
     ((A, ""), (A,), NO_STANDBY), ((A, ""), (B,), ""), ((A, A), (A,), SAME_ZONE),
     (("", B), (A,), NOWHERE)],
)  # fmt: skip
def test_a_standby_in_another_zone_takes_over(
    pair: tuple[str, str], lost: tuple[str, ...], reason: str
) -> None:
    """Amazon RDS User Guide: Multi-AZ DB instance deployments."""
    placement = Placement(pairs={"database": pair})
    assert database_left(PAIR, placement, Failure(lost)).reason == reason


def test_an_application_load_balancer_needs_two_zones() -> None:
    """Application Load Balancers: Availability Zone subnets. An NLB can have one."""
    world = World(zones=ZONES)
    one = Placement(nodes={"entry": {A: ""}})
    assert way_in(ALB, one, world, NOTHING) == Left(1, 2, ONE_ZONE)
    assert way_in(NLB, one, world, NOTHING).enough
    assert way_in(NLB, one, world, Failure((A,))) == Left(0, 1, ONE_ZONE)


def test_clients_who_know_addresses_reach_no_others() -> None:
    balancer = Balancer(name="entry", kind="nlb", cross_zone=False, addresses=("203.0.113.1",))
    placement = Placement(nodes={"entry": {A: "203.0.113.1", B: ""}})
    found = way_in(balancer, placement, World(zones=ZONES), NOTHING)
    assert found == Left(1, 2, NO_ADDRESS)


def test_an_elastic_ip_moves_to_the_next_that_lives() -> None:
    address = Address(name="front", holders=("one", "two"))
    tiers = {"one": {A: 1}, "two": {B: 1}, "other": {C: 1}}
    both = Placement(tiers=tiers, holders={"front": ("one", "two")})
    assert address_left(address, both, Failure((A,))).enough
    assert address_left(address, both, Failure(tier="one")).enough
    assert address_left(address, both, Failure((A, B))).reason == ADDRESS_DEAD
    wrong = Placement(tiers=tiers, holders={"front": ("one", "other", "two")})
    assert address_left(address, wrong, Failure((A,))).reason == ADDRESS_DEAD
    assert address_left(address, Placement(), NOTHING).reason == NOWHERE
