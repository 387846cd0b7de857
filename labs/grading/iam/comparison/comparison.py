"""Do two sets of policies allow the same requests? If not: the smallest real-looking request that
tells them apart.

Compared are real requests: an action that exists with an ARN that this action accepts. Keys in
`environment` are fixed; every other key may have any value or be absent. No solver: the dimensions
are cut into atoms and searched exactly; beyond the work budget requests are sampled,
and the answer says so (`exact` is false).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from labs.grading.iam.comparison.action_classes import familiarity
from labs.grading.iam.comparison.open_variables import OpenVariables
from labs.grading.iam.comparison.question import Question, Target
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.residuals import Assignment
from labs.grading.iam.comparison.sampling import sampled_difference
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import Value
from labs.grading.wildcards.budget import Budget, OutOfBudget

STEPS = 2_500_000
# Which side allows what which one does not: (learner, tolerated), (expected, learner)
DIRECTIONS = ((0, 1), (2, 0))


@dataclass(frozen=True, slots=True)
class Counterexample:
    """One request. `context` holds only the keys that matter, beside the fixed ones.

    `own_permission`: does the caller's own policy allow it (asked only about resource and trust
    policies)?
    """

    action: str
    resource: str
    context: Mapping[str, Value] = field(default_factory=dict)
    principal: str = ""
    own_permission: bool = True

    def as_json(self) -> dict[str, object]:
        context = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in self.context.items()
        }
        found: dict[str, object] = {
            "action": self.action,
            "resource": self.resource,
            "context": context,
        }
        return found | ({"principal": self.principal} if self.principal else {})


@dataclass(frozen=True, slots=True)
class Comparison:
    """`extra_actions`: real actions on which the learner's side allows more; `missing_actions`:
    less."""

    learner_only: Counterexample | None = None
    expected_only: Counterexample | None = None
    exact: bool = True
    extra_actions: tuple[str, ...] = ()
    missing_actions: tuple[str, ...] = ()

    @property
    def relation(self) -> str:
        """equal, learner_wider, learner_narrower or incomparable; undecided when no difference was
        found and the search is not complete."""
        if self.learner_only and self.expected_only:
            return "incomparable"
        if self.learner_only:
            return "learner_wider"
        if self.expected_only:
            return "learner_narrower"
        return "equal" if self.exact else "undecided"


Layers = Sequence[Layer]


def compare(
    expected: Layers,
    learner: Layers,
    *,
    environment: Mapping[str, Value] | None = None,
    tolerated: Layers | None = None,
    requesters: Sequence[Requester] = (Requester(),),
    owner: str = "",
    steps: int = STEPS,
) -> Comparison:
    """Compare what two sides allow; all layers of a side must allow. `owner`: the account that
    the resource belongs to, where that is known.

    `tolerated` stands in for the expected side when the learner's extra access is looked for.
    """
    fixed = {key.lower(): value for key, value in (environment or {}).items()}
    sides = (learner, tolerated if tolerated is not None else expected, expected)
    search = Search(sides, fixed, requesters, owner)
    try:
        search.run(Budget(steps))
    # The latter from a thousand keys, looked at one within the other
    except (OutOfBudget, RecursionError):
        return sampled(search, sides, fixed, requesters)
    learner_only, expected_only = search.counterexamples()
    extra, missing = (tuple(sorted(names, key=familiarity)) for names in search.names)
    return Comparison(
        learner_only=learner_only,
        expected_only=expected_only,
        exact=True,
        extra_actions=extra,
        missing_actions=missing,
    )


def allow_the_same(
    expected: Layers,
    learner: Layers,
    *,
    environment: Mapping[str, Value] | None = None,
    tolerated: Layers | None = None,
    requesters: Sequence[Requester] = (Requester(),),
    owner: str = "",
    directions: Sequence[int] = (0, 1),
    steps: int = STEPS,
) -> bool:
    """Whether `compare` would find them equal, by a search that ends at the first difference in
    one of `directions` (0: the learner allows more, 1: less). OutOfBudget or RecursionError where
    that is not decided."""
    fixed = {key.lower(): value for key, value in (environment or {}).items()}
    sides = (learner, tolerated if tolerated is not None else expected, expected)
    search = FirstDifference(sides, fixed, requesters, owner)
    search.directions = directions
    try:
        search.run(Budget(steps))
    except Different:
        return False
    return True


def sampled(
    search: Search,
    sides: Sequence[Layers],
    fixed: Mapping[str, Value],
    requesters: Sequence[Requester],
) -> Comparison:
    """What the search found before it ran out, and samples for the rest."""
    found = search.counterexamples()
    for direction, (wider, narrower) in enumerate(DIRECTIONS):
        if found[direction] is None:
            sample = sampled_difference(
                sides[wider], sides[narrower], environment=fixed, requesters=requesters
            )
            found[direction] = Counterexample(*sample) if sample else None
    extra, missing = (tuple(sorted(names, key=familiarity)) for names in search.names)
    return Comparison(
        learner_only=found[0],
        expected_only=found[1],
        exact=False,
        extra_actions=extra,
        missing_actions=missing,
    )


@dataclass(frozen=True)
class Hit:
    """A difference as the search meets it, before it becomes a counterexample."""

    question: Question
    assignment: Assignment
    target: Target
    given: Mapping[str, Value]  # values chosen for policy variables
    trial: int  # the how manieth choice of them

    def is_better_than(self, other: Hit) -> bool:
        """Fewest keys first, then the most familiar action, then the shorter ARN: which is only
        worked out where the rest is equal."""
        if self.rank != other.rank:
            return self.rank < other.rank
        mine, theirs = self.target.arn, other.target.arn
        return (len(mine), mine) < (len(theirs), theirs)

    @cached_property
    def rank(self) -> tuple[int, tuple[int, int, str], int]:
        keys = len(self.assignment) + len(self.given)
        return keys, familiarity(self.target.actions[0]), self.trial

    def counterexample(self) -> Counterexample:
        question, requester = self.question, self.question.requester
        return Counterexample(
            action=self.target.actions[0],
            resource=self.target.arn,
            context={**self.given, **question.context(self.target, self.assignment)},
            principal=requester.name,
            own_permission=requester.has_permission,
        )


class Search:
    """Every environment and requester, every class of actions, every combination of resource
    patterns."""

    def __init__(
        self,
        sides: Sequence[Layers],
        fixed: Mapping[str, Value],
        requesters: Sequence[Requester],
        owner: str,
    ) -> None:
        self.sides, self.fixed, self.requesters, self.owner = sides, fixed, requesters, owner
        self.hits: list[Hit | None] = [None, None]
        self.names: tuple[set[str], set[str]] = (set(), set())

    def run(self, budget: Budget) -> None:
        for requester in self.requesters:
            known = {**requester.keys, **self.fixed}
            sides = [requester.side(side) for side in self.sides]
            statements = [found for side in sides for one in side for found in one.statements()]
            open_variables = OpenVariables(statements, known, requester.callers, budget)
            for trial, chosen in enumerate(open_variables.choices()):
                question = Question(
                    sides=sides,
                    environment={**known, **chosen},
                    requester=requester,
                    budget=budget,
                    owner=self.owner,
                )
                self.ask(question, open_variables.written(chosen), trial)
            if open_variables.too_many:
                raise OutOfBudget

    def ask(self, question: Question, given: Mapping[str, Value], trial: int) -> None:
        for target in question.targets():
            for direction, assignment in differences(question, target):
                hit = Hit(question, assignment, target, given, trial)
                self.names[direction].update(target.actions)
                self.keep(direction, hit)

    def keep(self, direction: int, hit: Hit) -> None:
        known = self.hits[direction]
        if known is None or hit.is_better_than(known):
            self.hits[direction] = hit

    def counterexamples(self) -> list[Counterexample | None]:
        return [hit.counterexample() if hit else None for hit in self.hits]


class Different(Exception):
    pass


class FirstDifference(Search):
    directions: Sequence[int] = (0, 1)

    def keep(self, direction: int, hit: Hit) -> None:
        if direction in self.directions:
            raise Different


def differences(question: Question, target: Target) -> Iterator[tuple[int, Assignment]]:
    """The directions in which the sides differ where the target's statements are active."""
    for direction, (wider, narrower) in enumerate(DIRECTIONS):
        assignment = question.difference(wider, narrower, target)
        if assignment is not None:
            yield direction, assignment
