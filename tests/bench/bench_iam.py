"""What the policy engine costs: `python -m tests.bench.bench_iam` prints figures (CPU time),
it asserts nothing.

moto's evaluator is measured beside ours in the same run where it is installed
(requirements-bench.txt).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from labs.grading.iam.comparison.comparison import compare
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.language.documents import POLICY_TYPES
from labs.grading.iam.lint.linter import lint_text
from labs.grading.iam.policy_rows import compile_document, read_policies, read_request
from tests.labs.grading.iam.hostile import document as hostile_document
from tests.labs.grading.iam.samples import rows

USER = "arn:aws:iam::123456789012:user/bob"
HOSTILE = 20_000

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


def cpu(work: Callable[[], object], times: int = 5) -> float:
    """The median CPU time of several runs, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


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


def bench_decisions(*, conditions: bool) -> None:
    policies = read_policies({"identity": documents(conditions=conditions)})
    rows_in = [
        {"principal": USER, "action": action, "resource": arn, "context": CONTEXT}
        for action, arn in REQUESTS
    ]
    requests = [read_request(row) for row in rows_in]
    name = "conditions, variables, set operators" if conditions else "plain"
    repeats = 500
    ready = cpu(lambda: [policies.decide(request) for _ in range(repeats) for request in requests])
    whole = cpu(
        lambda: [policies.decide(read_request(row)) for _ in range(repeats) for row in rows_in]
    )
    number = repeats * len(requests)
    print(
        f"decide, 3 policies with 10 statements, {name}: {number / ready * 1000:,.0f}/s;", end=" "
    )
    print(f"with reading the request: {number / whole * 1000:,.0f}/s")


def bench_moto() -> None:
    try:
        from moto.iam.access_control import IAMPolicy
    except ImportError:
        print("moto: not installed (pip install -r requirements-bench.txt)")
        return
    policies = [
        IAMPolicy({"policy_document": json.dumps(found)}) for found in documents(conditions=False)
    ]

    def decide(action: str, arn: str) -> bool:
        answers = [policy.is_action_permitted(action, arn) for policy in policies]
        return any(answer.name == "PERMITTED" for answer in answers)

    taken = cpu(lambda: [decide(*request) for _ in range(100) for request in REQUESTS])
    print(
        "moto, the same plain policies (it evaluates no conditions): "
        f"{100 * len(REQUESTS) / taken * 1000:,.0f}/s"
    )
    bench_moto_rightness(IAMPolicy)


def bench_moto_rightness(policy_class: Callable) -> None:
    """On the sample rows where identity policies alone are in play."""
    asked = right = 0
    for row in rows("iam-decisions.jsonl"):
        found = row["policies"]
        if not found["identity"] or any(value for key, value in found.items() if key != "identity"):
            continue
        asked += 1
        try:
            answers = {
                policy_class({"policy_document": json.dumps(policy)})
                .is_action_permitted(row["request"]["action"], row["request"]["resource"])
                .name
                for policy in found["identity"]
            }
        except Exception:  # an evaluator that fails has not answered
            continue
        allowed = "DENIED" not in answers and "PERMITTED" in answers
        right += allowed == (row["expected"] == "Allowed")
    print(f"moto, sample rows with identity policies alone: {right} of {asked} right (ours: all)")


def side(found: list[dict]) -> list[Layer]:
    return [Layer("policy", tuple(compile_document(document, "policy") for document in found))]


def bench_comparison() -> None:
    pairs = rows("iam-pairs.jsonl")

    def work(row: dict) -> Callable[[], object]:
        return lambda: compare(side(row["expected"]), side(row["learner"]), environment=row["env"])

    cold = [cpu(work(row), 1) for row in pairs]
    for name, prefix in (("lab pairs", "lab"), ("random pairs", "fuzz"), ("all pairs", "")):
        warm = sorted(cpu(work(row), 3) for row in pairs if row["id"].startswith(prefix))
        first = sorted(
            taken for taken, row in zip(cold, pairs, strict=True) if row["id"].startswith(prefix)
        )
        p95 = round(0.95 * (len(warm) - 1))
        print(
            f"compare, {len(warm)} {name}: median {statistics.median(warm):.1f} ms, p95 "
            f"{warm[p95]:.1f}, "
            f"worst {warm[-1]:.1f}; first time, service data included: p95 {first[p95]:.1f}, worst "
            f"{first[-1]:.1f}"
        )


def bench_import() -> None:
    code = (
        "import time; s=time.process_time(); import labs.grading.iam.rows; "
        "print((time.process_time()-s)*1000)"
    )
    taken = [
        float(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, check=True, env=os.environ
            ).stdout
        )
        for _ in range(7)
    ]
    print(f"import of the whole engine: {statistics.median(taken):.0f} ms")


def bench_hostile() -> None:
    taken = []
    for seed in range(HOSTILE):
        text = hostile_document(seed)
        start = time.process_time()
        lint_text(text, POLICY_TYPES[seed % len(POLICY_TYPES)])
        taken.append((time.process_time() - start) * 1000)
    print(
        f"{HOSTILE:,} hostile documents: median {statistics.median(taken):.2f} ms, worst "
        f"{max(taken):.0f} ms, no exception"
    )


if __name__ == "__main__":
    bench_import()
    bench_decisions(conditions=False)
    bench_decisions(conditions=True)
    bench_moto()
    bench_comparison()
    bench_hostile()
