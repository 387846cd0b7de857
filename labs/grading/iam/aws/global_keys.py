"""Condition keys that AWS sends for every service: type and a real-looking value.

Source: IAM User Guide, "AWS global condition context keys". Keys of single services come from
`catalogue`.
"""

from __future__ import annotations

from labs.grading.iam.aws import catalogue

NAMES = {
    "String": "aws:CalledViaFirst aws:CalledViaLast aws:PrincipalAccount aws:PrincipalOrgID "
    "aws:PrincipalServiceName "
    "aws:PrincipalType aws:RequestedRegion aws:ResourceAccount aws:ResourceOrgID "
    "aws:SourceAccount "
    "aws:SourceIdentity aws:SourceOrgID aws:SourceVpc aws:SourceVpce aws:Referer "
    "aws:SourceOwner aws:UserAgent aws:UserId "
    "aws:Username aws:FederatedProvider aws:VpceAccount aws:VpceOrgID aws:Ec2InstanceSourceVpc",
    "ArrayOfString": "aws:CalledVia aws:PrincipalOrgPaths aws:PrincipalServiceNamesList "
    "aws:TagKeys "
    "aws:ResourceOrgPaths aws:SourceOrgPaths aws:VpceOrgPaths",
    "Bool": "aws:MultiFactorAuthPresent aws:SecureTransport aws:ViaAWSService "
    "aws:PrincipalIsAWSService "
    "aws:AssumedRoot",
    "Numeric": "aws:MultiFactorAuthAge",
    "Date": "aws:CurrentTime aws:EpochTime aws:TokenIssueTime",
    "IPAddress": "aws:SourceIp aws:VpcSourceIp aws:Ec2InstanceSourcePrivateIPv4",
    "ARN": "aws:PrincipalArn aws:SourceArn aws:SourceVpcArn aws:ChatbotSourceArn "
    "aws:SignInSessionArn ec2:SourceInstanceArn lambda:SourceFunctionArn "
    "ssm:SourceInstanceArn",
}
GLOBAL_KEYS: dict[str, str] = {
    name: kind for kind, names in NAMES.items() for name in names.lower().split()
}
AS_AWS_WRITES = {name.lower(): name for names in NAMES.values() for name in names.split()}
PREFIXES = ("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/")


def key_type(key: str) -> str:
    """String, Bool, Numeric, Date, IPAddress, ARN, one of them behind `ArrayOf`,
    or "" for an unknown key."""
    lowered = key.lower()
    if lowered in GLOBAL_KEYS:
        return GLOBAL_KEYS[lowered]
    if lowered.startswith(PREFIXES):
        return "String"
    table = catalogue.condition_keys_of(lowered.partition(":")[0])
    if lowered in table:
        return table[lowered]
    stem = lowered.rpartition("/")[0]
    return next(
        (
            kind
            for name, kind in table.items()
            if (stem and name.startswith((stem + "/${", stem + "/<"))) or fills(lowered, name)
        ),
        "",
    )


def fills(key: str, name: str) -> bool:
    """`kms:EncryptionContext:project` is one of `kms:EncryptionContext:${EncryptionContextKey}`."""
    beginning, mark, _ = name.partition(":${")
    return bool(mark) and key.startswith(f"{beginning}:")
