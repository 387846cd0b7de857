"""What a lab asks about an address plan. How the spec is written:
`labs/grading/kinds/subnetting.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.network.rules.permissions import read_cidr
from labs.grading.network.rules.rule import IPV4, Source
from labs.grading.toml_table import Table


@dataclass(frozen=True, slots=True)
class Need:
    """One subnet that the plan must have."""

    name: str
    hosts: int
    zone: str
    access: str
    points: int
    access_points: int
    why: str


@dataclass(frozen=True, slots=True)
class PlanExercise:
    vpc: Source | None
    zones: tuple[str, ...]  # those of the Region; empty: any
    needs: tuple[Need, ...]
    spread: tuple[tuple[str, ...], ...]
    free: int
    vpc_points: int
    overlap_points: int
    spread_points: int
    free_points: int


def read_plan_exercise(table: Mapping[str, object]) -> PlanExercise:
    spec = Table(table)
    read = PlanExercise(
        vpc=read_vpc(spec),
        zones=tuple(spec.texts("zones")),
        needs=tuple(read_need(need) for need in spec.tables("subnets")),
        spread=read_spread(spec),
        free=spec.number("free", 0),
        vpc_points=spec.number("vpc_points", 1, most=1000),
        overlap_points=spec.number("overlap_points", 2, most=1000),
        spread_points=spec.number("spread_points", 1, most=1000),
        free_points=spec.number("free_points", 1, most=1000),
    )
    spec.finish()
    names = {need.name for need in read.needs}
    if not names or any(name not in names for group in read.spread for name in group):
        raise spec.error("subnets", "give the subnets, and spread only those")
    return read


def read_vpc(table: Table) -> Source | None:
    text = table.text("vpc", "")
    try:
        return read_cidr(IPV4, text) if text else None
    except ValueError as error:
        raise table.error("vpc", str(error)) from None


def read_spread(table: Table) -> tuple[tuple[str, ...], ...]:
    groups = table.get("spread", list, "a list of lists of names", [])
    if not all(
        isinstance(group, list) and all(isinstance(name, str) for name in group) for group in groups
    ):
        raise table.error("spread", "is not a list of lists of names")
    return tuple(tuple(group) for group in groups)


def read_need(table: Table) -> Need:
    return Need(
        name=table.text("name"),
        hosts=table.number("hosts", 1, most=65531),
        zone=table.text("zone", ""),
        access=table.text("access", "", choices=("", "public", "private", "egress")),
        points=table.number("points", 1, most=1000),
        access_points=table.number("access_points", 1, most=1000),
        why=table.text("why", ""),
    )
