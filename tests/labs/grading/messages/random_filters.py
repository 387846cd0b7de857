"""Filters and events by chance, from few words, so that they meet."""

from __future__ import annotations

import random

from labs.grading.messages.comparison.fields import LISTED, NUMBER, TEXT, Field, Shape
from labs.grading.messages.filters.dialect import EVENTBRIDGE
from labs.grading.messages.filters.event_filter import EventFilter
from labs.grading.messages.filters.reader import read_filter

FIELDS = (
    Field("source", LISTED, ("shop", "bank", 3, True, None)),
    Field("detail.state", TEXT, ("failed",), optional=True, many=True),
    Field("detail.name", TEXT, ("abba",)),
    Field("detail.amount", NUMBER, (100,), optional=True, whole=True, least=0),
    Field("detail.from", "address", ("10.0.0.7",), optional=True),
)
SHAPE = Shape("anything", FIELDS)
TEXTS = ["failed", "fail", "FAILED", "a", "ab", "abba", "b", "ok"]
ENTRIES = {
    "source": ["shop", "bank", 3, True, None, {"anything-but": "shop"}, {"prefix": "b"}],
    "detail.state": [
        "failed", {"prefix": "fail"}, {"suffix": "ed"}, {"equals-ignore-case": "failed"},
        {"anything-but": ["failed", "ok"]}, {"exists": True}, {"exists": False},
        {"anything-but": {"prefix": "fa"}}, {"wildcard": "f*d"},
        {"prefix": {"equals-ignore-case": "FA"}},
    ],
    "detail.name": [
        "abba", {"wildcard": "a*a"}, {"wildcard": "*b*"}, {"prefix": "ab"}, {"suffix": "a"},
        {"anything-but": {"suffix": "b"}}, {"anything-but": {"wildcard": "*bb*"}}, "a", "",
    ],
    "detail.amount": [
        {"numeric": [">", 5]}, {"numeric": [">=", 5]}, {"numeric": [">", 3, "<=", 5]}, 5, "5",
        {"numeric": ["=", 4]}, {"numeric": ["<", 6]}, {"anything-but": [5, 6]}, {"exists": False},
    ],
    "detail.from": [
        {"cidr": "10.0.0.0/24"}, {"cidr": "10.0.0.0/25"}, "10.0.0.7", {"exists": True},
        {"anything-but": "10.0.0.7"},
    ],
}  # fmt: skip


def a_pattern(dice: random.Random) -> dict:
    names = dice.sample(list(ENTRIES), dice.randint(1, 4))
    pattern: dict = {}
    for name in names:
        put_in(pattern, name, dice.sample(ENTRIES[name], dice.randint(1, 2)))
    if dice.random() < 0.3:
        pattern["$or"] = [a_group(dice), a_group(dice)]
    return pattern


def a_group(dice: random.Random) -> dict:
    group: dict = {}
    for name in dice.sample(list(ENTRIES), dice.randint(1, 2)):
        put_in(group, name, [dice.choice(ENTRIES[name])])
    return group


def put_in(pattern: dict, name: str, entries: list) -> None:
    *above, last = name.split(".")
    for step in above:
        pattern = pattern.setdefault(step, {})
    pattern[last] = entries


def a_neighbour(dice: random.Random, pattern: dict) -> dict:
    """One field otherwise, more often than not so that it means the same or nearly so."""
    made = {
        key: dict(value) if isinstance(value, dict) else value for key, value in pattern.items()
    }
    name = dice.choice(list(ENTRIES))
    put_in(made, name, dice.sample(ENTRIES[name], dice.randint(1, 3)))
    return made


def filter_of(pattern: dict) -> EventFilter:
    read = read_filter(pattern, EVENTBRIDGE)
    assert read.refusals == (), read.refusals
    return read.found


def an_event(dice: random.Random) -> dict[str, list]:
    event: dict[str, list] = {
        "source": [dice.choice(["shop", "bank", 3, True, None])],
        "detail.name": ["".join(dice.choice("ab") for _ in range(dice.randint(0, 5)))],
    }
    if dice.random() < 0.8:
        event["detail.state"] = dice.sample(TEXTS, dice.randint(1, 3))
    if dice.random() < 0.8:
        event["detail.amount"] = [dice.randint(0, 8)]
    if dice.random() < 0.8:
        event["detail.from"] = [f"10.0.{dice.randint(0, 1)}.{dice.choice([0, 7, 127, 128, 255])}"]
    return event
