"""What a failure leaves: instances that still work, members of a cluster, a database, a way in.

A load balancer sends requests to targets in enabled zones only (ELB User Guide, Availability Zones
and load balancer nodes). A node of a Network Load Balancer without cross-zone load balancing sends
them to targets of its own zone only, and its address leaves DNS where no target there is healthy
(Network Load Balancers, Health checks); clients spread over the addresses that are left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.placement.zones.failures import NOTHING, Failure, places_of
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import LEAST_ZONES, Address, Balancer, Pair, Tier, World

TOO_FEW, NOWHERE = "too-few", "not-placed"
NO_MOUNT, NOT_ENABLED, UNEVEN = "no-mount-target", "not-enabled", "uneven-zones"
NO_MAJORITY, FEW_ZONES = "no-majority", "majority-in-one-zone"
NO_DATABASE, NO_STANDBY, SAME_ZONE = "no-database", "no-standby", "pair-in-one-zone"
NO_WAY_IN, ONE_ZONE, NO_ADDRESS = "no-way-in", "one-zone-enabled", "no-address"
ADDRESS_DEAD = "address-dead"


@dataclass(frozen=True, slots=True)
class Left:
    """`number` of what is left against `needed`; `reason`: why it is not enough, "" when it is.
    `standing`: instances that are left, whether they can work or not."""

    number: int
    needed: int
    reason: str = ""
    standing: int = 0

    @property
    def enough(self) -> bool:
        return not self.reason


def instances_left(tier: Tier, placement: Placement, world: World, failure: Failure) -> Left:
    """The fewest, where one instance is lost and it might be any."""
    places = places_of(failure, placement.counts(tier.name))
    found = (left_at(tier, placement, world, one) for one in places)
    return min(found, key=lambda left: (left.enough, left.number))


def left_at(tier: Tier, placement: Placement, world: World, failure: Failure) -> Left:
    counts = placement.counts(tier.name)
    members = sum(counts.values())
    standing = failure.left_of(tier.name, counts)
    able = with_files(tier, standing, placement, failure)
    number = reached(tier, able, placement, world, failure)
    majority = members // 2 + 1 if tier.quorum else 0
    needed = max(tier.needs, majority)
    reason = ""
    if not members:
        reason = NOWHERE
    elif number < needed:
        short = sum(standing.values()) < needed
        reason = (
            why_short(tier, counts, needed)
            if short
            else why_idle(tier, able, needed, placement, world, failure)
        )
    return Left(number, needed, reason, sum(standing.values()))


def with_files(
    tier: Tier, standing: Mapping[str, int], placement: Placement, failure: Failure
) -> Mapping[str, int]:
    if not tier.files:
        return standing
    mounted = placement.mounts.get(tier.files, ())
    return {
        zone: number
        for zone, number in standing.items()
        if zone in mounted and failure.spares(zone)
    }


def reached(
    tier: Tier, able: Mapping[str, int], placement: Placement, world: World, failure: Failure
) -> int:
    """Instances' worth of requests that get answered."""
    if not tier.behind:
        return sum(able.values())
    balancer = world.balancer(tier.behind)
    enabled = [able.get(zone, 0) for zone in nodes_left(balancer, placement, failure)]
    if balancer.cross_zone:
        return sum(enabled)
    busy = [number for number in enabled if number]  # the other addresses left DNS
    return len(busy) * min(busy, default=0)


def nodes_left(balancer: Balancer, placement: Placement, failure: Failure) -> list[str]:
    """Zones with a node that clients can reach."""
    nodes = placement.nodes.get(balancer.name, {})
    known = balancer.addresses
    return [
        zone
        for zone, address in nodes.items()
        if failure.spares(zone) and (not known or address in known)
    ]


def why_short(tier: Tier, counts: Mapping[str, int], needed: int) -> str:
    if not tier.quorum:
        return TOO_FEW
    zones = sum(1 for number in counts.values() if number)
    return FEW_ZONES if zones < 3 and sum(counts.values()) >= tier.needs else NO_MAJORITY


def why_idle(
    tier: Tier,
    able: Mapping[str, int],
    needed: int,
    placement: Placement,
    world: World,
    failure: Failure,
) -> str:
    """They stand, and do nothing."""
    if sum(able.values()) < needed:
        return NO_MOUNT
    nodes = nodes_left(world.balancer(tier.behind), placement, failure)
    return NOT_ENABLED if sum(able.get(zone, 0) for zone in nodes) < needed else UNEVEN


# --- Databases, entries, addresses ----------------------------------------------------------------


def database_left(pair: Pair, placement: Placement, failure: Failure) -> Left:
    primary, standby = placement.pairs.get(pair.name, ("", ""))
    number = sum(failure.spares(zone) for zone in (primary, standby) if zone and primary)
    if not primary:
        return Left(0, 1, NOWHERE)
    if number:
        return Left(number, 1)
    return Left(
        0, 1, NO_STANDBY if not standby else SAME_ZONE if primary == standby else NO_DATABASE
    )


def way_in(balancer: Balancer, placement: Placement, world: World, failure: Failure) -> Left:
    """Nodes that answer. On an ordinary day the zones that AWS asks for have to be enabled."""
    nodes = placement.nodes.get(balancer.name, {})
    answering = nodes_answering(balancer, placement, world, failure)
    needed = LEAST_ZONES[balancer.kind] if failure == NOTHING else 1
    if not nodes:
        return Left(0, needed, NOWHERE)
    if failure == NOTHING and len(nodes_left(balancer, placement, failure)) < len(nodes):
        return Left(len(answering), len(nodes), NO_ADDRESS)
    reason = NO_WAY_IN if len(nodes) > 1 else ONE_ZONE
    return Left(len(answering), needed, "" if len(answering) >= needed else reason)


def nodes_answering(
    balancer: Balancer, placement: Placement, world: World, failure: Failure
) -> list[str]:
    """Nodes that have a target; all, where nothing stands behind the load balancer."""
    nodes = nodes_left(balancer, placement, failure)
    tiers = [tier for tier in world.tiers if tier.behind == balancer.name]
    near = [zone for zone in nodes if any(stands_in(zone, it, placement, failure) for it in tiers)]
    if not tiers:
        return nodes
    return near if not balancer.cross_zone else nodes if near else []


def stands_in(zone: str, tier: Tier, placement: Placement, failure: Failure) -> bool:
    """An instance that can work."""
    standing = failure.left_of(tier.name, placement.counts(tier.name))
    return zone in with_files(tier, standing, placement, failure)


def address_left(address: Address, placement: Placement, failure: Failure) -> Left:
    """Does the first of its holders that lives do the work? Each is an instance of its own."""
    order = placement.holders.get(address.name, ())
    if not order:
        return Left(0, 1, NOWHERE)
    alive = [tier for tier in order if failure.tier != tier and alive_in(tier, placement, failure)]
    return Left(1, 1) if alive and alive[0] in address.holders else Left(0, 1, ADDRESS_DEAD)


def alive_in(tier: str, placement: Placement, failure: Failure) -> bool:
    return bool(failure.left_of(tier, placement.counts(tier)))
