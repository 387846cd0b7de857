""" "Did you mean": the nearest existing name, service prefix first,
then within that service only."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache

from labs.grading.iam.aws import catalogue
from labs.grading.said import say

LONGEST_NAME = 80
MOST_HINTS = 8
FAMILIAR_SERVICES = (
    "s3",
    "ec2",
    "iam",
    "lambda",
    "dynamodb",
    "sqs",
    "sns",
    "sts",
    "logs",
    "ecs",
    "ecr",
    "kms",
)

PREFIX_ALIASES = {
    "alb": "elasticloadbalancing",
    "apigw": "apigateway",
    "asg": "autoscaling",
    "cloudwatchlogs": "logs",
    "cloudwatch-logs": "logs",
    "cognito": "cognito-idp",
    "ebs": "ec2",
    "efs": "elasticfilesystem",
    "elb": "elasticloadbalancing",
    "elbv2": "elasticloadbalancing",
    "eventbridge": "events",
    "parameterstore": "ssm",
    "secretmanager": "secretsmanager",
    "stepfunctions": "states",
    "systemsmanager": "ssm",
    "vpc": "ec2",
}
# API calls that are allowed by an action of another name (S3: "Actions, resources,
# and condition keys for Amazon S3").
API_CALLS: dict[str, tuple[str, ...]] = {
    "s3:listobjects": ("s3:ListBucket",),
    "s3:listobjectsv2": ("s3:ListBucket",),
    "s3:headbucket": ("s3:ListBucket",),
    "s3:headobject": ("s3:GetObject",),
    "s3:listbuckets": ("s3:ListAllMyBuckets",),
    "s3:deleteobjects": ("s3:DeleteObject",),
    "s3:copyobject": ("s3:GetObject", "s3:PutObject"),
    "s3:createmultipartupload": ("s3:PutObject",),
    "s3:completemultipartupload": ("s3:PutObject",),
    "s3:uploadpart": ("s3:PutObject",),
    "s3:uploadpartcopy": ("s3:GetObject", "s3:PutObject"),
    "s3:listmultipartuploads": ("s3:ListBucketMultipartUploads",),
    "s3:listparts": ("s3:ListMultipartUploadParts",),
    "s3:listobjectversions": ("s3:ListBucketVersions",),
    "s3:getbucketencryption": ("s3:GetEncryptionConfiguration",),
    "s3:putbucketencryption": ("s3:PutEncryptionConfiguration",),
    "s3:getbucketlifecycle": ("s3:GetLifecycleConfiguration",),
    "s3:putbucketlifecycle": ("s3:PutLifecycleConfiguration",),
    "s3:getbucketlifecycleconfiguration": ("s3:GetLifecycleConfiguration",),
    "s3:putbucketlifecycleconfiguration": ("s3:PutLifecycleConfiguration",),
    "s3:getbucketreplication": ("s3:GetReplicationConfiguration",),
    "s3:putbucketreplication": ("s3:PutReplicationConfiguration",),
    "s3:deletebucketlifecycle": ("s3:PutLifecycleConfiguration",),
    "lambda:invoke": ("lambda:InvokeFunction",),
}
SERVICE_PRINCIPALS = tuple(
    f"{name}.amazonaws.com"
    for name in [
        "apigateway",
        "autoscaling",
        "backup",
        "batch",
        "cloudformation",
        "cloudfront",
        "cloudtrail",
        "cloudwatch",
        "codebuild",
        "codedeploy",
        "codepipeline",
        "config",
        "dynamodb",
        "ec2",
        "ecr",
        "ecs",
        "ecs-tasks",
        "edgelambda",
        "eks",
        "eks-fargate-pods",
        "elasticbeanstalk",
        "elasticfilesystem",
        "elasticloadbalancing",
        "elasticmapreduce",
        "events",
        "firehose",
        "glue",
        "guardduty",
        "iot",
        "kinesis",
        "kms",
        "lambda",
        "logs",
        "logging.s3",
        "monitoring",
        "opensearchservice",
        "pipes",
        "rds",
        "redshift",
        "route53",
        "s3",
        "sagemaker",
        "scheduler",
        "secretsmanager",
        "securityhub",
        "ses",
        "sns",
        "spotfleet",
        "sqs",
        "ssm",
        "states",
        "storagegateway",
        "transfer",
        "vpc-flow-logs",
        "delivery.logs",
        "application-autoscaling",
        "pods.eks",
        "replication.dynamodb",
        "access-analyzer",
        "appflow",
        "batchoperations.s3",
        "bedrock",
        "budgets",
        "chatbot",
        "cloudwatch-crossaccount",
        "codestar-notifications",
        "cognito-idp",
        "connect",
        "costalerts",
        "datapipeline",
        "datasync",
        "dax",
        "delivery.iot",
        "dms",
        "ds",
        "ecs.application-autoscaling",
        "eks-nodegroup",
        "email",
        "export.rds",
        "fms",
        "globalaccelerator",
        "grafana",
        "guardduty-malware-protection",
        "inspector2",
        "internal.kafkaconnect",
        "kafkaconnect",
        "kinesisanalytics",
        "lakeformation",
        "lex",
        "lexv2",
        "logdelivery",
        "logger.cloudfront",
        "maintenance.elasticache",
        "malware-protection-plan.guardduty",
        "mediaconvert",
        "mediapackage",
        "member.org.stacksets.cloudformation",
        "monitoring.rds",
        "mq",
        "omics",
        "ops.apigateway",
        "opsworks",
        "organizations",
        "osis-pipelines",
        "s3-outposts",
        "purchaseorders",
        "qbusiness",
        "quicksight",
        "ram",
        "redshift-serverless",
        "rekognition",
        "resource-explorer-2",
        "rolesanywhere",
        "route53resolver",
        "serverlessrepo",
        "servicecatalog",
        "servicediscovery",
        "signer",
        "spot",
        "ssm-incidents",
        "sso",
        "stacksets.cloudformation",
        "support",
        "swf",
        "synthetics",
        "textract",
        "timestream",
        "trustedadvisor",
        "vmie",
        "vpc-lattice",
        "workspaces",
        "xray",
    ]
)


@lru_cache(maxsize=512)
def nearest(name: str, known: tuple[str, ...]) -> str | None:
    """The closest of the known names, letter case ignored; None when none is close."""
    if len(name) > LONGEST_NAME:
        return None
    by_lower = {candidate.lower(): candidate for candidate in known}
    found = get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def nearest_service(prefix: str) -> str | None:
    alias = PREFIX_ALIASES.get(prefix.lower())
    return alias or nearest(prefix, tuple(sorted(catalogue.service_prefixes())))


def nearest_action(text: str) -> str | None:
    """An existing action for a misspelt one: the service is corrected first."""
    prefix, _, name = text.partition(":")
    service = (
        prefix.lower()
        if prefix.lower() in catalogue.service_prefixes()
        else nearest_service(prefix)
    )
    if service is None:
        return None
    known = tuple(
        action.name.partition(":")[2] for action in catalogue.actions_of(service).values()
    )
    found = nearest(name, known)
    return f"{service}:{found}" if found else None


def with_service(name: str) -> str | None:
    """For a name without a service: the action of a familiar service that has this name."""
    for service in FAMILIAR_SERVICES:
        action = catalogue.find_action(f"{service}:{name}")
        if action:
            return action.name
    return None


class Hints:
    """Suggestions for one document: after the first few nobody reads them,
    and each costs some milliseconds."""

    def __init__(self, left: int = MOST_HINTS) -> None:
        self.left = left

    def words(self, find: Callable[..., str | None], *arguments: object) -> str:
        """ " Did you mean …?", or nothing."""
        self.left -= 1
        found = find(*arguments) if self.left >= 0 else None
        return say(" Did you mean {name}?", name=found) if found else ""
