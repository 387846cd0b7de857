"""Does a policy ever allow any of these actions on these resources? With the request when it does.

The question of IAM Access Analyzer's CheckAccessNotGranted, asked the other way round: the policy,
limited to the access in question, is compared with one that allows nothing. "Access Analyzer custom
policy checks" in the IAM User Guide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from labs.grading.iam.comparison.comparison import STEPS, Counterexample, Search, compare
from labs.grading.iam.comparison.own_resource import limit, own_resource
from labs.grading.iam.comparison.requesters import Requester, requesters_for
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import Value
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.wildcards.budget import Budget, OutOfBudget

NOTHING = Layer("nothing", ())
ANYTHING = ("*",)


@dataclass(frozen=True, slots=True)
class Access:
    """`request`: one that is let through. Without one, and not `exact`, nobody knows."""

    request: Counterexample | None
    exact: bool

    @property
    def is_granted(self) -> bool | None:
        """None where the search ended before it was through."""
        if self.request is not None:
            return True
        return False if self.exact else None


def access_granted(
    policies: Sequence[CompiledPolicy],
    *,
    actions: Sequence[str] = ANYTHING,
    resources: Sequence[str] = ANYTHING,
    environment: Mapping[str, Value] | None = None,
    steps: int = STEPS,
) -> Access:
    """All policies answer together. Those with principals are asked about everybody whom they can
    tell apart, on their own resource; others about whom they are attached to."""
    with_principals = any(found.principals for policy in policies for found in policy.statements)
    requesters = list(requesters_for((), policies)) if with_principals else [Requester()]
    own = own_resource(policies) if with_principals else None
    limits = [limit(actions, resources, "access"), *([own] if own else [])]
    return access_of(
        replace(Layer("policies", tuple(policies)), names_principals=with_principals),
        limits,
        requesters,
        environment=environment,
        steps=steps,
    )


def access_of(
    layer: Layer,
    limits: Sequence[CompiledPolicy],
    requesters: Sequence[Requester],
    *,
    environment: Mapping[str, Value] | None = None,
    steps: int = STEPS,
) -> Access:
    """What the layer allows within all of the limits."""
    found = compare(
        [NOTHING],
        [layer, *around(limits)],
        environment=environment,
        requesters=requesters,
        steps=steps,
    )
    return Access(found.learner_only, found.exact)


def searched_access(
    layer: Layer,
    limits: Sequence[CompiledPolicy],
    requesters: Sequence[Requester],
    budget: Budget,
) -> Access:
    """The same for advice that must not cost much: what is left of the budget pays for the search,
    and where it ends nothing is sampled."""
    nothing = [NOTHING]
    search = Search(([layer, *around(limits)], nothing, nothing), {}, requesters, "")
    try:
        search.run(budget)
    except (OutOfBudget, RecursionError):
        return Access(search.counterexamples()[0], exact=False)
    return Access(search.counterexamples()[0], exact=True)


def around(limits: Sequence[CompiledPolicy]) -> list[Layer]:
    return [Layer(policy.name, (policy,)) for policy in limits]
