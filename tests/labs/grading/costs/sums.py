"""A small bill for the tests: a service in two zones, storage with a free part, an upfront fee."""

from __future__ import annotations

from typing import Any

from labs.grading.costs.formula.read_formula import read_formula
from labs.grading.costs.formula.steps import Formula
from labs.grading.toml_table import Table


def quantity(key: str, value: str, **more: str) -> dict[str, str]:
    return {"key": key, "name": key.title(), "value": value, **more}


def step(key: str, unit: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": key.title(), "unit": unit, **more}


QUANTITIES = [
    quantity("servers", "3 server"),
    quantity("zones", "2 zone", slip="zone"),
    quantity("rate", "0.10 $/server-zone-hour"),
    quantity("size", "2 TB"),
    quantity("free", "100 GB"),
    quantity("gb-price", "0.08 $/GB-month"),
    quantity("upfront", "240 $"),
    quantity("term", "12 month", slip="term"),
    quantity("discount", "30 %"),
    quantity("requests", "5,000,000 request/month"),
    quantity("request-price", "0.20 $/million-request"),
    quantity("minute", "60 second"),
    quantity("run", "130 second"),
    quantity("second-price", "0.72 $/hour"),
]
STEPS = [
    step("compute", "$/month", times=["servers", "zones", "rate"], points=2),
    step("stored", "GB", times=["size"]),
    step("paid", "GB", of="stored", free="free"),
    step("storage", "$/month", times=["paid", "gb-price"], points=1),
    step("fee", "$/month", times=["upfront"], over=["term"], slip="upfront"),
    step("cheaper", "$/month", of="compute", off="discount", points=1),
    step("asked", "$/month", times=["requests", "request-price"]),
    step("bill", "$/month", plus=["cheaper", "storage", "fee", "asked"], points=1),
    step("year", "$/year", times=["bill"], points=1),
    step("billed", "second", of="run", up_to="minute"),
    step("job", "$", times=["billed", "second-price"], points=1),
]
TABLE: dict[str, Any] = {"quantities": QUANTITIES, "steps": STEPS}


def formula_of(table: dict[str, Any] = TABLE) -> Formula:
    return read_formula(Table(table))
