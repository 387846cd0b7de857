"""What was wrong with an answer, in short: for counting over many.

Each failed finding of a verdict is one, by its code and by what the answer does
(`labs/grading/behaviour.py`). Variants of a lab differ in names and numbers: what is told of a
later one is retold in those of the first, so that the same mistake is the same in all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from labs.grading.behaviour import Classifier
from labs.grading.kinds import KINDS
from labs.grading.report import Finding, Severity

MOST = 12  # of one answer, the most telling first
TOKEN = re.compile(r"[A-Za-z0-9_-]+")
TELLING = (Severity.ERROR, Severity.WARNING)


class Key(NamedTuple):
    """By which mistakes are the same. `behaviour` is "" where the code says all."""

    code: str
    behaviour: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """What a variant is about: `names` are its names → those of the first variant, `solution` is
    the first one's."""

    names: Mapping[str, str]
    solution: str


HOME = World({}, "")


def keys_of(findings: Iterable[Finding], kind: str, world: World, *, refused: str) -> list[Key]:
    """Of an answer that failed."""
    engine = KINDS.get(kind)
    found = sorted(telling(findings, refused), key=lambda one: -one.points)
    keys = (Key(one.code, behaviour_in(one, engine, world)) for one in found)
    return list(dict.fromkeys(keys))[:MOST]


def telling(findings: Iterable[Finding], refused: str) -> Iterator[Finding]:
    """What failed, and advice that tells why; of a refused answer only what it is refused for."""
    for one in findings:
        if not one.passed and one.severity in TELLING and not (refused and one.points):
            yield one


def behaviour_in(finding: Finding, engine: Any, world: World) -> str:
    if not isinstance(engine, Classifier):
        return ""
    retold = replace(finding, counterexample=retell(finding.counterexample, world.names))
    return engine.behaviour(retold, world.solution)


def retell(value: Any, names: Mapping[str, str]) -> Any:
    """With other names, also where they stand within a text."""
    if not names or value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return TOKEN.sub(lambda match: names.get(match[0], match[0]), value)
    if isinstance(value, int):
        told = names.get(str(value), str(value))
        return int(told) if told.isdigit() else value
    if isinstance(value, Mapping):
        return {name: retell(item, names) for name, item in value.items()}
    return [retell(item, names) for item in value] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=256)
def names_between(mine: str, first: str) -> dict[str, str]:
    """Two texts that were made of one, with other values put in: what stands for what. What stands
    for several things is left as it is."""
    here, there = TOKEN.findall(mine), TOKEN.findall(first)
    if len(here) != len(there):
        return {}
    found: dict[str, set[str]] = {}
    for one, other in zip(here, there, strict=True):
        found.setdefault(one, set()).add(other)
    return {one: other for one, others in found.items() for other in others if unlike(one, others)}


def unlike(name: str, others: Iterable[str]) -> bool:
    return len(set(others)) == 1 and name not in others


def text_of(variant: Any) -> str:
    """All that was made of lab.toml and its files with the variant's values."""
    return json.dumps([variant.table, variant.files, variant.solution], sort_keys=True)
