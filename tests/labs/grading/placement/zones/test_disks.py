from __future__ import annotations

import pytest

from labs.grading.placement.answers.placing import placed
from labs.grading.placement.answers.reader import read_placement
from labs.grading.placement.zones.disks import (
    NO_INSTANCE,
    NO_VOLUME,
    NOT_PLACED,
    OTHER_ZONE,
    STALE,
    WRONG_ZONE,
    copies_left,
    reader_fails,
)
from labs.grading.placement.zones.failures import Failure
from labs.grading.placement.zones.world import Reader, Snapshot, Volume, World

ZONES = ("eu-west-2a", "eu-west-2b")
SHOP = Reader(instance="shop", data="orders")
REPORT = Reader(instance="report", data="orders", zone="eu-west-2b", fresh=False)
WORLD = World(
    zones=ZONES,
    volumes=(Volume(name="orders", zone="eu-west-2a"), Volume(name="photos", zone="eu-west-2b")),
    snapshots=(Snapshot(name="night", of="orders", old=True),),
    readers=(SHOP, REPORT),
)


@pytest.mark.parametrize(
    ("text", "reader", "reason"),
    [
        ("shop: 2a\norders: shop", SHOP, ""),
        ("orders: shop", SHOP, NO_INSTANCE),
        ("shop: 2a", SHOP, NO_VOLUME),
        ("shop: 2b\nphotos: shop", SHOP, NO_VOLUME),
        ("shop: 2b\norders: shop", SHOP, OTHER_ZONE),
        ("shop: 2b\ncopy: {from: night, zone: 2b, attached: shop}", SHOP, STALE),
        ("shop: 2b\nnow: {of: orders}\ncopy: {from: now, zone: 2b, attached: shop}", SHOP, ""),
        ("shop: 2b\nnow: {of: orders}\ncopy: {from: now, attached: shop}", SHOP, NOT_PLACED),
        ("report: 2b\ncopy: {from: night, zone: 2b, attached: report}", REPORT, ""),
        ("report: 2a\norders: report", REPORT, WRONG_ZONE),
        # a copy of an old copy is old, and one of nothing holds nothing
        ("shop: 2b\nold: {from: night, zone: 2a}\nnow: {of: old}\n"
         "copy: {from: now, zone: 2b, attached: shop}", SHOP, STALE),
        ("shop: 2b\ncopy: {from: now, zone: 2b, attached: shop}\nnow: {of: copy}", SHOP, NO_VOLUME),
    ],
)  # fmt: skip
def test_an_instance_uses_a_volume_of_its_own_zone_with_its_data(
    text: str, reader: Reader, reason: str
) -> None:
    assert reader_fails(reader, placed(read_placement(text), WORLD).placement, WORLD) == reason


@pytest.mark.parametrize(
    ("text", "lost", "copies"),
    [
        ("shop: 2a", "eu-west-2a", 1),  # the snapshot that is there
        ("shop: 2a", "eu-west-2b", 2),
        ("now: {of: orders}", "eu-west-2a", 2),
        ("copy: {from: night, zone: 2b}", "eu-west-2a", 2),
        ("copy: {from: night, zone: 2a}", "eu-west-2a", 1),
    ],
)
def test_a_snapshot_survives_the_zone_of_its_volume(text: str, lost: str, copies: int) -> None:
    placement = placed(read_placement(text), WORLD).placement
    assert copies_left("orders", placement, WORLD, Failure((lost,))) == copies


def test_without_a_snapshot_data_is_lost_with_its_zone() -> None:
    placement = placed(read_placement("shop: 2a"), WORLD).placement
    assert copies_left("photos", placement, WORLD, Failure(("eu-west-2b",))) == 0
