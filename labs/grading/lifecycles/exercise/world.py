"""What the two services have in common for a lab: documents are read, subjects have fates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from labs.grading.json_document import JsonDocument
from labs.grading.json_text import Path
from labs.grading.lifecycles.comparison.fates import Fate, Gap
from labs.grading.refusal import Refusal
from labs.grading.said import Said


@dataclass(frozen=True, slots=True)
class Read:
    """The rules as their service has them, and what it would refuse of them."""

    rules: Any
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something stands otherwise than it should: what to do, and where."""

    cure: Said
    path: Path | None = None


class World(Protocol):
    # AnswerError for what the service has and the engine has not.
    def read(self, document: JsonDocument) -> Read: ...

    # The lab's own subjects under these rules, by the names that the spec gives them.
    def named(self, rules: Any) -> dict[str, list[Fate]]: ...

    # Other cases, the plainest first, in which two sets of rules may differ.
    def cases(self, rules: Sequence[Any]) -> Iterator[Any]: ...

    def fates(self, rules: Any, case: Any, both: Sequence[Any]) -> list[Fate]: ...

    # The case with one thing less in it.
    def smaller(self, case: Any) -> Iterator[Any]: ...

    # The case in a sentence's part.
    def told(self, case: Any) -> str: ...

    # Why this gap is there, in this case; None: the lab's own.
    def cause(self, rules: Any, gap: Gap, case: Any | None, subject: str) -> Cause: ...

    # A day as tables have it.
    def day(self, day: int) -> str: ...

    # What the rules show by themselves.
    def warnings(self, rules: Any) -> list[Refusal]: ...
