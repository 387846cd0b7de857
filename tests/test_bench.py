"""The bench measures, and says what it measured. How long anything takes is never asked here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.bench.clock import in_turns, share
from tests.bench.part import LONG, PARTS
from tests.bench.row import Effort, Line, Row, lines_of
from tests.bench.table import ROOT, Table, as_text, cells, with_table

LESSON = Row(
    "lesson", 6.0, "ms CPU", floor=2.0, goals=("ratio <= 3", "ours <= 5"), note="4 queries"
)
WORKER = Row("worker", 130.0, "verdicts/s", floor=200.0, goals=("ratio >= 0.6", "ours >= 120"))


def table(*rows: Row, part: str = "pages") -> Table:
    return Table("a day, a machine", [Line(part, (row,)) for row in rows])


def test_a_row_stands_beside_its_floor_and_its_goals() -> None:
    assert cells(Line("pages", (LESSON,))) == (
        "lesson", "6 ms CPU", "2", "3 ×", "≤ 3 ×, ≤ 5 ms CPU", "not met"
    )  # fmt: skip
    assert cells(Line("workers", (WORKER,)))[3:] == ("0.65 ×", "≥ 0.6 ×, ≥ 120 verdicts/s", "met")


def test_what_has_no_goal_is_neither_met_nor_missed() -> None:
    assert cells(Line("sync", (Row("first", 4321.0, "ms"),))) == (
        "first",
        "4,321 ms",
        "",
        "",
        "",
        "",
    )


def test_several_runs_are_a_median_and_a_range() -> None:
    runs = [[Row("lesson", ours, "ms", floor=2.0, goals=("ratio <= 3",))] for ours in (5, 12, 4)]
    [line] = lines_of("pages", runs)
    assert cells(line)[1:] == ("5 (4–12) ms", "2 (2–2)", "2.50 × (2–6)", "≤ 3 ×", "met")


def test_a_run_that_could_not_measure_a_row_leaves_it_to_the_others() -> None:
    lines = lines_of("pages", [[LESSON], [LESSON, WORKER]])
    assert [(line.last.name, len(line.rows)) for line in lines] == [("lesson", 2), ("worker", 1)]


def test_a_goal_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(ValueError, match="ratio <= 3"):
        cells(Line("pages", (Row("lesson", 1, "ms", goals=("fast",)),)))


def test_the_table_is_kept_as_json(tmp_path: Path) -> None:
    file = tmp_path / "var" / "bench.json"
    table(LESSON, WORKER).write(file)
    assert Table.read(file) == table(LESSON, WORKER)


def test_a_readme_gets_the_table_between_its_marks_and_keeps_the_rest() -> None:
    plain = Row("labs", 5.0, "ms CPU", floor=2.0)
    page = "Before.\n<!-- bench:{} -->\nold\n<!-- /bench -->\nAfter.\n"
    goals = with_table(page.format("goals"), table(LESSON, plain))
    assert goals.startswith("Before.\n<!-- bench:goals -->\nMeasured a day, a machine.\n\n| part |")
    assert goals.endswith("|\n<!-- /bench -->\nAfter.\n")
    assert "| pages | lesson | 6 ms CPU | 2 | 3 × |" in goals
    assert "labs" not in goals
    assert "| labs |" in with_table(page.format("whole"), table(LESSON, plain))
    assert with_table(goals, table(LESSON, plain)) == goals


@pytest.mark.parametrize("name", ["README.md", "tests/bench/README.md"])
def test_the_readmes_have_a_place_for_the_table(name: str) -> None:
    assert "| pages | lesson |" in with_table((ROOT / name).read_text(), table(LESSON))


def test_everything_takes_turns_and_the_first_ones_do_not_count() -> None:
    turns: list[str] = []
    works = {name: lambda name=name: turns.append(name) for name in ("ours", "floor")}
    taken = in_turns(works, 2, warming_up=1)
    assert turns == ["ours", "floor"] * 3
    assert [len(found) for found in taken.values()] == [2, 2]


def test_a_share_of_all_stays_under_its_figure() -> None:
    assert [share(range(100), part) for part in (0, 0.5, 0.95, 1)] == [0, 50, 95, 99]


def test_no_effort_is_one_time() -> None:
    assert [Effort(scale).times(30) for scale in (0, 1, 3)] == [1, 30, 90]


def test_every_part_says_what_it_measures() -> None:
    readme = (ROOT / "tests" / "bench" / "README.md").read_text()
    assert [name for name in PARTS if f"`{name}`" not in readme] == []
    assert set(PARTS) > LONG


@pytest.mark.parametrize("module", [name for modules in PARTS.values() for name in modules])
def test_every_part_has_rows(module: str) -> None:
    assert callable(import_module(f"tests.bench.{module}").rows)


@pytest.mark.slow
def test_the_command_measures(tmp_path: Path) -> None:
    """Each page once."""
    file = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tests.bench", "--effort", "0", "--only", "pages"]
    laptop = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    answer = subprocess.run(
        [*command, "--json", str(file)],
        cwd=ROOT,
        env=laptop,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stderr
    found = Table.read(file)
    assert [line.last.name for line in found.lines] == [
        "lesson", "your day", "course", "labs", "lab", "submission"
    ]  # fmt: skip
    for line in found.lines:
        assert line.last.ours > 0
        assert line.last.floor
    assert "SQLite" in found.machine
    assert answer.stdout.rstrip() == as_text(found).rstrip()
    assert json.loads(file.read_text())["lines"][0]["part"] == "pages"
