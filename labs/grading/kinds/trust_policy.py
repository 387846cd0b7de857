"""A role's trust policy, graded by who may become the role.

The answer is one JSON policy document without Resource. In a scenario `principal` asks (a user, a
role session, a service, an identity provider); the action is sts:AssumeRole unless another one is
named, the resource is `role` of the spec. `own_permission = false` asks what happens to a caller
whose own policies do not allow sts:AssumeRole.
The comparison asks everybody whom a scenario or one of the policies names, and strangers.
How the spec is written: `labs/grading/iam/exercise/policy_exercise.py`; what the verdict page gets:
`labs/grading/iam/exercise/policy_verdict.py`.
"""

from __future__ import annotations

from labs.grading.iam.exercise.policy_kind import PolicyKind
from labs.grading.said import say

KIND = PolicyKind(NAME="trust-policy", TITLE=say("Trust policy"), policy_type="trust")
