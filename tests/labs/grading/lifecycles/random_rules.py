"""Rules as nobody would write them by hand, from a seed."""

from __future__ import annotations

from random import Random
from typing import Any

PREFIXES = ("a", "b", "ab", "c-")
TAGS = ("a", "ab", "b", "b-1", "c-1", "abc", "d")
CLASSES = (
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
)
KEYS = ("logs/a", "logs-old", "tmp/a", "a")


def a_policy(dice: Random) -> dict[str, Any]:
    rules = [a_rule(dice, number) for number in range(1, dice.randint(2, 5))]
    untagged = [one for one in rules if one["selection"]["tagStatus"] == "untagged"]
    for extra in untagged[1:]:
        rules.remove(extra)
    if dice.random() < 0.5:
        rules.append(counted(dice, {"tagStatus": "any"}, 9))
    return {"rules": rules}


def a_rule(dice: Random, number: int) -> dict[str, Any]:
    if dice.random() < 0.2:
        return counted(dice, {"tagStatus": "untagged"}, number)
    prefixes = dice.sample(PREFIXES, dice.randint(1, 2))
    if dice.random() < 0.3:
        patterns = [f"{one}*" for one in prefixes]
        return counted(dice, {"tagStatus": "tagged", "tagPatternList": patterns}, number)
    return counted(dice, {"tagStatus": "tagged", "tagPrefixList": prefixes}, number)


def counted(dice: Random, selection: dict[str, Any], number: int) -> dict[str, Any]:
    count = {"countType": "imageCountMoreThan", "countNumber": dice.randint(1, 4)}
    if dice.random() < 0.5:
        count |= {"countType": "sinceImagePushed", "countUnit": "days"}
    return {"rulePriority": number, "selection": selection | count, "action": {"type": "expire"}}


def some_tags(dice: Random) -> frozenset[str]:
    return frozenset(dice.sample(TAGS, dice.choice((0, 1, 1, 2, 3))))


def a_configuration(dice: Random) -> dict[str, Any]:
    return {"Rules": [an_object_rule(dice) for _ in range(dice.randint(1, 4))]}


def an_object_rule(dice: Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "Status": dice.choice(("Enabled", "Enabled", "Enabled", "Disabled")),
        "Filter": dice.choice(
            (
                {},
                {"Prefix": dice.choice(("logs", "logs/", "tmp/", "a"))},
                {"Tag": {"Key": "k", "Value": "v"}},
                {"ObjectSizeGreaterThan": dice.choice((0, 100, 131_072))},
                {"And": {"Prefix": "logs", "ObjectSizeLessThan": dice.choice((200, 10**6))}},
            )
        ),
    }
    if dice.random() < 0.7:
        days = dice.choice((30, 31, 45))
        found["Transitions"] = [{"Days": days, "StorageClass": dice.choice(CLASSES)}]
        if dice.random() < 0.4:
            found["Transitions"].append(
                {"Days": days + dice.choice((30, 40)), "StorageClass": dice.choice(CLASSES)}
            )
    if dice.random() < 0.6 or "Transitions" not in found:
        found["Expiration"] = {"Days": dice.choice((90, 100, 120))}
    return found
