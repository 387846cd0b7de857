"""Worlds and placements for tests, at random and by hand; and an evaluator that shares nothing with
the engine: it makes a list of single machines, strikes those that are lost, and asks each of the
rest."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random

from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import Balancer, FileSystem, Pair, Tier, World

ZONES = ("eu-west-2a", "eu-west-2b", "eu-west-2c")
FAILS = (("zone",), ("zone", "instance"), ("instance",), ("zone", "two-zones"))
ADDRESSES = ("203.0.113.1", "203.0.113.2")


def random_world(dice: Random) -> World:
    kind = dice.choice(["alb", "nlb"])
    behind, files = (dice.random() < 0.7 for _ in range(2))
    return World(
        zones=ZONES[: dice.choice([2, 3, 3, 3])],
        tiers=(
            Tier(
                name="web",
                needs=dice.randint(1, 3),
                behind="entry" if behind else "",
                files="files" if files else "",
                price=dice.randint(0, 9),
            ),
            Tier(name="voter", quorum=True, price=1),
        ),
        pairs=(Pair(name="database", price=3),),
        file_systems=(FileSystem(name="files", price=1),),
        balancers=(
            Balancer(
                name="entry",
                kind=kind,
                cross_zone=dice.random() < 0.5,
                addresses=ADDRESSES if kind == "nlb" and dice.random() < 0.5 else (),
                price=2,
            ),
        ),
        fails=dice.choice(FAILS),
        most=dice.choice([None, None, 9]),
        budget=dice.choice([None, None, 60]),
        zone_price=dice.choice([0, 4]),
    )


def random_placement(dice: Random, world: World) -> Placement:
    zones = world.zones
    even = dice.random() < 0.5
    web, voter = dice.randint(0, 3), dice.randint(0, 2)
    some = [zone for zone in zones if dice.random() < 0.8]
    addresses = [*dice.sample(ADDRESSES, 2), ""]
    balancer = world.balancers[0]
    return Placement(
        tiers={
            "web": {zone: web if even else dice.randint(0, 3) for zone in zones},
            "voter": {zone: voter if even else dice.randint(0, 2) for zone in zones},
        },
        pairs={"database": (dice.choice(zones), dice.choice([*zones, ""]))},
        mounts={"files": tuple(zone for zone in zones if dice.random() < 0.8)},
        nodes={
            "entry": {
                zone: addresses[place] if balancer.addresses else ""
                for place, zone in enumerate(some)
            }
        },
    )


# --- The evaluator --------------------------------------------------------------------------------

Machine = tuple[str, str, int]  # of which tier, in which zone, a number of its own


def machines_in(placement: Placement) -> list[Machine]:
    return [
        (tier, zone, number)
        for tier, counts in placement.tiers.items()
        for zone, many in counts.items()
        for number in range(many)
    ]


def losses(world: World, machines: list[Machine]) -> list[tuple[set[str], set[Machine]]]:
    """Zones and single machines that are lost together."""
    found: list[tuple[set[str], set[Machine]]] = [(set(), set())]
    if "zone" in world.fails:
        found += [({zone}, set()) for zone in world.zones]
    if "two-zones" in world.fails:
        found += [(set(pair), set()) for pair in combinations(world.zones, 2)]
    if "instance" in world.fails:
        found += [(set(), {machine}) for machine in machines]
    return found


def survives(world: World, placement: Placement) -> bool:
    machines = machines_in(placement)
    fine = all(
        goes_on(world, placement, machines, zones, single)
        for zones, single in losses(world, machines)
    )
    cheap = world.budget is None or price(world, placement, machines) <= world.budget
    return fine and cheap and (world.most is None or len(machines) <= world.most)


def goes_on(
    world: World, placement: Placement, machines: list[Machine], zones: set[str],
    single: set[Machine],
) -> bool:  # fmt: skip
    left = [one for one in machines if one[1] not in zones and one not in single]
    voters = [one for one in machines if one[0] == "voter"]
    living = [one for one in left if one[0] == "voter"]
    if not voters or Fraction(len(living), len(voters)) <= Fraction(1, 2):
        return False
    if single:
        return works(world, placement, left, zones)
    primary, standby = placement.pairs["database"]
    database = [zone for zone in (primary, standby) if zone and zone not in zones]
    return (
        bool(database)
        and works(world, placement, left, zones)
        and entered(world, placement, left, zones)
    )


def able(world: World, placement: Placement, left: list[Machine], zones: set[str]) -> list[str]:
    """The zones of web machines that have their files."""
    found = [zone for tier, zone, _number in left if tier == "web"]
    if world.tiers[0].files:
        found = [zone for zone in found if zone in set(placement.mounts["files"]) - zones]
    return found


def open_nodes(world: World, placement: Placement, zones: set[str]) -> list[str]:
    known = world.balancers[0].addresses
    nodes = placement.nodes["entry"]
    return [zone for zone in nodes if zone not in zones and (not known or nodes[zone] in known)]


def works(world: World, placement: Placement, left: list[Machine], zones: set[str]) -> bool:
    """Is each machine asked for no more than its own work?"""
    tier, balancer = world.tiers[0], world.balancers[0]
    fit = able(world, placement, left, zones)
    if not tier.behind:
        return len(fit) >= tier.needs
    nodes = open_nodes(world, placement, zones)
    if balancer.cross_zone:
        return sum(zone in nodes for zone in fit) >= tier.needs
    busy = [zone for zone in nodes if zone in fit]
    return bool(busy) and all(Fraction(tier.needs, len(busy)) <= fit.count(zone) for zone in busy)


def entered(world: World, placement: Placement, left: list[Machine], zones: set[str]) -> bool:
    balancer = world.balancers[0]
    nodes = open_nodes(world, placement, zones)
    if not zones and len(nodes) < len(placement.nodes["entry"]):
        return False
    if world.tiers[0].behind:
        fit = able(world, placement, left, zones)
        near = [zone for zone in nodes if zone in fit]
        nodes = (nodes if set(fit) & set(nodes) else []) if balancer.cross_zone else near
    return len(nodes) >= (1 if zones or balancer.kind == "nlb" else 2)


def price(world: World, placement: Placement, machines: list[Machine]) -> int:
    web, voter = world.tiers
    total = sum(web.price if tier == "web" else voter.price for tier, _zone, _number in machines)
    pair = [zone for zone in placement.pairs["database"] if zone]
    total += 3 * len(pair) + len(placement.mounts["files"]) + 2 * len(placement.nodes["entry"])
    used = {zone for _tier, zone, _number in machines}
    used |= {*pair, *placement.mounts["files"], *placement.nodes["entry"]}
    return total + world.zone_price * len(used)
