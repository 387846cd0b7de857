from __future__ import annotations

from random import Random

import pytest

from labs.grading.errors import AnswerError
from labs.grading.placement.answers.placing import Placed, placed
from labs.grading.placement.answers.reader import read_placement
from labs.grading.placement.answers.written import text_of, written
from labs.grading.placement.zones.placement import Disk, Placement
from labs.grading.placement.zones.world import (
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
from tests.labs.grading.placement.worlds import ZONES, random_placement, random_world

A, B, C = ZONES
WORLD = World(
    zones=ZONES,
    tiers=(Tier(name="web"), Tier(name="gate")),
    pairs=(Pair(name="database"),),
    file_systems=(FileSystem(name="files"),),
    balancers=(Balancer(name="entry", kind="nlb", addresses=("203.0.113.1", "203.0.113.2")),),
    addresses=(Address(name="front", holders=("gate", "web")),),
)
DISKS = World(
    zones=ZONES,
    volumes=(Volume(name="orders", zone=A),),
    snapshots=(Snapshot(name="orders-night", of="orders"),),
    readers=(Reader(instance="shop", data="orders"),),
)
EXPECTED = Placement(
    tiers={"web": {A: 2, B: 1}},
    pairs={"database": (A, B)},
    mounts={"files": (A, B)},
    nodes={"entry": {A: "203.0.113.1", B: ""}},
)


def place(text: str, world: World = WORLD) -> Placed:
    return placed(read_placement(text), world)


def codes(text: str, world: World = WORLD) -> list[str]:
    return [mistake.code for mistake in place(text, world).mistakes]


@pytest.mark.parametrize(
    "text",
    [
        f"web:\n  {A}: 2\n  {B}: 1\ndatabase:\n  primary: {A}\n  standby: {B}\nfiles: [{A}, {B}]\n"
        f"entry:\n  {A}: 203.0.113.1\n  {B}: yes\n",
        f"{A}:\n  web: 2\n  database: primary\n  files: yes\n  entry: 203.0.113.1\n"
        f"{B}:\n  web: 1\n  database: standby\n  files: yes\n  entry: enabled\n",
        f'{{"web": {{"{A}": 2, "{B}": 1}}, "database": ["{A}", "{B}"], "files": ["{A}", "{B}"],'
        f' "entry": {{"203.0.113.1": "{A}", "{B}": true}}}}',
        f"web: [{A}, {A}, {B}]\ndatabase: {A}, {B}\nfiles: {A} {B}\n"
        f"entry: {{{A}: 203.0.113.1, {B}: on}}",
        "WEB: {2a: 2, 2b: 1, 2c: 0}\nDatabase: {a: primary, b: standby}\n"
        "files:\n- a\n- b\nentry:\n  a: 203.0.113.1\n  b: yes\n  c: no\n",
        "web:\n  zones:\n    - 2a\n    - 2a\n    - 2b\ndatabase: {standby: b, primary: a}\n"
        "files: {a: yes, b: yes}\nentry: {203.0.113.1: a, b: yes}",
    ],
)  # fmt: skip
def test_the_same_placement_can_be_written_in_many_ways(text: str) -> None:
    found = place(text)
    assert found.mistakes == ()
    counts = {zone: number for zone, number in found.placement.counts("web").items() if number}
    assert counts == EXPECTED.counts("web")
    assert found.placement.pairs == EXPECTED.pairs
    assert found.placement.mounts == EXPECTED.mounts
    assert found.placement.nodes == EXPECTED.nodes


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("wep: {2a: 1}", "unknown-name", "Do you mean “web”?"),
        ("kitchen: {2a: 1}", "unknown-name", "“kitchen” is not asked for."),
        ("web: {eu-west-1a: 1}", "unknown-zone", "“eu-west-1a” is none of the zones eu-west-2a"),
        ("web: 6", "no-number", "Say in which zones: “eu-west-2a: 6”."),
        ("web: {2a: many}", "no-number", "“many” is not a number of instances from 0 to 50."),
        ("web: {2a: 999999}", "no-number", "from 0 to 50"),
        ("2a: {database: main}", "no-role", "neither primary nor standby"),
        ("database: {primary: 2a, secondary: 2b}", "no-role", "“secondary” is neither primary"),
        ("database: [2a, 2b, 2c]", "no-role", "one primary and one standby"),
        ("2a: {database: primary}\n2b: {database: primary}", "no-role", "one primary only"),
        ("entry: {2a: 198.51.100.9}", "unknown-address", "“198.51.100.9” is no address"),
        ("entry: {2a: 203.0.113.1, 2b: 203.0.113.1}", "address-twice", "at another node already"),
        ("front: [nobody]", "unknown-name", "“nobody” is no instance"),
        ("entry: [203.0.113.1]", "unknown-zone", "Say in which zone 203.0.113.1 stands"),
    ],
)
def test_what_cannot_be_placed_is_named_with_its_place(text: str, code: str, words: str) -> None:
    [mistake] = place(text).mistakes
    assert mistake.code == code
    assert words in mistake.message
    assert mistake.at[0] == text.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("orders: {attached: shop, zone: eu-west-2b}", "volume-moved"),
        ("orders: {from: orders-night}", "volume-moved"),
        ('orders: {attached: "shop, report"}', "attached-twice"),
        ("orders: kitchen", "unknown-name"),
        ("copy: {from: morning, zone: 2b}", "unknown-name"),
        ("now: {of: kitchen}", "unknown-name"),
        ("copy: {from: orders, zone: 2b}", "from-a-volume"),
        ("orders-night: {zone: 2b, attached: shop}", "snapshot-attached"),
        ("now: {of: orders, zone: 2b}", "snapshot-attached"),
        ("shop: {size: 2}", "unknown-name"),
        ("orders: {size: 2}", "unknown-name"),
    ],
)
def test_what_a_volume_cannot_do_is_said(text: str, code: str) -> None:
    assert codes(text, DISKS) == [code]


def test_volumes_and_snapshots_are_placed_in_any_order() -> None:
    found = place("copy: {from: now, zone: 2b, attached: shop}\nnow: {of: orders}\nshop: 2b", DISKS)
    assert found.mistakes == ()
    assert found.placement.disks == {"orders": Disk(A), "copy": Disk(B, "now", "shop")}
    assert found.placement.snapshots == {"now": "orders"}
    assert found.placement.instances == {"shop": B}


def test_names_of_volumes_and_snapshots_are_found_in_whichever_case() -> None:
    found = place("Morning: {of: Orders}\ncopy: {from: morning, zone: 2b, attached: Shop}", DISKS)
    assert found.mistakes == ()
    assert found.placement.snapshots == {"Morning": "orders"}
    assert found.placement.disks["copy"].source == "Morning"


def test_an_instance_can_be_written_below_its_zone() -> None:
    assert place("2b: {shop: yes}", DISKS).placement.instances == {"shop": B}
    assert place("2b: shop", DISKS).placement.instances == {"shop": B}


@pytest.mark.parametrize("text", ["web", "- a", "web: {2a: 1", '{"web": 1', "web: {a:1}"])
def test_what_is_no_yaml_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_placement(text)
    assert caught.value.line == 1


def test_what_is_written_of_a_placement_is_read_as_the_same_placement() -> None:
    dice = Random(5)
    for _number in range(200):
        world = random_world(dice)
        before = place(text_of(random_placement(dice, world)), world).placement
        assert place(text_of(before), world).placement == before
        assert placed(written(before), world).placement == before
