"""The registry: one readable dict. A new kind is one module and one line here."""

from __future__ import annotations

from labs.grading.kind import Kind
from labs.grading.kinds import (
    find_the_flaw,
    iam_account,
    iam_policy,
    network_acl,
    packet_walk,
    resource_policy,
    security_group,
    security_group_graph,
    subnetting,
    trust_policy,
)

KINDS: dict[str, Kind] = {
    iam_policy.NAME: iam_policy,
    trust_policy.NAME: trust_policy,
    resource_policy.NAME: resource_policy,
    iam_account.NAME: iam_account,
    security_group.NAME: security_group,
    security_group_graph.NAME: security_group_graph,
    network_acl.NAME: network_acl,
    subnetting.NAME: subnetting,
    packet_walk.NAME: packet_walk,
    find_the_flaw.NAME: find_the_flaw,
}
