"""The shapes of AWS's requests as botocore has them, in `data/` (README.md says from where)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Shapes:
    """`shapes`: by name; `root`: the name of the whole request."""

    root: str
    shapes: Mapping[str, Mapping[str, Any]]

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        return self.shapes[name]

    def keys(self, name: str = "") -> Mapping[str, str]:
        """Of a structure: key → name of the shape that stands there."""
        members: Mapping[str, str] = self.shapes[name or self.root].get("members", {})
        return members


@cache
def shapes_of(request: str) -> Shapes:
    """`request`: "launch-template", "auto-scaling-group", "task-definition" or
    "placement-strategies"."""
    text = files(__package__).joinpath("data", f"{request}.json").read_text("utf-8")
    read = json.loads(text)
    return Shapes(read["root"], read["shapes"])
