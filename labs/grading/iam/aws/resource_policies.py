"""Services whose resources carry policies of their own, so that a principal of another account can
be let in.

Source: IAM User Guide, "AWS services that work with IAM", column "Resource-based policies" (yes or
partial), and "How IAM roles differ from resource-based policies". For `sts` the resource is the
role with its trust policy.
"""

from __future__ import annotations

RESOURCE_POLICY_SERVICES = frozenset(
    [
        "acm-pca",
        "aoss",
        "apigateway",
        "backup",
        "bedrock",
        "cleanrooms-ml",
        "cloudtrail",
        "codeartifact",
        "codebuild",
        "comprehend",
        "dynamodb",
        "ecr",
        "ecr-public",
        "elasticfilesystem",
        "entityresolution",
        "es",
        "events",
        "execute-api",
        "glacier",
        "glue",
        "kafka",
        "kinesis",
        "kms",
        "lambda",
        "lex",
        "logs",
        "mediastore",
        "mpa",
        "network-firewall",
        "oam",
        "organizations",
        "osis",
        "payment-cryptography",
        "redshift",
        "redshift-serverless",
        "refactor-spaces",
        "rekognition",
        "resource-explorer-2",
        "s3",
        "s3-object-lambda",
        "s3-outposts",
        "s3express",
        "s3tables",
        "s3vectors",
        "sagemaker",
        "schemas",
        "secretsmanager",
        "serverlessrepo",
        "ses",
        "signer",
        "sms-voice",
        "sns",
        "sqs",
        "ssm",
        "ssm-contacts",
        "ssm-incidents",
        "sts",
        "vpc-lattice",
        "vpc-lattice-svcs",
        "xray",
    ]
)


def has_resource_policies(service: str) -> bool:
    return service in RESOURCE_POLICY_SERVICES
