"""A policy document as data: what is written, and the problems of its form.

`policy_reader` makes it from JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.json_text import Path

POLICY_TYPES = ("identity", "resource", "trust", "boundary", "scp", "rcp", "session", "endpoint")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `path` leads to the value, or to the key when `at_key`.

    `severity`: error (AWS refuses the policy), warning (it does not do what it seems to) or advice.
    `unreadable`: the statement means nothing at all, so that nobody can decide with it.
    """

    code: str
    message: str
    path: Path = ()
    at_key: bool = False
    unreadable: bool = False
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class ConditionEntry:
    """One line of a Condition block: operator, key, values as text."""

    operator: str
    key: str
    values: tuple[str, ...]
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. An element and its Not-twin share a field; None where neither is written."""

    effect: str
    actions: tuple[str, ...] | None = None
    resources: tuple[str, ...] | None = None
    principals: Mapping[str, tuple[str, ...]] | None = None
    not_actions: bool = False
    not_resources: bool = False
    not_principals: bool = False
    conditions: tuple[ConditionEntry, ...] = ()
    sid: str = ""
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A document; `variables` is true only for the version that knows `${…}`."""

    version: str = "2008-10-17"
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def variables(self) -> bool:
        return self.version == "2012-10-17"

    @property
    def unreadable(self) -> Problem | None:
        """The first problem that leaves no policy to decide with."""
        return next((problem for problem in self.problems if problem.unreadable), None)
