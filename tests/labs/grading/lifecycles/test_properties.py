"""The engines beside evaluators that know nothing of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from random import Random
from typing import Any

from labs.grading.json_text import read_json
from labs.grading.lifecycles.buckets.life import Step, Thing
from labs.grading.lifecycles.buckets.midnights import live
from labs.grading.lifecycles.buckets.reader import read_configuration
from labs.grading.lifecycles.registry.evaluation import Image, evaluate
from labs.grading.lifecycles.registry.reader import read_policy
from tests.labs.grading.lifecycles.random_rules import KEYS, a_configuration, a_policy, some_tags

ORDER = ["STANDARD", "STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER",
         "DEEP_ARCHIVE"]  # fmt: skip


def fits(selection: Mapping[str, Any], tags: frozenset[str]) -> bool:
    if selection["tagStatus"] == "any":
        return True
    if selection["tagStatus"] == "untagged":
        return not tags
    wanted = selection.get("tagPrefixList") or [
        one.rstrip("*") for one in selection["tagPatternList"]
    ]
    return all(any(tag[: len(one)] == one for tag in tags) for one in wanted)


def goes(policy: Mapping[str, Any], images: list[Image], place: int, day: int) -> bool:
    """The first rule that fits an image decides: it goes if it is too old, or if enough newer ones
    fit the same rule."""
    for rule in sorted(policy["rules"], key=lambda one: one["rulePriority"]):
        selection = rule["selection"]
        if not fits(selection, images[place].tags):
            continue
        if selection["countType"] == "sinceImagePushed":
            return day - images[place].pushed > selection["countNumber"]
        newer = [one for one in images[place + 1 :] if fits(selection, one.tags)]
        return len(newer) >= selection["countNumber"]
    return False


def registry_sample(dice: Random) -> None:
    written = a_policy(dice)
    read = read_policy(read_json(json.dumps(written)))
    assert read.refusals == ()
    days = sorted(dice.randint(0, 6) for _ in range(dice.randint(1, 9)))
    images = [Image(str(number), some_tags(dice), day) for number, day in enumerate(days)]
    expected = {place for place in range(len(images)) if goes(written, images, place, 6)}
    assert set(evaluate(read.policy, images, 6)) == expected, written


def takes(rule: Mapping[str, Any], thing: Thing) -> bool:
    one = rule["Filter"].get("And", rule["Filter"])
    tag = one.get("Tag")
    return (
        rule["Status"] == "Enabled"
        and thing.key.startswith(one.get("Prefix", ""))
        and (tag is None or thing.tags.get(tag["Key"]) == tag["Value"])
        and thing.size > one.get("ObjectSizeGreaterThan", -1)
        and thing.size < one.get("ObjectSizeLessThan", 10**18)
    )


def sized(rule: Mapping[str, Any]) -> bool:
    one = rule["Filter"].get("And", rule["Filter"])
    return "ObjectSizeGreaterThan" in one or "ObjectSizeLessThan" in one


def day_by_day(written: Mapping[str, Any], thing: Thing, last: int) -> list[str]:
    """Where an object is on each day; it was created on day 0, without versions."""
    storage, found = "STANDARD", []
    rules = [one for one in written["Rules"] if takes(one, thing)]
    for day in range(last):
        if any(one["Expiration"]["Days"] + 1 <= day for one in rules if "Expiration" in one):
            storage = "gone"
        elif storage != "gone":
            moving = [one for one in rules if thing.size >= 131_072 or sized(one)]
            moves = [move for one in moving for move in one.get("Transitions", ())]
            due = {move["StorageClass"] for move in moves if move["Days"] + 1 <= day}
            storage = best(storage, due)
        found.append(storage)
    return found


def best(storage: str, due: set[str]) -> str:
    """Down the waterfall, as far as possible; INTELLIGENT_TIERING is left for archives alone."""
    reachable = {
        one
        for one in due
        if ORDER.index(one) > ORDER.index(storage)
        and not (storage == "ONEZONE_IA" and one == "GLACIER_IR")
    }
    archives = reachable & {"GLACIER", "DEEP_ARCHIVE"}
    if archives:
        return max(archives, key=ORDER.index)
    if storage == "INTELLIGENT_TIERING" and storage in due:
        return storage
    if "INTELLIGENT_TIERING" in reachable:
        return "INTELLIGENT_TIERING"
    return max(reachable, key=ORDER.index, default=storage)


def bucket_sample(dice: Random) -> None:
    written = a_configuration(dice)
    read = read_configuration(read_json(json.dumps(written)))
    if read.refusals:
        return
    tags = {"k": "v"} if dice.random() < 0.5 else {}
    size = dice.choice((50, 150, 131_072, 131_073, 10**6))
    thing = Thing(dice.choice(KEYS), (Step(1000),), size, tags)
    (version,) = live(thing, read.configuration, start=1000, last=1130, versioned=False)
    states = {one.day - 1000: "gone" if one.what == "gone" else one.storage
              for one in version.events}  # fmt: skip
    mine, now = [], "STANDARD"
    for day in range(130):
        now = states.get(day, now)
        mine.append(now)
    assert mine == day_by_day(written, thing, 130), (written, thing)


def test_the_registry_decides_as_the_first_fitting_rule_does() -> None:
    dice = Random(11)
    for _ in range(300):
        registry_sample(dice)


def test_the_bucket_decides_as_one_that_looks_every_day() -> None:
    dice = Random(12)
    for _ in range(300):
        bucket_sample(dice)
