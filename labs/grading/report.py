"""What a check says about an answer: findings in reading order, and a score derived from them.

A page draws what stands in these fields and nothing else; it never looks into texts or keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from labs.grading.errors import Position
from labs.grading.report_json import from_json, to_json
from labs.grading.said import say

FORMAT = 2  # of stored reports; what was stored before is read by labs/old_reports.py
JSON = Any  # a JSON value; 3.11 has no recursive alias that mypy accepts


class Severity(StrEnum):
    """How serious a finding is, and how the editor marks its line."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class RelationName(StrEnum):
    """How the set of cases that the answer lets through lies to the expected one."""

    EQUAL = "equal"
    WIDER = "wider"
    NARROWER = "narrower"
    DIFFERENT = "different"  # too much here, too little there

    @classmethod
    def of(cls, *, wider: bool, narrower: bool) -> RelationName:
        if wider and narrower:
            return cls.DIFFERENT
        return cls.WIDER if wider else cls.NARROWER if narrower else cls.EQUAL


class Demand(StrEnum):
    """What a check asks of the answer: to let something through, to stop something, or neither."""

    ALLOW = "allow"
    REFUSE = "refuse"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Relation:
    """The picture of two sets; `words` says all that it shows."""

    name: RelationName
    words: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What there is to follow a case step by step; `templates/labs/replays/<name>.html` draws
    it."""

    name: str
    data: Mapping[str, JSON]
    title: str = say("Step by step")


@dataclass(frozen=True, slots=True)
class Case:
    """One concrete case in a sentence."""

    sentence: str
    replay: Replay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One row of the table: what was tried, what should have become of it, what did, and why.

    `name` is the same in every attempt. `expected` and `because` may be empty: what is not told.
    """

    name: str
    what: str = ""
    expected: str = ""
    yours: str
    because: str = ""
    passed: bool
    replay: Replay | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about an answer.

    `points` is what the check is worth; a finding of 0 points is advice and never decides the
    verdict. `at` points into the learner's text. `cases` are the concrete cases that show it, the
    most telling one first; `counterexample` is that case as data, in the words of its kind.
    `section` names the lesson section that teaches the point (a heading's slug in the notes).
    A `hidden` finding counts, but its data is never shown to the learner. What a check demands
    decides when it counts: see `Report.counts`. `cure` says what to do, where a check by itself
    knows; elsewhere `labs.grading.cure` looks for it.
    """

    code: str
    passed: bool
    points: int
    message: str
    _: KW_ONLY
    at: Position | None = None
    severity: Severity = Severity.ERROR
    demand: Demand = Demand.OTHER
    cases: tuple[Case, ...] = ()
    counterexample: Mapping[str, JSON] | None = None
    section: str = ""
    hidden: bool = False
    expected: str = ""
    actual: str = ""
    why: str = ""
    cure: str = ""

    def __post_init__(self) -> None:
        if self.points < 0:
            raise ValueError(f"{self.code}: a finding cannot be worth {self.points} points")

    @property
    def line(self) -> int | None:
        return self.at[0] if self.at else None

    @property
    def column(self) -> int | None:
        return self.at[1] if self.at else None

    def as_json(self) -> dict[str, JSON]:
        found: dict[str, JSON] = to_json(self)
        return found

    @classmethod
    def from_json(cls, data: Mapping[str, JSON]) -> Self:
        return from_json(cls, data)


DRAFT_WEIGHT = 3  # mending the starter, against all checks together
OPPOSITE = {Demand.ALLOW: Demand.REFUSE, Demand.REFUSE: Demand.ALLOW}


@dataclass(frozen=True, slots=True)
class Draft:
    """The starter of a lab whose work is to mend it: how many faults it has, and how many of them
    an answer has mended."""

    faults: int
    mended: int


@dataclass(frozen=True, slots=True)
class Step:
    """One change towards a right answer: its class in a sentence, and the change itself, which is a
    hint. `mends` are the checks that hold after it, by their place in `Report.checks`."""

    sentence: str
    before: str
    after: str
    _: KW_ONLY
    at: Position | None = None
    mends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cure:
    """The smallest change found. `complete`: with these steps everything holds."""

    steps: tuple[Step, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about one answer.

    `relation` is None where nothing was compared. `refused` says in a sentence why nothing was
    checked at all, because the answer would not be accepted where it belongs; findings of severity
    error then say what for. `scene` is what every replay is drawn into, `extra` what only the
    kind's own template draws (both JSON).
    """

    findings: tuple[Finding, ...]
    extra: Mapping[str, JSON] = field(default_factory=dict)
    _: KW_ONLY
    relation: Relation | None = None
    refused: str = ""
    outcomes: tuple[Outcome, ...] = ()
    outcomes_title: str = say("Case by case")
    scene: Mapping[str, JSON] = field(default_factory=dict)
    zero: int = 0  # the points of the lab's starter, where the score begins
    draft: Draft | None = None  # where the starter would be refused
    cure: Cure | None = None
    abridged: bool = False  # only its checks were kept

    @property
    def checks(self) -> tuple[Finding, ...]:
        """The findings that decide."""
        return tuple(finding for finding in self.findings if finding.points)

    @property
    def idle(self) -> tuple[Finding, ...]:
        """The checks that are passed and do not count."""
        return tuple(one for one in self.checks if one.passed and not self.counts(one))

    def meets(self, demand: Demand) -> bool:
        """Is such a demand met anywhere? True where nothing demands it."""
        found = [check.passed for check in self.checks if check.demand == demand]
        return any(found) or not found

    def counts(self, check: Finding) -> bool:
        """Does a passed check earn its points? That something is refused is worth nothing while
        nothing of what is needed works, and the other way round: who does nothing has stopped
        everybody, and who allows everything has let everybody in."""
        other = OPPOSITE.get(check.demand)
        return check.passed and (other is None or self.meets(other))

    @property
    def points(self) -> int:
        """Points earned."""
        return sum(check.points for check in self.checks if self.counts(check))

    @property
    def max_points(self) -> int:
        """Points that could be earned."""
        return sum(finding.points for finding in self.findings)

    @property
    def passed(self) -> bool:
        """True when something was checked and everything that counts holds: nothing checked is
        never a pass."""
        return bool(self.checks) and all(check.passed for check in self.checks)

    @property
    def earned(self) -> int:
        """Points for what the answer does beyond the starter."""
        return max(0, self.points - self.zero) + self.draft_points(mended=True)

    @property
    def earnable(self) -> int:
        return self.max_points - self.zero + self.draft_points(mended=False)

    def draft_points(self, *, mended: bool) -> int:
        """For the faults mended, or for all of them."""
        if self.draft is None or not self.draft.faults:
            return 0
        all_of_them = DRAFT_WEIGHT * self.max_points
        return all_of_them * self.draft.mended // self.draft.faults if mended else all_of_them

    @property
    def percent(self) -> int:
        """The way from the starter to the goal as 0…100; 100 exactly when passed."""
        return 100 * self.earned // self.earnable if self.earnable else 0

    @property
    def headline(self) -> Finding | None:
        """The finding whose cases tell most: of the failed checks with cases that are not hidden
        the one worth most, the first of several. None when the answer was refused."""
        telling = [one for one in self.findings if one.cases and not one.passed and not one.hidden]
        return None if self.refused else max(telling, key=lambda one: one.points, default=None)

    def abridge(self) -> Self:
        """What was checked and what held of it; the score stays."""
        findings = tuple(
            replace(one, cases=(), counterexample=None, expected="", actual="", why="")
            for one in self.findings
        )
        return type(self)(
            findings,
            relation=self.relation,
            refused=self.refused,
            zero=self.zero,
            draft=self.draft,
            abridged=True,
        )

    def as_json(self) -> dict[str, JSON]:
        return {"format": FORMAT, **to_json(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, JSON]) -> Self:
        """What `as_json` wrote."""
        return from_json(cls, {name: value for name, value in data.items() if name != "format"})
