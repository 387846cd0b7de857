"""What the values of condition keys look like: real-looking samples, and whether AWS could send a
text as the value of a key.

Source: IAM User Guide, "AWS global condition context keys" (the value type of each key) and "IAM
identifiers".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from labs.grading.iam.aws.global_keys import key_type
from labs.grading.iam.aws.regions import OTHER_PARTITIONS, REGIONS
from labs.grading.iam.language import operands
from labs.grading.iam.language.arns import SEGMENTS, arn_parts
from labs.grading.iam.language.principals import is_account_id, read_caller

ACCOUNTS = ("444455556666", "777788889999", "123123123123", "321321321321")
PLAIN = ("other", "another", "example", "x7")
ORGANIZATIONS = ("o-a1b2c3d4e5", "o-f6g7h8i9j0", "o-k1l2m3n4o5")
PRINCIPALS = ("user", "role", "root", "federated-user")
ACCOUNT_KEYS = frozenset(
    f"aws:{name}account" for name in ("principal", "resource", "source", "vpce")
) | {"s3:resourceaccount", "kms:calleraccount"}
SAMPLES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(ACCOUNT_KEYS, ACCOUNTS),
    **{f"aws:{name}orgid": ORGANIZATIONS for name in ("principal", "resource", "source", "vpce")},
    "aws:principalarn": tuple(f"arn:aws:iam::{account}:role/other" for account in ACCOUNTS[:2]),
    "aws:principaltype": ("User", "AssumedRole", "Account", "FederatedUser"),
    "aws:requestedregion": tuple(REGIONS),
    "aws:sourcevpc": ("vpc-0fedcba9876543210", "vpc-0a1b2c3d4e5f67890"),
    "aws:sourcevpce": ("vpce-0fedcba9876543210", "vpce-0a1b2c3d4e5f67890"),
    "aws:useragent": ("aws-cli/2.15.0", "Boto3/1.34.0"),
    "aws:userid": ("AIDACKCEVSQ6C2EXAMPLE", "AROADBQP57FF2AEXAMPLE:example", "AIDAOTHER2EXAMPLE"),
    "ec2:region": tuple(REGIONS),
    "iam:passedtoservice": ("ec2.amazonaws.com", "lambda.amazonaws.com", "ecs.amazonaws.com"),
    "s3:prefix": ("other/", "another/", "example"),
}
OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "Bool": ("true", "false"),
    "Numeric": ("10",),
    "Date": ("2026-01-01T00:00:00Z",),
    "IPAddress": ("198.51.100.7", "2001:db8::7"),
    "ARN": ("arn:aws:sns:eu-west-1:111122223333:other", "arn:aws:s3:::another-example"),
}


def samples_of(key: str) -> tuple[str, ...]:
    """Values of a key (in lower case), likely ones first."""
    return SAMPLES.get(key) or OF_TYPE.get(single_type(key)) or PLAIN


def is_value(key: str, text: str) -> bool:
    """Could AWS send this text as (one of) the value(s) of the key?"""
    test = TESTS_OF_KEYS.get(key) or TESTS_OF_TYPES.get(single_type(key))
    return test is None or test(text)


def single_type(key: str) -> str:
    return key_type(key).removeprefix("ArrayOf")


def is_arn(text: str) -> bool:
    parts = arn_parts(text)
    return len(parts) == SEGMENTS and parts[0] == "arn" and all((parts[1], parts[2], parts[5]))


def is_principal_arn(text: str) -> bool:
    """What aws:PrincipalArn can say: a user, a role, a federated user or the account's root. For a
    session it is the role's ARN."""
    if not is_arn(text) or read_caller(text).kind not in PRINCIPALS:
        return False
    resource = arn_parts(text)[5]
    service = "sts" if resource.startswith("federated-user/") else "iam"
    named = resource == "root" or bool(resource.rpartition("/")[2])
    return arn_parts(text)[2:4] == [service, ""] and named


def is_region(text: str) -> bool:
    return text in REGIONS or any(text in found for found in OTHER_PARTITIONS.values())


TESTS_OF_TYPES: Mapping[str, Callable[[str], bool]] = {
    "Bool": lambda text: text in ("true", "false"),
    "Numeric": lambda text: operands.number(text) is not None,
    "Date": lambda text: operands.moment(text) is not None,
    "IPAddress": lambda text: operands.address(text) is not None,
    "ARN": is_arn,
}
TESTS_OF_KEYS: Mapping[str, Callable[[str], bool]] = {
    **dict.fromkeys(ACCOUNT_KEYS, is_account_id),
    "aws:principalarn": is_principal_arn,
    "aws:principaltype": lambda text: text in SAMPLES["aws:principaltype"],
    "aws:requestedregion": is_region,
    "ec2:region": is_region,
}
