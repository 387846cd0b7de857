"""Reads a placement: what stands where, as YAML writes it, or as JSON.

    web:                       web: [eu-west-2a, eu-west-2b]      eu-west-2a:
      eu-west-2a: 2            database:                            web: 2
      eu-west-2b: 2              primary: eu-west-2a                database: primary

By things, or by zones; which of the two is seen once the zones are known
(`labs.grading.placement.answers.placing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.names.exercise.answers import Item, read_names


@dataclass(frozen=True, slots=True)
class PlacementAnswer:
    """By names as they were typed."""

    items: Mapping[str, Item]


def read_placement(text: str) -> PlacementAnswer:
    """AnswerError names line and column."""
    return PlacementAnswer(read_names(text, lists=True))
