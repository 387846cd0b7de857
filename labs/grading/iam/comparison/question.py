"""Two sides of a comparison over one fixed environment: statements as bits,
resources (`resources`) and conditions (`conditions`) as masks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from labs.grading.iam.comparison.action_classes import action_classes
from labs.grading.iam.comparison.arn_atoms import Atom, Shape, read_shape
from labs.grading.iam.comparison.conditions import Conditions
from labs.grading.iam.comparison.places import PLACE_KEYS, REGION, Scope
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.residuals import Assignment, Side, side_of
from labs.grading.iam.comparison.resources import Resources
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import Value
from labs.grading.iam.decision.statements import CompiledStatement
from labs.grading.iam.language.principals import read_caller
from labs.grading.wildcards.budget import Budget, OutOfBudget

MOST_STATEMENTS = 2_000


@dataclass(frozen=True, slots=True)
class Target:
    """What can be asked about: actions on an ARN, the statements (bits) that match both, and the
    keys that requests for it never carry."""

    actions: Sequence[str]
    shape: Shape
    atom: Atom
    active: int
    missing: frozenset[str]

    @property
    def arn(self) -> str:
        return self.atom.arn(self.shape)


class Question:
    """`sides`: for each side its layers, all of which must allow. `environment`:
    None fixes a key as absent. `owner`: the account that the resource belongs to, if it is known.
    """

    def __init__(
        self,
        sides: Sequence[Sequence[Layer]],
        environment: Mapping[str, Value | None],
        requester: Requester,
        budget: Budget,
        owner: str = "",
    ) -> None:
        self.requester, self.budget = requester, budget
        self.statements: list[CompiledStatement] = []
        self.sides = [[self.bits(layer) for layer in side] for side in sides]
        if len(self.statements) > MOST_STATEMENTS:
            raise OutOfBudget
        scope = scope_of(environment, owner)
        self.resources = Resources(self.statements, environment, scope, budget)
        self.conditions = Conditions(self.statements, environment, requester.callers, budget)
        self.answers: dict[tuple[object, ...], Assignment | None] = {}
        self.scopes = [found.scope for found in self.statements]
        self.apart: dict[int, bool] = {}

    def bits(self, layer: Layer) -> tuple[int, ...]:
        start = len(self.statements)
        self.statements += filter(self.requester.is_meant_by, layer.statements())
        return tuple(range(start, len(self.statements)))

    def targets(self) -> Iterator[Target]:
        """Everything that can be asked about: every class of actions on every combination of
        resource patterns. Where all sides say the same of a class, or nothing, none of it is."""
        for statements, shapes, actions in action_classes(self.statements, self.resources.segments):
            for text in shapes if self.tells_apart(statements) else ():
                yield from self.targets_on(read_shape(text), statements, actions)

    def tells_apart(self, statements: int) -> bool:
        """Do the sides have different statements among these, layer by layer?"""
        if statements not in self.apart:
            first, *others = (list(self.saying(side, statements)) for side in self.sides)
            self.apart[statements] = any(found != first for found in others)
        return self.apart[statements]

    def saying(self, side: Sequence[Sequence[int]], statements: int) -> Iterator[frozenset[object]]:
        for layer in side:
            yield frozenset(self.scopes[index] for index in layer if statements >> index & 1)

    def targets_on(self, shape: Shape, statements: int, actions: Sequence[str]) -> Iterator[Target]:
        for missing, names in self.conditions.by_missing(
            statements, shape.text, self.requester.able(actions)
        ):
            service = names[0].partition(":")[0]
            for active, atom in self.resources.actives(shape, service, missing):
                yield Target(names, shape, atom, statements & active, missing)

    def difference(self, wider: int, narrower: int, target: Target) -> Assignment | None:
        """The fewest facts about the open keys with which side `wider` allows and `narrower`
        does not."""
        state = (wider, narrower, target.active, target.missing)
        if state not in self.answers:
            self.budget.spend()
            self.answers[state] = self.conditions.solver(target.missing).difference(
                self.side_under(wider, target.active), self.side_under(narrower, target.active)
            )
        return self.answers[state]

    def side_under(self, side: int, active: int) -> Side:
        return side_of(
            (self.masks(layer, active, True), self.masks(layer, active, False))
            for layer in self.sides[side]
        )

    def masks(self, layer: Iterable[int], active: int, allow: bool) -> Iterator[int]:
        for index in layer:
            mask = self.conditions.masks[index]
            if mask is not None and active >> index & 1 and self.statements[index].allow is allow:
                yield mask

    def context(self, target: Target, facts: Assignment) -> dict[str, Value]:
        """The facts that matter, under the keys as the policies write them."""
        names = self.conditions.names
        place = {
            key: (target.atom.region if kind == REGION else target.atom.account)[1]
            for key, kind in PLACE_KEYS.items()
            if key in self.keys_of_places(target)
        }
        return {names[key]: value for key, value in {**place, **dict(facts)}.items()}

    def keys_of_places(self, target: Target) -> set[str]:
        """Those that a statement about the action looks at."""
        statements = self.statements
        return {
            found.key
            for index, statement in enumerate(statements)
            if statement.matches_action(target.actions[0].lower())
            for found in statement.conditions
            if found.key in self.resources.open_places - target.missing
        }


def scope_of(environment: Mapping[str, Value | None], owner: str) -> Scope:
    def text(key: str) -> str:
        value = environment.get(key)
        return value if isinstance(value, str) else ""

    arn = text("aws:principalarn")
    own = text("aws:principalaccount") or (read_caller(arn).account if arn else "") or ""
    fixed_owner = text("aws:resourceaccount")
    return Scope(own=own, owner=owner or fixed_owner, region=text("aws:requestedregion"))
