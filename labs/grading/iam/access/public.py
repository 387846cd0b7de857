"""Can anybody from outside get in, under some condition?

The question of IAM Access Analyzer's CheckNoPublicAccess, decided by comparison: what the policy
allows an outsider (`outsiders`) on its own resource is compared with nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from labs.grading.iam.access.granted import Access, access_of, searched_access
from labs.grading.iam.access.outsiders import Outsider
from labs.grading.iam.comparison.comparison import STEPS
from labs.grading.iam.comparison.own_resource import own_resource
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.wildcards.budget import Budget


def public_access(policies: Sequence[CompiledPolicy], *, steps: int = STEPS) -> Access:
    """A request with which an outsider gets in, if there is one. `policies`: those of one resource,
    or the trust policy of a role."""
    requesters, limits = question(policies)
    return access_of(layer_of(policies), limits, requesters, steps=steps)


def public_access_within(policies: Sequence[CompiledPolicy], budget: Budget) -> Access:
    """The same, as far as the budget goes."""
    requesters, limits = question(policies)
    return searched_access(layer_of(policies), limits, requesters, budget)


def question(policies: Sequence[CompiledPolicy]) -> tuple[list[Requester], list[CompiledPolicy]]:
    """Who asks, and within what."""
    outsider, own = Outsider(policies), own_resource(policies)
    return outsider.requesters(), [outsider.limit(), *([own] if own else [])]


def layer_of(policies: Sequence[CompiledPolicy]) -> Layer:
    return replace(Layer("policies", tuple(policies)), names_principals=True)
