"""Random rows in the shape of the sample decisions: few names, so that much matches."""

from __future__ import annotations

from random import Random

ACCOUNT, OTHER = "123456789012", "210987654321"
BOB, EVE = f"arn:aws:iam::{ACCOUNT}:user/bob", f"arn:aws:iam::{ACCOUNT}:user/eve"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/R/sess"
PRINCIPALS = (BOB, BOB, SESSION, SESSION, BOB.replace(ACCOUNT, OTHER))
ACTIONS = (
    "*",
    "s3:*",
    "s3:Get*",
    "s3:getobject",
    "S3:?utObject",
    "s3:*Object",
    "ec2:*",
    "sqs:SendMessage",
    "s3:List*",
)
RESOURCES = (
    "*",
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b*",
    "arn:aws:s3:::*/x?",
    "arn:aws:s3:::b/home/${aws:username}/*",
    "arn:aws:s3:::b/${aws:PrincipalTag/t, 'none'}/*",
    "arn:aws:s3:::b/${*}",
    "arn:aws:sqs:eu-*:*:q",
    "arn:aws:ec2:*:*:instance/*",
    "arn:aws:s3",
    "arn:aws:sqs:*:q",
)
TARGETS = (
    ("s3:GetObject", "arn:aws:s3:::b/home/bob/f"),
    ("s3:GetObject", "arn:aws:s3:::b/x1"),
    ("s3:PutObject", "arn:aws:s3:::b/none/f"),
    ("s3:PutObject", "arn:aws:s3:::b/*"),
    ("s3:ListBucket", "arn:aws:s3:::b"),
    ("sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q"),
    ("ec2:StartInstances", f"arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/i-1"),
)
ARNS = (
    "arn:aws:s3:::b",
    "arn:aws:sns:eu-west-1:1:t:u",
    "arn:aws:sns:*:1:t*",
    "arn:aws:s3:::?",
    "arn:aws:sns:*:u",
    "t:u",
)
KEYS = {
    "s3:prefix": (
        "String",
        (
            "",
            "a",
            "A",
            "home/bob/x",
            "a*",
            "home/${aws:username}/*",
            "${aws:PrincipalTag/t}",
            "a${*}",
        ),
    ),
    "aws:PrincipalTag/t": ("String", ("a", "b", "B", "ab", "?", "*b")),
    "aws:TagKeys": ("Set", ("a", "b", "B", "c", "a*")),
    "s3:max-keys": ("Numeric", ("5", "10", "10.0", "100", "-1", "ten")),
    "aws:CurrentTime": (
        "Date",
        (
            "2026-01-01T00:00:00Z",
            "2026-01-01",
            "1767225600",
            "2025-12-31T23:59:59Z",
            "2027-06-01",
            "soon",
        ),
    ),
    "aws:MultiFactorAuthPresent": ("Bool", ("true", "false", "True")),
    "aws:SourceIp": (
        "Ip",
        ("10.0.0.0/8", "10.1.1.1", "203.0.113.0/24", "2001:db8::/32", "2001:DB8::1", "home"),
    ),
    "aws:SourceArn": ("Arn", ARNS),
}
GIVEN = {
    "s3:prefix": ("", "a", "A", "home/bob/x", "a*", "ab", "a"),
    "aws:PrincipalTag/t": ("a", "b", "B", "none", ""),
    "aws:TagKeys": (["a"], ["a", "b"], ["b", "c"], [], ["B"], "a"),
    "s3:max-keys": ("5", "10", "7", "1000", "many"),
    "aws:CurrentTime": (
        "2026-01-01T00:00:00Z",
        "2025-12-31T23:59:59Z",
        "1767225600",
        "2026-06-01T00:00:00+02:00",
        "today",
    ),
    "aws:MultiFactorAuthPresent": ("true", "false"),
    "aws:SourceIp": ("10.1.1.1", "203.0.113.9", "8.8.8.8", "2001:db8::1", "here"),
    "aws:SourceArn": (
        "arn:aws:s3:::b",
        "arn:aws:sns:eu-west-1:1:t:u",
        "arn:aws:sns:eu-west-1:1:u",
        "u",
    ),
}
ORDERED = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
STRINGS = ("Equals", "NotEquals", "Like", "NotLike", "EqualsIgnoreCase", "NotEqualsIgnoreCase")
OPERATORS = {
    "String": tuple(f"String{name}" for name in STRINGS),
    "Set": (
        *(f"{which}:String{name}" for which in ("ForAllValues", "ForAnyValue") for name in STRINGS),
        "StringEquals",
        "StringNotLike",
    ),
    "Numeric": tuple(f"Numeric{name}" for name in ORDERED),
    "Date": tuple(f"Date{name}" for name in ORDERED),
    "Bool": ("Bool",),
    "Ip": ("IpAddress", "NotIpAddress"),
    "Arn": ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringLike", "StringNotEquals"),
}
FULL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


def some(random: Random, values):
    found = random.sample(values, random.choice((1, 1, 2)))
    return found[0] if len(found) == 1 and random.random() < 0.7 else found


def condition(random: Random):
    blocks = {}
    for _ in range(random.choice((1, 1, 2))):
        key = random.choice(list(KEYS))
        family, values = KEYS[key]
        operator = random.choice(OPERATORS[family]) + random.choice(("", "", "IfExists"))
        wanted = some(random, values)
        if random.random() < 0.15:
            quantifier = random.choice(("", "", "", "ForAllValues:", "ForAnyValue:"))
            operator, wanted = f"{quantifier}Null", random.choice(("true", "false"))
        blocks.setdefault(operator, {})[random.choice((key, key, key.upper()))] = wanted
    return blocks


def statement(random: Random, principals=False):
    found = {"Effect": random.choice(("Allow", "Allow", "Allow", "Deny"))}
    found[random.choice(("Action", "Action", "Action", "NotAction"))] = some(random, ACTIONS)
    found[random.choice(("Resource", "Resource", "Resource", "NotResource"))] = some(
        random, RESOURCES
    )
    if random.random() < 0.45:
        found["Condition"] = condition(random)
    if principals:
        names = [
            BOB,
            SESSION,
            EVE,
            f"arn:aws:iam::{ACCOUNT}:role/R",
            ACCOUNT,
            f"arn:aws:iam::{OTHER}:root",
            "*",
        ]
        named = {"AWS": some(random, names)}
        deny = found["Effect"] == "Deny" and random.random() < 0.2 and named != {"AWS": "*"}
        found["NotPrincipal" if deny else "Principal"] = (
            named if random.random() < 0.8 or deny else "*"
        )
        if random.random() < 0.05:  # AWS would refuse it
            found.pop("Principal", None)
    return found


def document(random: Random, principals=False):
    statements = [statement(random, principals) for _ in range(random.choice((1, 2, 3)))]
    return {
        "Version": random.choice(("2012-10-17",) * 5 + ("2008-10-17",)),
        "Statement": statements,
    }


def documents(random: Random, chance: float):
    """A list in play with this chance; where it is, mostly something that allows."""
    if random.random() > chance:
        return []
    return [FULL, document(random)] if random.random() < 0.5 else [document(random)]


def row(seed: int):
    random = Random(seed)
    action, resource = random.choice(TARGETS)
    levels = [
        {"target": name, "policies": documents(random, 1)}
        for name in ("root", "ou")[: random.choice((0, 0, 1, 2))]
    ]
    policies = {
        "identity": documents(random, 0.9),
        "resource": document(random, principals=True) if random.random() < 0.5 else None,
        "scp": levels,
        "rcp": [],
        "boundary": documents(random, 0.25),
        "session": document(random) if random.random() < 0.15 else None,
        "endpoint": documents(random, 0.1)[:1],
    }
    if policies["boundary"] and policies["resource"]:
        for found in policies["resource"]["Statement"]:
            # The guide: with a boundary it denies everybody; that has a test of its own
            if "NotPrincipal" in found:
                found["Principal"] = found.pop("NotPrincipal")
    context = {key: random.choice(values) for key, values in GIVEN.items() if random.random() < 0.6}
    principal = random.choice(PRINCIPALS)
    if ":user/" in principal:
        context["aws:username"] = principal.rpartition("/")[2]
    request = {
        "principal": principal,
        "action": action,
        "resource": resource,
        "resource_account": ACCOUNT,
    }
    return {"id": f"seed {seed}", "policies": policies, "request": {**request, "context": context}}
