"""The table: as text, as JSON, and in the READMEs."""

from __future__ import annotations

import json
import re
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from tests.bench.row import Line, Row, parts_of

ROOT = Path(__file__).resolve().parents[2]
HEAD = ("what", "ours", "floor", "ratio", "goal", "")
BLOCK = re.compile(r"(<!-- bench:(\w+) -->\n).*?(<!-- /bench -->)", re.S)
WHOLE, GOALS = "whole", "goals"


@dataclass(frozen=True, slots=True)
class Table:
    machine: str
    lines: list[Line]

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n")

    @classmethod
    def read(cls, path: Path) -> Self:
        found = json.loads(path.read_text())
        lines = [
            Line(line["part"], tuple(row_of(row) for row in line["rows"]))
            for line in found["lines"]
        ]
        return cls(found["machine"], lines)


def row_of(fields: dict[str, object]) -> Row:
    return Row(**fields | {"goals": tuple(fields["goals"])})  # type: ignore[arg-type]


def cells(line: Line) -> tuple[str, ...]:
    """One line of the table."""
    row = line.last
    met = [line.is_met(goal) for goal in row.goals]
    return (
        row.name,
        f"{figures(line.ours)} {row.unit}".rstrip(),
        figures(line.floor),
        figures(line.ratio, " ×"),
        ", ".join(in_words(goal, row.unit) for goal in row.goals),
        "" if not met else "met" if all(met) else "not met",
    )


def figures(found: list[float], unit: str = "") -> str:
    """The median, and the range of several runs."""
    if not found:
        return ""
    text = figure(statistics.median(found)) + unit
    return f"{text} ({figure(found[0])}–{figure(found[-1])})" if len(found) > 1 else text


def figure(number: float) -> str:
    """Three digits that count."""
    if number == int(number):
        return f"{number:,.0f}"
    places = 0 if number >= 100 else 1 if number >= 10 else 2 if number >= 0.1 else 3
    return f"{number:,.{places}f}"


def in_words(goal: str, unit: str) -> str:
    of, how, bound = parts_of(goal)
    sign = {"<=": "≤", ">=": "≥"}[how]
    return f"{sign} {bound:g} {'×' if of == 'ratio' else unit}".rstrip()


def one_line(part: str, row: Row) -> str:
    """While it is measured."""
    name, *rest = cells(Line(part, (row,)))
    return f"{part}: {name}: {rest[0]}" + (f", {rest[2]} the floor" if rest[2] else "")


def as_text(table: Table) -> str:
    body = [cells(line) for line in table.lines]
    widths = [max(len(row[at]) for row in [HEAD, *body]) for at in range(len(HEAD))]
    out, part = [table.machine, padded(HEAD, widths)], ""
    for line, row in zip(table.lines, body, strict=True):
        if line.part != part:
            part = line.part
            out.append(f"\n{part}")
        out.append(padded(row, widths) + line.last.note)
    return "\n".join(out)


def padded(row: tuple[str, ...], widths: list[int]) -> str:
    name, *rest = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join([name, *rest, ""])


# --- In the READMEs -------------------------------------------------------------------------------


def write_readmes(table: Table, root: Path = ROOT) -> None:
    for path in (root / "README.md", root / "tests" / "bench" / "README.md"):
        path.write_text(with_table(path.read_text(), table))


def with_table(text: str, table: Table) -> str:
    """Between `<!-- bench:goals -->` (what has a goal) or `<!-- bench:whole -->` and
    `<!-- /bench -->`."""
    return BLOCK.sub(lambda block: block[1] + markdown(table, block[2]) + block[3], text)


def markdown(table: Table, how: str) -> str:
    lines = [line for line in table.lines if how == WHOLE or line.last.goals]
    note = ("note",) if how == WHOLE else ()
    out = [f"Measured {table.machine}.", "", row_in_markdown(("part", *HEAD, *note))]
    out.append("|---" * (1 + len(HEAD) + len(note)) + "|")
    for line in lines:
        out.append(row_in_markdown((line.part, *cells(line), *((line.last.note,) if note else ()))))
    return "\n".join(out) + "\n"


def row_in_markdown(found: tuple[str, ...]) -> str:
    return f"| {' | '.join(found)} |"
