"""By what an answer is judged, as a short name: the engine, and of a variant what the engine looks
at. Where two verdicts were given under one name, one answer cannot have got two of them; a brief in
other words changes no name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from labs.grading.kinds import KINDS

NOT_LOOKED_AT = {"mutants.toml"}  # explains what `check_labs --mutants` finds
LENGTH = 16  # letters


class Judging(Protocol):
    """A variant's row, or its source."""

    @property
    def number(self) -> int: ...
    @property
    def table(self) -> Mapping[str, object]: ...
    @property
    def files(self) -> Mapping[str, str]: ...
    @property
    def starter(self) -> str: ...


def rule_of(kind: str, variant: Judging) -> str:
    files = {name: text for name, text in variant.files.items() if name not in NOT_LOOKED_AT}
    return digest([kind, KINDS[kind].VERSION, variant.table, files, variant.starter])


def rules_of(kind: str, variants: Iterable[Judging]) -> dict[int, str]:
    """By the numbers of the variants; of two with one number the later counts."""
    return {variant.number: rule_of(kind, variant) for variant in variants}


def rule_of_all(rules: Mapping[int, str]) -> str:
    """One name for a whole lab."""
    return digest(sorted(rules.items()))


def digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
