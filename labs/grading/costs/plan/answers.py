"""A plan as a learner writes it, in YAML's lines or as JSON:

    reserved:                          {"reserved": {"web-1-year": 4}, "savings_plan": 1.2,
      web-1-year: 4                     "runs": {"batch": "spot"}, "dedicated_hosts": 1}
    savings_plan: 1.20
    runs:
      batch: spot
    dedicated_hosts: 1

What is left out is none of it, and runs On-Demand. AnswerError, with its place, for what cannot be
read; whether the names are the lab's own is asked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from labs.grading.costs.plan.world import WAYS
from labs.grading.errors import AnswerError, Position
from labs.grading.listing import listed_with_or
from labs.grading.names.exercise.answers import SHOWN, Given, Item, read_names
from labs.grading.said import say

T = TypeVar("T")
Parts = Mapping[str, Mapping[str, Given]]
RESERVED, SAVINGS, RUNS, HOSTS = "reserved", "savings_plan", "runs", "dedicated_hosts"
KEYS = (RESERVED, SAVINGS, RUNS, HOSTS)
MOST = 1000  # instances, hosts and dollars an hour
WHOLE = re.compile(r"[0-9]{1,6}")
DOLLARS = re.compile(
    r"(?:US)?\$? ?([0-9]{1,6}(?:[.,][0-9]{1,6})?) ?(?:\$|USD)?(?: ?(?:/|per|an?) ?h(?:our)?)?"
)
OTHER_WORDS = {"on_demand": WAYS[0], "ondemand": WAYS[0], "on demand": WAYS[0], "host": WAYS[2]}


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """`reserved` and `runs` by name; "": of the lab's only offer."""

    reserved: Mapping[str, int] = field(default_factory=dict)
    commitment: float = 0.0
    runs: Mapping[str, str] = field(default_factory=dict)
    hosts: int = 0
    places: Mapping[tuple[str, str], Position] = field(default_factory=dict, compare=False)


def read_plan(text: str) -> PlanAnswer:
    items = {plain(name): (name, item) for name, item in read_names(text).items()}
    for key, (name, item) in items.items():
        if key not in KEYS:
            raise unknown(name, item)
    parts = {key: item.parts for key, (_name, item) in items.items()}
    places = {(key, ""): item.at for key, (_name, item) in items.items()}
    places |= {(key, name): one.at for key, found in parts.items() for name, one in found.items()}
    return PlanAnswer(
        {name: whole(one) for name, one in parts.get(RESERVED, {}).items()},
        alone(parts, SAVINGS, dollars, 0.0),
        {name: way(name, one) for name, one in parts.get(RUNS, {}).items()},
        alone(parts, HOSTS, whole, 0),
        places,
    )


def plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def unknown(name: str, item: Item) -> AnswerError:
    near = next(iter(get_close_matches(plain(name)[:SHOWN], KEYS, 1, 0.5)), "")
    hint = say(" Did you mean {name}?", name=near) if near else ""
    return AnswerError(say("A plan has no {key}.{hint}", key=name[:SHOWN], hint=hint), *item.at)


def alone(parts: Parts, key: str, read: Callable[[Given], T], default: T) -> T:
    """A key with one value."""
    for name, one in parts.get(key, {}).items():
        if name:
            raise AnswerError(say("{key} is one number.", key=key), *one.at)
        return read(one)
    return default


def whole(given: Given) -> int:
    if not given.text:
        return 0
    if not WHOLE.fullmatch(given.text) or int(given.text) > MOST:
        words = say("Write a whole number from 0 to {most}.", most=MOST)
        raise AnswerError(words, *given.at)
    return int(given.text)


def dollars(given: Given) -> float:
    """`1.20`, `$1.20`, `1.20 $/hour`."""
    if not given.text:
        return 0.0
    found = DOLLARS.fullmatch(given.text)
    if not found or float(found[1].replace(",", ".")) > MOST:
        words = say("Write dollars an hour, such as 1.20, up to {most}.", most=MOST)
        raise AnswerError(words, *given.at)
    return float(found[1].replace(",", "."))


def way(name: str, given: Given) -> str:
    if not name:
        raise AnswerError(say("Write “workload: spot” below runs, one in each line."), *given.at)
    text = " ".join(given.text.lower().split()) or WAYS[0]
    text = OTHER_WORDS.get(text, text.replace(" ", "-").replace("_", "-"))
    if text not in WAYS:
        ways = listed_with_or([say("“{name}”", name=one) for one in WAYS])
        words = say("A workload runs {ways}.", ways=ways)
        raise AnswerError(words, *given.at)
    return text
