"""What the policy engine costs, in processor time.

moto's evaluator is measured beside ours where it is installed (requirements-bench.txt).
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from labs.grading.iam.comparison.comparison import compare
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.language.documents import POLICY_TYPES
from labs.grading.iam.lint.linter import lint_text
from labs.grading.iam.policy_rows import compile_document, read_policies, read_request
from tests.bench.clock import cpu_ms, in_turns, share
from tests.bench.row import Effort, Row
from tests.labs.grading.iam.hostile import document as hostile_document
from tests.labs.grading.iam.samples import rows as samples

USER = "arn:aws:iam::123456789012:user/bob"

PLAIN = [
    [
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": "arn:aws:s3:::course-*/home/*",
        },
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::course-*"},
        {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"},
        {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"},
    ],
    [
        {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"},
        {
            "Effect": "Allow",
            "Action": "ec2:StartInstances",
            "Resource": "arn:aws:ec2:*:123456789012:instance/*",
        },
        {"Effect": "Deny", "Action": "ec2:Terminate*", "Resource": "*"},
    ],
    [
        {"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:eu-west-1:123456789012:*"},
        {"Effect": "Deny", "Action": "sqs:DeleteQueue", "Resource": "arn:aws:sqs:*:*:prod-*"},
        {
            "Effect": "Allow",
            "Action": "iam:GetUser",
            "Resource": "arn:aws:iam::123456789012:user/student-*",
        },
    ],
]
CONDITIONS = [
    {"StringLike": {"s3:prefix": ["", "home/", "home/${aws:username}/*"]}},
    {
        "IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]},
        "Bool": {"aws:MultiFactorAuthPresent": "true"},
    },
    {"StringNotEquals": {"aws:PrincipalTag/role": ["teacher", "admin"]}},
    {"DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"}},
    {"ForAnyValue:StringLike": {"aws:TagKeys": ["prod*", "keep"]}},
]
CONTEXT = {
    "aws:username": "bob",
    "aws:SourceIp": "203.0.113.7",
    "aws:MultiFactorAuthPresent": "true",
    "aws:CurrentTime": "2026-06-01T12:00:00Z",
    "aws:PrincipalTag/role": "student",
    "aws:TagKeys": ["env", "keep"],
    "s3:prefix": "home/bob/x",
}
REQUESTS = [
    ("s3:GetObject", "arn:aws:s3:::course-1/home/bob/report.csv"),
    ("s3:ListBucket", "arn:aws:s3:::course-1"),
    ("s3:DeleteObject", "arn:aws:s3:::course-1/home/bob/report.csv"),
    ("ec2:StartInstances", "arn:aws:ec2:eu-west-1:123456789012:instance/i-1"),
    ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders"),
    ("sqs:DeleteQueue", "arn:aws:sqs:eu-west-1:123456789012:prod-1"),
    ("iam:GetUser", "arn:aws:iam::123456789012:user/student-7"),
    ("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:123456789012:function:f"),
]


def documents(*, conditions: bool) -> list[dict]:
    found, number = [], 0
    for statements in PLAIN:
        written = []
        for statement in statements:
            block = {"Condition": CONDITIONS[number % len(CONDITIONS)]} if conditions else {}
            number += 1
            written.append({**statement, **block})
        found.append({"Version": "2012-10-17", "Statement": written})
    return found


def rows(effort: Effort) -> Iterator[Row]:
    yield import_row(effort)
    yield decisions_row("plain", documents(conditions=False), effort, *moto_policies())
    conditions = documents(conditions=True)
    yield decisions_row("conditions, variables, set operators", conditions, effort)
    yield from right_rows()
    yield from comparison_rows(effort)
    yield hostile_row(effort)


def median_cpu(work: Callable[[], object], times: int) -> float:
    return statistics.median(in_turns({"work": work}, times, warming_up=1)["work"])


def decisions_row(name: str, found: list[dict], effort: Effort, *moto: Any) -> Row:
    """Reading the request is in it. The floor is moto's evaluator, which knows no conditions."""
    policies = read_policies({"identity": found})
    asked = [
        {"principal": USER, "action": action, "resource": arn, "context": CONTEXT}
        for action, arn in REQUESTS
    ]

    def decide() -> None:
        for row in asked:
            policies.decide(read_request(row))

    def decide_by_moto() -> None:
        for action, arn in REQUESTS:
            for policy in moto:
                policy.is_action_permitted(action, arn)

    works = {"ours": decide} | ({"moto": decide_by_moto} if moto else {})
    taken = in_turns(works, effort.times(100))
    each = {who: statistics.median(one) * 1000 / len(REQUESTS) for who, one in taken.items()}
    note = "the floor is moto" if moto else ""
    return Row(
        f"decide, 10 statements, {name}", each["ours"], "µs CPU", each.get("moto"), note=note
    )


def moto_policies() -> list[Any]:
    """None where moto is not installed (requirements-bench.txt)."""
    policy_class = moto_class()
    found = documents(conditions=False) if policy_class else []
    return [policy_class({"policy_document": json.dumps(one)}) for one in found]


def moto_class() -> Any:
    try:
        from moto.iam.access_control import IAMPolicy
    except ImportError:
        return None
    return IAMPolicy


def right_rows() -> Iterator[Row]:
    """On the sample rows where identity policies alone are in play; ours are all right, as
    tests/labs/grading/iam holds."""
    policy_class = moto_class()
    if policy_class is None:
        return
    found = [row for row in samples("iam-decisions.jsonl") if has_identity_alone(row["policies"])]
    right = sum(moto_is_right(policy_class, row) for row in found)
    yield Row("sample decisions that are right", len(found), "", right, note="the floor is moto")


def has_identity_alone(policies: dict[str, object]) -> bool:
    return bool(policies["identity"]) and not any(
        value for key, value in policies.items() if key != "identity"
    )


def moto_is_right(policy_class: Any, row: dict[str, Any]) -> bool:
    request = row["request"]
    try:
        answers = {
            policy_class({"policy_document": json.dumps(policy)})
            .is_action_permitted(request["action"], request["resource"])
            .name
            for policy in row["policies"]["identity"]
        }
    except Exception:  # an evaluator that fails has not answered
        return False
    is_allowed = "DENIED" not in answers and "PERMITTED" in answers
    return is_allowed == (row["expected"] == "Allowed")


def side(found: list[dict]) -> list[Layer]:
    return [Layer("policy", tuple(compile_document(document, "policy") for document in found))]


def comparison_rows(effort: Effort) -> Iterator[Row]:
    for name, prefix, few in (("lab pairs", "lab", 1), ("random pairs", "fuzz", 0.3)):
        pairs = [row for row in samples("iam-pairs.jsonl") if row["id"].startswith(prefix)]
        taken = [median_cpu(comparison(row), effort.times(few)) for row in pairs]
        note = f"{len(pairs)} of them, p95 {share(taken, 0.95):.1f}, worst {max(taken):.0f} ms"
        yield Row(f"compare {name}", statistics.median(taken), "ms CPU", note=note)


def comparison(row: dict[str, Any]) -> Callable[[], object]:
    return lambda: compare(side(row["expected"]), side(row["learner"]), environment=row["env"])


def import_row(effort: Effort) -> Row:
    code = (
        "import time; s=time.process_time(); import labs.grading.iam.rows; "
        "print((time.process_time()-s)*1000)"
    )
    taken = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(effort.times(3))
    ]
    return Row("import the policy engine", statistics.median(taken), "ms CPU")


def hostile_row(effort: Effort) -> Row:
    """None of them may make it fail, or take long."""
    texts = [hostile_document(seed) for seed in range(effort.times(2_000))]
    taken = [
        cpu_ms(lambda text=text, seed=seed: lint_text(text, POLICY_TYPES[seed % len(POLICY_TYPES)]))
        for seed, text in enumerate(texts)
    ]
    note = f"{len(texts):,} of them, the worst {max(taken):.0f} ms"
    return Row("lint a hostile document", statistics.median(taken), "ms CPU", note=note)
