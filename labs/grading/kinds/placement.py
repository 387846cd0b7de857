"""Placements: what stands in which Availability Zone, graded by what is left when zones are lost.

An answer is YAML or JSON, by things or by zones (`labs.grading.placement.answers.reader`). Every
failure that the lab names is tried, one after the other, and of everything is counted what still
works. Any placement that survives is right.

[spec] in lab.toml; names in small letters, points of every check 1 if not said:
    zones = ["eu-west-2a", …]    the three of London if left out
    fails = ["zone"]             what is lost at a time: "zone", "two-zones", "instance"
    most, budget, budget_points  instances in all tiers together; what everything may cost
    zone_price, currency         for each zone in use; "$"
    [[spec.tiers]]               name, needs (1: so many instances must work at any time; 0: not
                                 asked), quorum = true (a cluster that needs more than half of its
                                 members), behind (a load balancer), files (a file system), price
                                 (of one), points
    [[spec.databases]]           name, price (of primary and standby each), points
    [[spec.file_systems]]        name, price (of a mount target)
    [[spec.balancers]]           name, kind = "alb" | "nlb", cross_zone (as AWS's default for the
                                 kind), addresses = [...] (Elastic IPs, one for each node, that
                                 clients know), price (of a zone), points
    [[spec.addresses]]           name, holders = [...] (tiers that can hold the Elastic IP), points
    [[spec.volumes]]             name, zone: is there already, with data of its own name
    [[spec.snapshots]]           name, of (a volume), old = true (what is new is not in it)
    [[spec.instances]]           name, data (that it needs on a volume), zone (where it must stand),
                                 fresh = false (an old snapshot is enough), points
    kept_points = 1              for data that no lost zone takes away for good

Report.extra: see `labs.grading.placement.exercise.picture`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.cure import Mend
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.placements import broken_placements
from labs.grading.placement.answers.reader import PlacementAnswer, read_placement
from labs.grading.placement.exercise.behaviour import behaviour as behaviour
from labs.grading.placement.exercise.codes import CODES as CODES
from labs.grading.placement.exercise.completions import SLOTS as SLOTS
from labs.grading.placement.exercise.completions import words as words
from labs.grading.placement.exercise.mends import placement_mends
from labs.grading.placement.exercise.placement_exercise import read_placement_exercise
from labs.grading.placement.exercise.placement_verdict import (
    check_placement,
    placement_holds,
    warnings,
)
from labs.grading.placement.zones.world import World
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "placement"
TITLE = say("What stands in which zone")
LANGUAGE = "yaml"  # JSON is read as well
VERSION = "1"
MAX_BYTES = 8_000
IS_BOUNDED: Literal[True] = True
TEXTS: dict[str, tuple[str, ...]] = {}  # answers go by the names of all things


def read_spec(table: Mapping[str, object], files: Files) -> World:
    return read_placement_exercise(table)


def parse(text: str) -> PlacementAnswer:
    return read_placement(text)


def check(answer: PlacementAnswer, spec: World) -> Report:
    return check_placement(answer, spec)


def holds(answer: PlacementAnswer, spec: World) -> list[bool]:
    return placement_holds(answer, spec)


def mends(answer: PlacementAnswer, spec: World) -> list[Mend]:
    return placement_mends(answer, spec)


def advise(answer: PlacementAnswer, spec: World) -> list[Finding]:
    return warnings(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_placements(text)
