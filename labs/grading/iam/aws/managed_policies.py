"""A few AWS managed policies, shortened to what courses talk about. Source:
AWS Managed Policy Reference."""

from __future__ import annotations


def allow(*actions: str, resource: str = "*") -> dict[str, object]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}


PREFIX = "arn:aws:iam::aws:policy/"
MANAGED: dict[str, list[dict[str, object]]] = {
    "AdministratorAccess": [allow("*")],
    "PowerUserAccess": [
        {
            "Effect": "Allow",
            "NotAction": ["iam:*", "organizations:*", "account:*"],
            "Resource": "*",
        },
        allow(
            "account:GetAccountInformation",
            "account:GetPrimaryEmail",
            "account:ListRegions",
            "iam:CreateServiceLinkedRole",
            "iam:DeleteServiceLinkedRole",
            "iam:ListRoles",
            "organizations:DescribeOrganization",
        ),
    ],
    "IAMFullAccess": [allow("iam:*")],
    "IAMReadOnlyAccess": [
        allow(
            "iam:GenerateCredentialReport",
            "iam:GenerateServiceLastAccessedDetails",
            "iam:Get*",
            "iam:List*",
            "iam:SimulateCustomPolicy",
            "iam:SimulatePrincipalPolicy",
        )
    ],
    "IAMUserChangePassword": [
        allow("iam:ChangePassword", resource="arn:aws:iam::*:user/${aws:username}"),
        allow("iam:GetAccountPasswordPolicy"),
    ],
    "AmazonS3FullAccess": [allow("s3:*", "s3-object-lambda:*")],
    "AmazonS3ReadOnlyAccess": [
        allow(
            "s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"
        )
    ],
    "AmazonEC2FullAccess": [
        allow("ec2:*", "elasticloadbalancing:*", "cloudwatch:*", "autoscaling:*")
    ],
    "AmazonEC2ReadOnlyAccess": [
        allow(
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
        allow(
            "dynamodb:BatchGetItem",
            "dynamodb:Describe*",
            "dynamodb:Get*",
            "dynamodb:List*",
            "dynamodb:Query",
        )
    ],
    "AWSLambda_ReadOnlyAccess": [allow("lambda:Get*", "lambda:List*")],
    "CloudWatchReadOnlyAccess": [
        allow("cloudwatch:Get*", "cloudwatch:List*", "cloudwatch:Describe*", "logs:Get*")
    ],
    "job-function/Billing": [allow("billing:*", "budgets:*", "ce:*", "cur:*")],
}


def managed_document(name: str) -> dict[str, object] | None:
    """The document of an AWS managed policy, by ARN or by plain name."""
    statements = MANAGED.get(name.removeprefix(PREFIX))
    return {"Version": "2012-10-17", "Statement": statements} if statements is not None else None
