"""Which fields an object of the API has, and of which types (`data/fields.json`).

Source: Kubernetes documentation, Reference, "Kubernetes API": Deployment (apps/v1), Service (v1),
HorizontalPodAutoscaler (autoscaling/v2), PodDisruptionBudget (policy/v1) and what they hold. Fields
of which nothing is followed here are of type `any`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Fields:
    """`kinds`: kind → its apiVersion. `shapes`: by name; a kind's has its name."""

    kinds: Mapping[str, str]
    shapes: Mapping[str, Mapping[str, Any]]


@cache
def all_fields() -> Fields:
    read = json.loads(files(__package__).joinpath("data", "fields.json").read_text("utf-8"))
    return Fields(read["kinds"], read["shapes"])
