"""What the machine did: a row for each command, and what went wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from labs.grading.errors import Position

MOST_ROWS, MOST_TROUBLES, MOST_SHOWN = 150, 100, 160


@dataclass(frozen=True, slots=True)
class Row:
    """`status` is None where the command never ended."""

    line: int
    command: str
    status: int | None
    output: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong, or was for nothing. `code` without its prefix; `facts` are the
    names in its sentence."""

    code: str
    at: Position
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Trace:
    rows: list[Row] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def row(self, line: int, command: str, status: int | None, output: str) -> None:
        if len(self.rows) < MOST_ROWS:
            words = " ".join(output.split())
            shown = words if len(words) <= MOST_SHOWN else words[:MOST_SHOWN] + "…"
            self.rows.append(Row(line, command, status, shown))

    def trouble(self, code: str, at: Position, **facts: str) -> None:
        if len(self.troubles) < MOST_TROUBLES:
            short = {name: value[:MOST_SHOWN] for name, value in facts.items()}
            self.troubles.append(Trouble(code, at, short))

    def of(self, *codes: str) -> Iterator[Trouble]:
        return (one for one in self.troubles if one.code in codes)
