"""AWS permissions decided, explained, compared and checked: an engine without Django,
a solver or a network.

`decision` answers one request as AWS does, `explanation` says why, `comparison` finds the smallest
request on which two sets of policies differ, `lint` names mistakes.
`python -m labs.grading.iam` offers them over JSON lines.

Semantics: AWS IAM User Guide, "IAM JSON policy element reference" and "Policy evaluation logic".
"""

from __future__ import annotations

# Raised when a verdict, a relation or a finding can change for the same answer.
VERSION = "4"
