"""One seed on each stack, smaller; `python -m tests.faults` does more and larger ones."""

from __future__ import annotations

import os
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from portal.broker import server_binary
from tests.faults.harness import run
from tests.faults.journeys import Answers, Drafts, Grades, HandedIn
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


KEY = uuid.UUID(int=1)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (None, "lost"),
        (("lea@example.com", "queued", None, 0, 0), "lost"),
        (("mia@example.com", "graded", True, 1, 1), "lost"),
        (("lea@example.com", "graded", True, 1, 2), "doubled"),
        (("lea@example.com", "graded", False, 1, 1), "charged"),
        (("lea@example.com", "faulted", None, 3, 1), "charged"),
    ],
)
def test_what_does_not_hold_is_found(row: tuple[Any, ...] | None, found: str) -> None:
    answers = Answers({})
    answers.handed_in[KEY] = HandedIn("lea@example.com", "right", is_told=True)
    rows = [(str(KEY), *row)] if row else []
    assert found in {words.split(":")[0] for words in answers.broken(lambda sql: rows)}


def test_what_holds_is_no_finding_and_a_row_of_nobody_is() -> None:
    answers = Answers({})
    answers.handed_in[KEY] = HandedIn("lea@example.com", "right", is_told=True)
    fine = (str(KEY), "lea@example.com", "graded", True, 1, 1)
    assert list(answers.broken(lambda sql: [fine])) == []
    other = (str(uuid.UUID(int=2)), *fine[1:])
    [words] = answers.broken(lambda sql: [fine, other])
    assert words.startswith("doubled: a row that nobody handed in")


def test_a_grade_that_is_changed_is_found() -> None:
    grades = Grades({})
    assert list(grades.look(lambda sql: [(1, 7, 4, 4)])) == []
    assert list(grades.look(lambda sql: [(1, 7, 3, 4)])) == [
        "a grade was changed: (7, 4, 4) → (7, 3, 4)"
    ]


def test_a_draft_that_was_acknowledged_is_there_or_a_later_one() -> None:
    drafts = Drafts({"drafted": "a-lab"})
    drafts.typed["lea"], drafts.told["lea"] = ["one", "two", "three"], 2
    assert list(drafts.broken(lambda sql: [("lea", "two")])) == []
    assert list(drafts.broken(lambda sql: [("lea", "three")])) == []
    assert len(list(drafts.broken(lambda sql: [("lea", "one")]))) == 1
