"""Examples of the guide “AWS Regions and Availability Zones” and names that look like them."""

from __future__ import annotations

import pytest

from labs.grading.names.places import read_place


@pytest.mark.parametrize(
    ("name", "kind", "region"),
    [
        ("us-east-1", "region", "us-east-1"),
        ("eu-west-2", "region", "eu-west-2"),
        ("ap-southeast-2", "region", "ap-southeast-2"),
        ("us-gov-west-1", "region", "us-gov-west-1"),
        ("eusc-de-east-1", "region", "eusc-de-east-1"),
        ("mx-central-1", "region", "mx-central-1"),
        ("us-east-1a", "zone", "us-east-1"),
        ("eu-west-2c", "zone", "eu-west-2"),
        ("use1-az1", "zone-id", "us-east-1"),
        ("apne1-az4", "zone-id", "ap-northeast-1"),
        ("euw2-az2", "zone-id", "eu-west-2"),
        ("us-west-2-lax-1a", "local-zone", "us-west-2"),
    ],
)
def test_a_name_of_aws_says_what_it_is(name: str, kind: str, region: str) -> None:
    assert read_place(name) == {"kind": kind, "region": region}


@pytest.mark.parametrize(
    "name",
    ["us-east1", "europe-west2", "us-central1", "us-east-1-a", "us-east", "us-east-", "London", "",
     "US-EAST-1", "us-east-1aa", "us_east_1", "east-us-1", "xxe1-az1", "us-east-0", "us-east-1\n"],
)  # fmt: skip
def test_other_names_are_neither(name: str) -> None:
    assert read_place(name) == {"kind": "neither", "region": ""}
