"""[spec] of a lab about placements: see `labs.grading.kinds.placement`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labs.grading.errors import SpecError
from labs.grading.placement.zones.failures import FAILS, ZONE
from labs.grading.placement.zones.world import (
    ALB,
    LEAST_ZONES,
    Address,
    Balancer,
    FileSystem,
    Pair,
    Reader,
    Snapshot,
    Tier,
    Volume,
    World,
)
from labs.grading.toml_table import Table

MOST_ZONES, MOST_TIERS, MOST_NEEDED, MOST_POINTS = 6, 6, 20, 1000
FIRST_ZONES = ("eu-west-2a", "eu-west-2b", "eu-west-2c")


def read_placement_exercise(table: Mapping[str, object]) -> World:
    spec = Table(table)
    world = World(
        zones=spec.texts("zones", FIRST_ZONES),
        tiers=tuple(read_tier(one) for one in spec.tables("tiers")),
        pairs=tuple(read_pair(one) for one in spec.tables("databases")),
        file_systems=tuple(read_file_system(one) for one in spec.tables("file_systems")),
        balancers=tuple(read_balancer(one) for one in spec.tables("balancers")),
        volumes=tuple(
            Volume(name=one.text("name"), zone=one.text("zone")) for one in spec.tables("volumes")
        ),
        snapshots=tuple(read_snapshot(one) for one in spec.tables("snapshots")),
        readers=tuple(read_reader(one) for one in spec.tables("instances")),
        addresses=tuple(read_address(one) for one in spec.tables("addresses")),
        fails=spec.texts("fails", (ZONE,)),
        most=limit(spec, "most"),
        budget=limit(spec, "budget"),
        budget_points=points(spec, "budget_points"),
        zone_price=spec.number("zone_price", 0),
        kept_points=spec.number("kept_points", 0, most=MOST_POINTS),
        currency=spec.text("currency", "$"),
    )
    spec.finish()
    judge(spec, world)
    return world


def limit(spec: Table, key: str) -> int | None:
    found = spec.number(key, 0)
    return found if key in spec.values else None


def points(table: Table, key: str = "points") -> int:
    return table.number(key, 1, most=MOST_POINTS)


def read_tier(table: Table) -> Tier:
    return Tier(
        name=table.text("name"),
        needs=table.number("needs", 1, most=MOST_NEEDED),
        quorum=table.flag("quorum"),
        behind=table.text("behind", ""),
        files=table.text("files", ""),
        price=table.number("price", 0),
        points=points(table),
    )


def read_pair(table: Table) -> Pair:
    return Pair(name=table.text("name"), price=table.number("price", 0), points=points(table))


def read_file_system(table: Table) -> FileSystem:
    return FileSystem(name=table.text("name"), price=table.number("price", 0))


def read_balancer(table: Table) -> Balancer:
    kind = table.text("kind", ALB, choices=tuple(LEAST_ZONES))
    return Balancer(
        name=table.text("name"),
        kind=kind,
        cross_zone=table.flag("cross_zone", kind == ALB),  # AWS's defaults
        addresses=table.texts("addresses"),
        price=table.number("price", 0),
        points=points(table),
    )


def read_snapshot(table: Table) -> Snapshot:
    return Snapshot(name=table.text("name"), of=table.text("of"), old=table.flag("old"))


def read_reader(table: Table) -> Reader:
    return Reader(
        instance=table.text("name"),
        data=table.text("data"),
        zone=table.text("zone", ""),
        fresh=table.flag("fresh", True),
        points=points(table),
    )


def read_address(table: Table) -> Address:
    return Address(name=table.text("name"), holders=table.texts("holders"), points=points(table))


def judge(spec: Table, world: World) -> None:
    """What the engine takes for granted."""
    if not 1 < len(set(world.zones)) == len(world.zones) <= MOST_ZONES:
        raise spec.error("zones", f"are 2 to {MOST_ZONES}, each of them once")
    if set(world.fails) - set(FAILS):
        raise spec.error("fails", f"is not some of {', '.join(FAILS)}")
    names = world.names
    if len(set(names)) < len(names) or any(name != name.lower() for name in names):
        raise SpecError("lab.toml: spec: names are in small letters, each of them once")
    if len(world.tiers) > MOST_TIERS:
        raise spec.error("tiers", f"are more than {MOST_TIERS}")
    known_names(spec, world)
    alone_behind(spec, world)
    if not any(worth(world)):
        raise SpecError("lab.toml: spec: nothing is worth a point")


def alone_behind(spec: Table, world: World) -> None:
    """A target group without healthy targets in a zone takes the address there from all others."""
    for balancer in world.balancers:
        behind = [tier for tier in world.tiers if tier.behind == balancer.name]
        if not balancer.cross_zone and len(behind) > 1:
            raise spec.error("balancers", f"{balancer.name} can have one tier without cross-zone")


def worth(world: World) -> list[int]:
    """Points of all that is asked of things."""
    return [
        *(one.points for one in world.tiers if one.is_asked),
        *(one.points for one in world.pairs),
        *(one.points for one in world.balancers),
        *(one.points for one in world.readers),
        *(one.points for one in world.addresses),
    ]


def known_names(spec: Table, world: World) -> None:
    """Everything that one thing says of another is there."""
    balancers = [one.name for one in world.balancers]
    file_systems = [one.name for one in world.file_systems]
    tiers = [one.name for one in world.tiers]
    for tier in world.tiers:
        known_name(spec, "tiers", tier.behind, balancers)
        known_name(spec, "tiers", tier.files, file_systems)
    for address in world.addresses:
        for name in address.holders:
            known_name(spec, "addresses", name, tiers)
    known_disks(spec, world)


def known_disks(spec: Table, world: World) -> None:
    volumes = [one.name for one in world.volumes]
    for reader in world.readers:
        known_name(spec, "instances", reader.data, volumes)
        known_name(spec, "instances", reader.zone, world.zones)
    for volume in world.volumes:
        known_name(spec, "volumes", volume.zone, world.zones)
    for snapshot in world.snapshots:
        known_name(spec, "snapshots", snapshot.of, volumes)


def known_name(spec: Table, key: str, name: str, known: Sequence[str]) -> None:
    if name and name not in known:
        raise spec.error(key, f"“{name}” is nowhere")
