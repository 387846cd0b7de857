"""Can anybody from outside get in, under some condition?

The question of IAM Access Analyzer's CheckNoPublicAccess, decided by comparison: what the policy
allows an outsider (`outsiders`) on its own resource is compared with nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from labs.grading.iam.access.granted import Access, access_of
from labs.grading.iam.access.outsiders import outsiders
from labs.grading.iam.comparison.comparison import STEPS
from labs.grading.iam.comparison.own_resource import own_resource
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.statements import CompiledPolicy


def public_access(policies: Sequence[CompiledPolicy], *, steps: int = STEPS) -> Access:
    """A request with which an outsider gets in, if there is one. `policies`: those of one resource,
    or the trust policy of a role."""
    requesters, nothing_in_hand = outsiders(policies)
    own = own_resource(policies)
    layer = replace(Layer("policies", tuple(policies)), names_principals=True)
    limits = [nothing_in_hand, *([own] if own else [])]
    return access_of(layer, limits, requesters, steps=steps)
