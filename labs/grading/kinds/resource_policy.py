"""A resource policy (a bucket's, a queue's, a key's), graded by whom it lets do what.

The answer is one JSON policy document with a Principal in every statement. `account` of the spec
owns the resource: within it a policy that names the caller is enough, across accounts the caller's
own policies must allow as well (`own_permission = false` asks what happens when they do not). Set
`comparison.within` to the resource's ARNs.
How the spec is written: `labs/grading/iam/exercise/policy_exercise.py`; what the verdict page gets:
`labs/grading/iam/exercise/policy_verdict.py`.
"""

from __future__ import annotations

from labs.grading.iam.exercise.policy_kind import PolicyKind
from labs.grading.said import say

KIND = PolicyKind(NAME="resource-policy", TITLE=say("Resource policy"), policy_type="resource")
