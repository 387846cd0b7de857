"""An IAM identity policy, graded by what it allows.

The answer is one JSON policy document. Scenarios are decided as AWS does; then the answer is
compared with the expected policy over all real requests, and a difference is shown as the smallest
request on which the two disagree.
How the spec is written: `labs/grading/iam/exercise/policy_exercise.py`; what the verdict page gets:
`labs/grading/iam/exercise/policy_verdict.py`.
"""

from __future__ import annotations

from labs.grading.iam.exercise.policy_kind import PolicyKind
from labs.grading.said import say

KIND = PolicyKind(NAME="iam-policy", TITLE=say("IAM policy"), policy_type="identity")
