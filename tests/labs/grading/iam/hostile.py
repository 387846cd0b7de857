"""Documents that nobody should write, made from a seed: wrong types, deep nesting, huge lists,
odd Unicode, hostile globs."""

from __future__ import annotations

import json
from random import Random

KEYS = [
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
    "AWS",
    "Service",
    "StringEquals",
    "StringLike",
    "ArnLike",
    "IpAddress",
    "DateLessThan",
    "Bool",
    "Null",
    "NumericEquals",
    "ForAllValues:StringLike",
    "ForAnyValue:StringNotEquals",
    "aws:TagKeys",
    "aws:SourceIp",
    "s3:prefix",
    "aws:MultiFactorAuthPresent",
    "effect",
    "__class__",
]
TEXTS = (
    "Allow",
    "Deny",
    "allow",
    "2012-10-17",
    "2008-10-17",
    "*",
    "s3:GetObject",
    "s3:*",
    "S3:getobjet",
    "*:*",
    "iam:PassRole",
    "ec2:Describe*",
    "s*:*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/${aws:username}/*",
    "arn:aws:iam::123456789012:root",
    "arn::::::::::",
    "arn:aws:*",
    "arn:aws:sqs:*:123456789012:q-?",
    "${aws:username}",
    "${",
    "${}",
    "${*}${?}${$}",
    "${aws:PrincipalTag/x, 'y'}",
    "10.0.0.0/8",
    "999.1.1.1/99",
    "::/0",
    "2026-13-45T99:99:99Z",
    "2026-01-01",
    "1e309",
    "true",
    "",
    " ",
    "\u202e\u0000",
    "é💥\u2028",
    "\ud800",
    "ı".upper() + "ß",
    "*?" * 2000,
    "*a" * 2000,
    "a" * 5000,
    ":" * 500,
    "arn:aws:s3:::" + "*?" * 1000,
    "s3:" + "*b" * 500,
    "${a" * 500,
)
SCALARS = (None, True, False, 0, -1, 1.5, 10**30, 1e300)


def value(random, depth):
    kind = random.random()
    if depth <= 0 or kind < 0.45:
        return random.choice(TEXTS) if random.random() < 0.8 else random.choice(SCALARS)
    if kind < 0.7:
        return [value(random, depth - 1) for _ in range(random.randrange(4))]
    return {random.choice(KEYS): value(random, depth - 1) for _ in range(random.randrange(5))}


def statement(random):
    """Mostly the shape of a statement, so that the later rules are reached as well."""
    found = {
        "Effect": random.choice(("Allow", "Deny", "allow", 3)),
        random.choice(("Action", "NotAction", "Actions")): texts(random),
        random.choice(("Resource", "NotResource", "Principal")): texts(random),
    }
    if random.random() < 0.5:
        found["Condition"] = {
            random.choice(KEYS[14:]): {random.choice(KEYS[23:]): texts(random)}
            for _ in range(random.randrange(3))
        }
    return found if random.random() < 0.9 else value(random, 3)


def texts(random):
    if random.random() < 0.1:
        return value(random, 2)
    if random.random() < 0.02:
        return [random.choice(TEXTS[:40]) for _ in range(2000)]
    return [random.choice(TEXTS) for _ in range(random.randrange(4))]


def document(seed):
    random = Random(seed)
    kind = random.randrange(20)
    if kind == 0:
        return "[" * random.randrange(5000) + "]" * random.randrange(5000)
    if kind == 1:
        return '{"a":' * random.randrange(5000)
    if kind == 2:
        return "".join(
            random.choice('{}[]",:\\ \n0eE+-.tfn\x00\ud800') for _ in range(random.randrange(200))
        )
    if kind == 3:
        return json.dumps(value(random, 6))
    text = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [statement(random) for _ in range(random.randrange(5))],
        }
    )
    if kind == 4:
        place = random.randrange(len(text))
        return text[:place] + random.choice('{}[]",:x\x00') + text[place + random.randrange(3) :]
    return text
