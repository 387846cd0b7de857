"""Changes of what leads to the instances, and to their data: a standby, a zone enabled, a mount
target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from labs.grading.placement.exercise.place_change import PlaceChange
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import Balancer, Pair, Tier, World
from labs.grading.said import say


def pair_changes(pair: Pair, now: Placement, world: World, why: str) -> Iterator[PlaceChange]:
    """Zones in which something stands already first: they cost no more."""
    primary, standby = now.pairs.get(pair.name, ("", ""))
    zones = sorted(world.zones, key=lambda zone: zone not in zones_of(list(now.tiers), now))
    first = primary or zones[0]
    for zone in zones:
        if zone not in (first, standby):
            after = replace(now, pairs={**now.pairs, pair.name: (first, zone)})
            words = say(
                "Put the standby of {thing} into another zone than its primary. {why}",
                thing=pair.name,
                why=why,
            )
            yield PlaceChange(words, pair.name, after)
    if primary and standby:
        for zone in zones:
            if zone not in (primary, standby):
                after = replace(now, pairs={**now.pairs, pair.name: (zone, standby)})
                words = say("Put the primary of {thing} elsewhere. {why}", thing=pair.name, why=why)
                yield PlaceChange(words, pair.name, after)


def node_changes(
    balancer: Balancer, now: Placement, world: World, why: str
) -> Iterator[PlaceChange]:
    nodes = now.nodes.get(balancer.name, {})
    free = [address for address in balancer.addresses if address not in nodes.values()]
    for zone in world.zones:
        if words := node_words(balancer, nodes, zone, free, why):
            address = free[0] if free else ""
            after = with_nodes(balancer, now, {**nodes, zone: address})
            yield PlaceChange(words, balancer.name, after)
    wanted = wanted_zones(balancer, now, world)
    if len(wanted - set(nodes)) > 1 and not balancer.addresses:
        words = say(
            "Enable each zone for {thing} in which its targets stand. {why}",
            thing=balancer.name,
            why=why,
        )
        every = dict.fromkeys(sorted(wanted), "")
        yield PlaceChange(words, balancer.name, with_nodes(balancer, now, every))


def fewer_nodes(balancer: Balancer, now: Placement, why: str) -> Iterator[PlaceChange]:
    """A zone less may help as well."""
    nodes = now.nodes.get(balancer.name, {})
    for zone in nodes:
        left = {other: address for other, address in nodes.items() if other != zone}
        words = say("Take {zone} away from {thing}. {why}", zone=zone, thing=balancer.name, why=why)
        yield PlaceChange(words, balancer.name, with_nodes(balancer, now, left))


def node_words(
    balancer: Balancer, nodes: Mapping[str, str], zone: str, free: Sequence[str], why: str
) -> str:
    """What is done to a zone; "" where nothing can be."""
    if zone not in nodes and (free or not balancer.addresses):
        return say("Enable {zone} for {thing}. {why}", zone=zone, thing=balancer.name, why=why)
    if zone in nodes and free and nodes[zone] not in balancer.addresses:
        return say(
            "Give the node of {thing} in {zone} an address that its clients know. {why}",
            zone=zone,
            thing=balancer.name,
            why=why,
        )
    return ""


def wanted_zones(balancer: Balancer, now: Placement, world: World) -> set[str]:
    """Where its targets stand; every zone, where none are placed yet."""
    tiers = [tier.name for tier in world.tiers if tier.behind == balancer.name]
    return zones_of(tiers, now) or set(world.zones)


def zones_of(tiers: Sequence[str], now: Placement) -> set[str]:
    return {zone for name in tiers for zone, number in now.counts(name).items() if number}


def with_nodes(balancer: Balancer, now: Placement, nodes: Mapping[str, str]) -> Placement:
    return replace(now, nodes={**now.nodes, balancer.name: nodes})


def mount_changes(tier: Tier, now: Placement, world: World, why: str) -> Iterator[PlaceChange]:
    zones = now.mounts.get(tier.files, ())
    for zone in world.zones:
        if zone not in zones:
            words = say(
                "Make a mount target of {thing} in {zone}. {why}",
                thing=tier.files,
                zone=zone,
                why=why,
            )
            yield PlaceChange(words, tier.files, with_mounts(tier, now, (*zones, zone)))
    wanted = [zone for zone in world.zones if zone in zones_of([tier.name], now)]
    if len(set(wanted) - set(zones)) > 1:
        words = say(
            "Make a mount target of {thing} in each zone in which {tier} stand. {why}",
            thing=tier.files,
            tier=tier.name,
            why=why,
        )
        yield PlaceChange(words, tier.files, with_mounts(tier, now, tuple(wanted)))


def with_mounts(tier: Tier, now: Placement, zones: tuple[str, ...]) -> Placement:
    return replace(now, mounts={**now.mounts, tier.files: zones})


def with_ways(tier: Tier, now: Placement, world: World) -> Placement:
    """With a mount target, and a node of the load balancer, in each zone in which the tier
    stands."""
    zones = tuple(zone for zone in world.zones if zone in zones_of([tier.name], now))
    after = with_mounts(tier, now, zones) if tier.files else now
    for balancer in world.balancers:
        if balancer.name == tier.behind:
            addresses = balancer.addresses or ("",) * len(zones)
            after = with_nodes(balancer, after, dict(zip(zones, addresses, strict=False)))
    return after
