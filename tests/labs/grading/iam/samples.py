"""The sample cases, one dict a row."""

from __future__ import annotations

import json
from pathlib import Path

FIXTURES = Path(__file__).parents[3] / "fixtures" / "iam"


def rows(name):
    return [json.loads(line) for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines()]
