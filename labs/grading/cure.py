"""The smallest change that makes an answer right, found with the engine itself.

A kind that can change answers says which small changes might help (`Mender`); each is checked as an
answer would be. What is told at once is the class of the change; the change itself is a hint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from labs.grading.errors import AnswerError, Position, Undecided
from labs.grading.kind import Kind
from labs.grading.report import Cure, Report, Step

MOST_STEPS = 8
MOST_WORK = 120  # of all steps together, in weights of mends
Held = bool | Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Mend:
    """One small change. `sentence` says its class in words that give nothing away, `before` and
    `after` the change itself, as text; `answer` is the answer with it. `at` is where it belongs in
    the text that the learner wrote, None for what is missing altogether."""

    sentence: str
    before: str
    after: str
    answer: Any
    at: Position | None = None
    weight: int = 1  # how much work its check is; counted and not timed, or load would decide


@runtime_checkable
class Mender(Protocol):
    """A kind may have a function that says how an answer might be mended."""

    def check(self, answer: Any, spec: Any) -> Report: ...

    # Changes that might help, the most promising first; few, because each of them is checked.
    def mends(self, answer: Any, spec: Any) -> Iterable[Mend]: ...


@runtime_checkable
class Judge(Protocol):
    """A kind may have a function that says in short what `check` says at length: of each check of
    the report, in its order, whether it holds; None where nothing would be decided. For kinds whose
    words cost more than what they are about, and where one difference is enough. What costs more
    than the rest is a function, which is called only while it matters."""

    def holds(self, answer: Any, spec: Any) -> Sequence[Held] | None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How an answer stands: of each check whether it holds, and what it is worth."""

    held: tuple[bool, ...]
    points: tuple[int, ...]

    @property
    def worth(self) -> int:
        """Of the checks that hold, whether they count already or not."""
        return sum(points for held, points in zip(self.held, self.points, strict=True) if held)

    @property
    def passed(self) -> bool:
        return bool(self.held) and all(self.held)


def standing_in(report: Report) -> Standing:
    checks = report.checks
    held, points = ([check.passed for check in checks], [check.points for check in checks])
    return Standing(tuple(held), tuple(points))


@dataclass(frozen=True, slots=True)
class Tried:
    mend: Mend
    standing: Standing


def find_cure(kind: Kind, answer: object, spec: object, report: Report) -> Cure | None:
    """Step by step, each time the change that mends most; None where nothing was found, or where
    nothing was decided. `Cure.complete`: after these steps everything holds."""
    if report.passed or report.refused:
        return None
    return search(kind, answer, spec, report) if isinstance(kind, Mender) else told_cure(report)


def told_cure(report: Report) -> Cure | None:
    """Of a kind whose checks say themselves what to do: a step for each thing to do."""
    mends: dict[str, list[int]] = {}
    places: dict[str, Position | None] = {}
    for number, check in enumerate(report.checks):
        if check.cure and not check.passed and not check.hidden:
            mends.setdefault(check.cure, []).append(number)
            places.setdefault(check.cure, check.at)
    steps = tuple(Step(cure, "", "", at=places[cure], mends=tuple(mends[cure])) for cure in mends)
    return Cure(steps, False) if steps else None


def search(kind: Mender, answer: object, spec: object, report: Report) -> Cure | None:
    steps: list[Step] = []
    seen = [answer]
    now, budget = standing_in(report), Budget(MOST_WORK)
    before = now
    while not now.passed and len(steps) < MOST_STEPS:
        mends = (one for one in kind.mends(answer, spec) if one.answer not in seen)
        best = best_of(kind, budget.affordable(mends), spec, now)
        if best is None:
            break
        steps.append(step_of(best, before, steps))
        answer, now = best.mend.answer, best.standing
        seen.append(answer)
    found = tuple(steps) if now.passed else useful(steps)
    return Cure(found, now.passed) if found else None


@dataclass(slots=True)
class Budget:
    """`left` is for changes that are checked: what nobody asks for costs nothing."""

    left: int

    def affordable(self, mends: Iterable[Mend]) -> Iterator[Mend]:
        for mend in mends:
            if mend.weight > self.left:
                return
            self.left -= mend.weight
            yield mend


def best_of(kind: Mender, mends: Iterable[Mend], spec: object, now: Standing) -> Tried | None:
    """The first that makes everything right, else the one that makes most right, else the first
    that breaks nothing: the same mistake in two places is mended one place after the other."""
    best: Tried | None = None
    for mend in mends:
        least = best.standing.worth + 1 if best else now.worth
        tried = try_mend(kind, mend, spec, now.points, least)
        if tried is None or tried.standing.worth < now.worth:
            continue
        if tried.standing.passed:
            return tried
        if best is None or tried.standing.worth > best.standing.worth:
            best = tried
    return best


def useful(steps: list[Step]) -> tuple[Step, ...]:
    """Up to the last that mends a check."""
    last = max((number for number, step in enumerate(steps) if step.mends), default=-1)
    return tuple(steps[: last + 1])


def try_mend(
    kind: Mender, mend: Mend, spec: object, points: tuple[int, ...], least: int
) -> Tried | None:
    try:
        standing = standing_of(kind, mend.answer, spec, points, least)
    except (AnswerError, Undecided):
        return None
    return Tried(mend, standing) if standing else None


def standing_of(
    kind: Mender, answer: object, spec: object, points: tuple[int, ...], least: int
) -> Standing | None:
    if not isinstance(kind, Judge):
        return standing_in(kind.check(answer, spec))
    held = kind.holds(answer, spec)
    return None if held is None else decided(held, points, least)


def decided(held: Sequence[Held], points: tuple[int, ...], least: int) -> Standing | None:
    """None as soon as not everything holds, and whatever else does is worth less than `least`."""
    known = [one if isinstance(one, bool) else None for one in held]
    for number, one in enumerate(held):
        if isinstance(one, bool):
            continue
        lost = sum(worth for it, worth in zip(known, points, strict=True) if it is False)
        if False in known and sum(points) - lost < least:
            return None
        known[number] = one()
    return Standing(tuple(map(bool, known)), points)


def step_of(best: Tried, first: Standing, steps: list[Step]) -> Step:
    """With the checks of the learner's report that this step mends and no step before it did."""
    mended = {number for step in steps for number in step.mends}
    pairs = zip(first.held, best.standing.held, strict=False)
    found = tuple(
        number
        for number, (before, after) in enumerate(pairs)
        if not before and after and number not in mended
    )
    mend = best.mend
    return Step(mend.sentence, mend.before, mend.after, at=mend.at, mends=found)
