"""Examples of the page “Identify AWS resources with Amazon Resource Names (ARNs)”."""

from __future__ import annotations

import pytest

from labs.grading.names.arns import read_arn

PARTS = ("partition", "service", "region", "account", "type", "name")


@pytest.mark.parametrize(
    ("arn", "parts"),
    [
        (
            "arn:aws:iam::123456789012:user/johndoe",
            ("aws", "iam", "", "123456789012", "user", "johndoe"),
        ),
        (
            "arn:aws:sns:us-east-1:123456789012:example-sns-topic-name",
            ("aws", "sns", "us-east-1", "123456789012", "", "example-sns-topic-name"),
        ),
        (
            "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0e9801d129EXAMPLE",
            ("aws", "ec2", "us-east-1", "123456789012", "vpc", "vpc-0e9801d129EXAMPLE"),
        ),
        (
            "arn:aws:iam::123456789012:user/Development/product_1234/Ana",
            ("aws", "iam", "", "123456789012", "user", "Development/product_1234/Ana"),
        ),
        (
            "arn:aws:s3:::amzn-s3-demo-bucket/Development/a:b",
            ("aws", "s3", "", "", "", "amzn-s3-demo-bucket/Development/a:b"),
        ),
        (
            "arn:aws-cn:lambda:cn-north-1:123456789012:function:resize",
            ("aws-cn", "lambda", "cn-north-1", "123456789012", "function", "resize"),
        ),
        (
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            ("aws", "iam", "", "aws", "policy", "ReadOnlyAccess"),
        ),
        ("arn:aws:iam::123456789012:root", ("aws", "iam", "", "123456789012", "", "root")),
    ],
)  # fmt: skip
def test_an_arn_is_taken_apart(arn: str, parts: tuple[str, ...]) -> None:
    assert read_arn(arn) == dict(zip(PARTS, parts, strict=True))


@pytest.mark.parametrize(
    "arn",
    ["", "arn:aws:s3::reports", "arn:aws:s3:::", "urn:a:b:c:d:e", "arn:gcp:s3:::x", "arn:aws::::x",
     "arn:aws:iam::12345:user/ana"],
)  # fmt: skip
def test_what_is_no_arn_is_refused(arn: str) -> None:
    with pytest.raises(ValueError, match="no ARN"):
        read_arn(arn)
