"""One seed on each stack, smaller; `python -m tests.faults` does more and larger ones."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from portal.broker import server_binary
from tests.faults.harness import run
from tests.faults.postgres import binaries
from tests.faults.schedule import LONG, schedule

NAMES = ["a", "b", "c", "d", "kill_runner", "roll"]


@pytest.mark.slow
@pytest.mark.xdist_group("harness")  # one after the other: each is a whole portal
@pytest.mark.parametrize(
    "name", ["laptop", pytest.param("deployment", marks=[pytest.mark.postgres, pytest.mark.redis])]
)
def test_whatever_happens_nothing_is_lost_doubled_or_charged(name: str, tmp_path: Path) -> None:
    missing = "" if server_binary() else "no Valkey or Redis server runs here"
    if name == "deployment" and not binaries():
        missing = "no PostgreSQL can be started here"
    if missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    result = run(name, seed=2, answers=60, folder=tmp_path / "run", seconds=16, people=12)
    assert result.broken == []
    assert result.faults.total() >= 4
    assert result.answers >= 40


def test_the_same_seed_does_the_same() -> None:
    assert schedule(NAMES, 7, seconds=60) == schedule(NAMES, 7, seconds=60)
    assert schedule(NAMES, 7, seconds=60) != schedule(NAMES, 8, seconds=60)


def test_each_fault_happens_and_what_stops_everything_once() -> None:
    for seed in range(20):
        happened = Counter(planned.name for planned in schedule(NAMES, seed, seconds=90))
        assert set(happened) == set(NAMES)
        assert {happened[name] for name in LONG} == {1}
