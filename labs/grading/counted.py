"""What is counted of a report that was written: its score, and what tells mistakes apart
(`labs.grading.behaviour.Classifier`). Most of a report is sentences, cases and a cure, which only
its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.grading.report import JSON, Report

COUNTED = ("refused", "zero", "draft")
OF_A_CHECK = ("code", "passed", "points", "severity", "demand", "hidden")
OF_A_MISTAKE = (*OF_A_CHECK, "counterexample", "actual")


def counted(data: Mapping[str, Any]) -> Report:
    """Of what `Report.as_json` wrote; without the rest."""
    found = {name: data[name] for name in COUNTED if name in data}
    return Report.from_json(found | {"findings": [finding(one) for one in data["findings"]]})


def finding(data: Mapping[str, JSON]) -> dict[str, JSON]:
    names = OF_A_CHECK if data["passed"] else OF_A_MISTAKE
    return {"message": "", **{name: data[name] for name in names if name in data}}
