"""A few AWS managed policies, shortened to what courses talk about. Source:
AWS Managed Policy Reference."""

from __future__ import annotations

from typing import Any


def _allow(*actions: str, resource: str = "*") -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}


PREFIX = "arn:aws:iam::aws:policy/"
MANAGED: dict[str, list[dict[str, Any]]] = {
    "AdministratorAccess": [_allow("*")],
    "PowerUserAccess": [
        {
            "Effect": "Allow",
            "NotAction": ["iam:*", "organizations:*", "account:*"],
            "Resource": "*",
        },
        _allow(
            "account:GetAccountInformation",
            "account:GetPrimaryEmail",
            "account:ListRegions",
            "iam:CreateServiceLinkedRole",
            "iam:DeleteServiceLinkedRole",
            "iam:ListRoles",
            "organizations:DescribeOrganization",
        ),
    ],
    "IAMFullAccess": [_allow("iam:*")],
    "IAMReadOnlyAccess": [
        _allow(
            "iam:GenerateCredentialReport",
            "iam:GenerateServiceLastAccessedDetails",
            "iam:Get*",
            "iam:List*",
            "iam:SimulateCustomPolicy",
            "iam:SimulatePrincipalPolicy",
        )
    ],
    "IAMUserChangePassword": [
        _allow("iam:ChangePassword", resource="arn:aws:iam::*:user/${aws:username}"),
        _allow("iam:GetAccountPasswordPolicy"),
    ],
    "AmazonS3FullAccess": [_allow("s3:*", "s3-object-lambda:*")],
    "AmazonS3ReadOnlyAccess": [
        _allow(
            "s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"
        )
    ],
    "AmazonEC2FullAccess": [
        _allow("ec2:*", "elasticloadbalancing:*", "cloudwatch:*", "autoscaling:*")
    ],
    "AmazonEC2ReadOnlyAccess": [
        _allow(
            "ec2:Describe*",
            "ec2:GetSecurityGroupsForVpc",
            "elasticloadbalancing:Describe*",
            "cloudwatch:ListMetrics",
            "cloudwatch:GetMetricStatistics",
            "cloudwatch:Describe*",
            "autoscaling:Describe*",
        )
    ],
    "AmazonDynamoDBReadOnlyAccess": [
        _allow(
            "dynamodb:BatchGetItem",
            "dynamodb:Describe*",
            "dynamodb:Get*",
            "dynamodb:List*",
            "dynamodb:Query",
        )
    ],
    "AWSLambda_ReadOnlyAccess": [_allow("lambda:Get*", "lambda:List*")],
    "CloudWatchReadOnlyAccess": [
        _allow("cloudwatch:Get*", "cloudwatch:List*", "cloudwatch:Describe*", "logs:Get*")
    ],
    "job-function/Billing": [_allow("billing:*", "budgets:*", "ce:*", "cur:*")],
}


def managed_document(name: str) -> dict[str, Any] | None:
    """The document of an AWS managed policy, by ARN or by plain name."""
    statements = MANAGED.get(name.removeprefix(PREFIX))
    return {"Version": "2012-10-17", "Statement": statements} if statements is not None else None
