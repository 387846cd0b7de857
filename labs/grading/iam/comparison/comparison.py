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

from labs.grading.iam.comparison.action_classes import familiarity
from labs.grading.iam.comparison.budget import Budget, OutOfBudget
from labs.grading.iam.comparison.open_variables import OpenVariables
from labs.grading.iam.comparison.question import Question
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.residuals import Assignment
from labs.grading.iam.comparison.sampling import sampled_difference
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import Value

STEPS = 300_000
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
        """equal, learner_wider, learner_narrower or incomparable."""
        if self.learner_only and self.expected_only:
            return "incomparable"
        if self.learner_only:
            return "learner_wider"
        return "learner_narrower" if self.expected_only else "equal"


Layers = Sequence[Layer]


def compare(
    expected: Layers,
    learner: Layers,
    *,
    environment: Mapping[str, Value] | None = None,
    tolerated: Layers | None = None,
    requesters: Sequence[Requester] = (Requester(),),
    steps: int = STEPS,
) -> Comparison:
    """Compare what two sides allow; all layers of a side must allow.

    `tolerated` stands in for the expected side when the learner's extra access is looked for.
    """
    fixed = {key.lower(): value for key, value in (environment or {}).items()}
    sides = (learner, tolerated if tolerated is not None else expected, expected)
    search = Search(sides, fixed, requesters)
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


@dataclass(frozen=True, slots=True)
class Hit:
    """A difference as the search meets it, before it becomes a counterexample."""

    question: Question
    assignment: Assignment
    action: str
    arn: str
    given: Mapping[str, Value]  # values chosen for policy variables

    @property
    def rank(self) -> tuple[object, ...]:
        """Fewest keys first, then the most familiar action."""
        return (
            len(self.assignment) + len(self.given),
            familiarity(self.action),
            len(self.arn),
            self.arn,
        )

    def counterexample(self) -> Counterexample:
        question, requester = self.question, self.question.requester
        open_keys = {
            question.key_name(question.keys[index]): value for index, value in self.assignment
        }
        return Counterexample(
            action=self.action,
            resource=self.arn,
            context={**self.given, **open_keys},
            principal=requester.name,
            own_permission=requester.has_permission,
        )


class Search:
    """Every environment and requester, every class of actions, every combination of resource
    patterns."""

    def __init__(
        self, sides: Sequence[Layers], fixed: Mapping[str, Value], requesters: Sequence[Requester]
    ) -> None:
        self.sides, self.fixed, self.requesters = sides, fixed, requesters
        self.hits: list[Hit | None] = [None, None]
        self.names: tuple[set[str], set[str]] = (set(), set())

    def run(self, budget: Budget) -> None:
        for requester in self.requesters:
            known = {**requester.keys, **self.fixed}
            sides = [requester.side(side) for side in self.sides]
            open_variables = OpenVariables(sides, known)
            for chosen in open_variables.choices():
                question = Question(
                    sides=sides, environment={**known, **chosen}, requester=requester, budget=budget
                )
                self.ask(question, open_variables.written(chosen))
            if open_variables.too_many:
                raise OutOfBudget

    def ask(self, question: Question, given: Mapping[str, Value]) -> None:
        for actions, arn, active in question.targets():
            for direction, assignment in differences(question, active):
                hit = Hit(
                    question=question,
                    assignment=assignment,
                    action=actions[0],
                    arn=arn,
                    given=given,
                )
                self.names[direction].update(actions)
                self.keep(direction, hit)

    def keep(self, direction: int, hit: Hit) -> None:
        known = self.hits[direction]
        if known is None or hit.rank < known.rank:
            self.hits[direction] = hit

    def counterexamples(self) -> list[Counterexample | None]:
        return [hit.counterexample() if hit else None for hit in self.hits]


def differences(question: Question, active: int) -> Iterator[tuple[int, Assignment]]:
    """The directions in which the sides differ where these statements are active."""
    for direction, (wider, narrower) in enumerate(DIRECTIONS):
        assignment = question.difference(wider, narrower, active)
        if assignment is not None:
            yield direction, assignment
