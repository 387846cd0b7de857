"""What a check says about an answer: findings in reading order, and a score derived from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

JSON = Any  # a JSON value; 3.11 has no recursive alias that mypy accepts


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about an answer.

    `points` is what the check is worth; a finding of 0 points is advice and never decides the
    verdict. `line` and `column` count from 1 and point into the learner's text. `counterexample` is
    the smallest concrete case on which the answer and the expected answer differ, in the words of
    its kind. `section` names the lesson section that teaches the point (a heading's slug in the
    notes).
    A `hidden` finding counts, but its data is never shown to the learner.
    """

    code: str
    passed: bool
    points: int
    message: str
    line: int | None = None
    column: int | None = None
    counterexample: Mapping[str, JSON] | None = None
    section: str = ""
    hidden: bool = False
    expected: str = ""
    actual: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        if self.points < 0:
            raise ValueError(f"{self.code}: a finding cannot be worth {self.points} points")


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about one answer. `extra` holds what only the kind's own template draws
    (JSON)."""

    findings: tuple[Finding, ...]
    extra: Mapping[str, JSON] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """Points earned."""
        return sum(finding.points for finding in self.findings if finding.passed)

    @property
    def max_points(self) -> int:
        """Points that could be earned."""
        return sum(finding.points for finding in self.findings)

    @property
    def passed(self) -> bool:
        """True when something was checked and everything that counts holds:
        nothing checked is never a pass."""
        return self.max_points > 0 and self.points == self.max_points

    @property
    def percent(self) -> int:
        """The score as 0…100; 100 exactly when passed."""
        return 100 * self.points // self.max_points if self.max_points else 0

    def as_json(self) -> dict[str, JSON]:
        return {
            "findings": [asdict(finding) for finding in self.findings],
            "extra": dict(self.extra),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, JSON]) -> Self:
        return cls(tuple(Finding(**row) for row in data["findings"]), data.get("extra", {}))
