"""Names that real ARNs carry: partitions and regions."""

from __future__ import annotations

REGIONS = [
    "eu-central-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-central-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-7",
    "ap-south-1",
    "ap-south-2",
    "ap-east-1",
    "ap-east-2",
    "ca-central-1",
    "ca-west-1",
    "sa-east-1",
    "me-south-1",
    "me-central-1",
    "af-south-1",
    "il-central-1",
    "mx-central-1",
]
PARTITIONS = ("aws", "aws-cn", "aws-us-gov")
OTHER_PARTITIONS = {
    "aws-cn": ("cn-north-1", "cn-northwest-1"),
    "aws-us-gov": ("us-gov-west-1", "us-gov-east-1"),
}


def regions_of(partition: str) -> tuple[str, ...]:
    return OTHER_PARTITIONS.get(partition, tuple(REGIONS))


# Services with one endpoint for all Regions, which stands in the partition's first Region
# (global-condition-keys page, aws:RequestedRegion: "some global services, such as IAM, have a
# single endpoint"). Global Accelerator's is in Oregon.
GLOBAL_SERVICES = frozenset(
    (
        "account",
        "artifact",
        "budgets",
        "ce",
        "cloudfront",
        "cur",
        "health",
        "iam",
        "organizations",
        "route53",
        "route53domains",
        "shield",
        "support",
        "waf",
    )
)


def endpoint_of(service: str, partition: str) -> str:
    """The Region of the only endpoint of a global service; empty for all others."""
    if service == "globalaccelerator":
        return "us-west-2"
    if service not in GLOBAL_SERVICES:
        return ""
    return "us-east-1" if partition == "aws" else regions_of(partition)[0]
