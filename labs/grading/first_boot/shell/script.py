"""A script as data. Positions are line and column, both from 1."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.errors import Position


@dataclass(frozen=True, slots=True)
class Literal:
    """`quoted`: it is never split, and its signs mean nothing."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Variable:
    """`$NAME`, or `${NAME:-default}`."""

    name: str
    quoted: bool
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Substitution:
    """`$(…)`: what the commands print."""

    body: Block
    quoted: bool


Piece = Literal | Variable | Substitution


@dataclass(frozen=True, slots=True)
class Word:
    pieces: tuple[Piece, ...]
    at: Position

    @property
    def plain(self) -> str | None:
        """Its text where nothing in it has to be looked up."""
        texts = [one.text for one in self.pieces if isinstance(one, Literal)]
        return "".join(texts) if len(texts) == len(self.pieces) else None


@dataclass(frozen=True, slots=True)
class Redirect:
    """`operator`: `>`, `>>`, `<`, `<<` (the target is the text itself), `2>`, `2>&1` or `&>`."""

    operator: str
    target: Word


@dataclass(frozen=True, slots=True)
class Assignment:
    name: str
    value: Word


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command; without words it only assigns. `source` is its text in one line."""

    assignments: tuple[Assignment, ...]
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]
    at: Position
    source: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    parts: tuple[Statement, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class AndOr:
    """`left && right` or `left || right`."""

    left: Statement
    operator: str
    right: Statement
    at: Position


@dataclass(frozen=True, slots=True)
class Not:
    body: Statement
    at: Position


@dataclass(frozen=True, slots=True)
class Block:
    """Statements in order: `{ …; }`, or `( … )` with a shell of its own."""

    statements: tuple[Statement, ...]
    redirects: tuple[Redirect, ...] = ()
    own_shell: bool = False


@dataclass(frozen=True, slots=True)
class If:
    """Conditions with what is done where one holds, in order; `otherwise` may be empty."""

    branches: tuple[tuple[Block, Block], ...]
    otherwise: Block


@dataclass(frozen=True, slots=True)
class For:
    name: str
    words: tuple[Word, ...]
    body: Block
    at: Position


@dataclass(frozen=True, slots=True)
class Function:
    """Known from where it stands; it runs where it is called."""

    name: str
    body: Block
    at: Position


@dataclass(frozen=True, slots=True)
class Background:
    """`body &`: the script goes on at once."""

    body: Statement
    at: Position


Statement = Command | Pipeline | AndOr | Not | Block | If | For | Function | Background


@dataclass(frozen=True, slots=True)
class Script:
    """User data. `interpreter`: the words behind `#!` in line 1, empty where there are none;
    `late`: the line in which `#!` stands, if that is a later one; `size` in bytes."""

    body: Block
    interpreter: tuple[str, ...]
    late: int
    size: int
