"""An ARN taken apart.

Source: IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”: six parts with
colons between them, and three forms of the last one: `name`, `type/name`, `type:name`. Which form
it is, is the service's to say (Service Authorization Reference, “Resource types”).
"""

from __future__ import annotations

import re

PARTITION = re.compile(r"aws(-[a-z]+)*")
ACCOUNT = re.compile(r"\d{12}|aws|")
# What their resources begin with is a name, or a word that the account chooses
WITHOUT_TYPE = {
    *("aws-marketplace", "codecommit", "codepipeline", "eventsbilltoaws", "execute-api"),
    *("mapcredits", "mediaconnect", "neptune-db", "servicequotas", "sns", "sqs", "ssm-sap"),
    "wafv2",
}
TYPE = re.compile(r"(?P<type>[A-Za-z][A-Za-z0-9_-]*)[/:](?P<name>.+)", re.DOTALL)


def read_arn(text: str) -> dict[str, str]:
    """partition, service, region, account, type, name; "" where a part is empty. ValueError: no
    ARN."""
    parts = text.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn" or not parts[5]:
        raise ValueError(f"{text!r} is no ARN: six parts, the first is “arn”")
    _arn, partition, service, region, account, resource = parts
    if not (PARTITION.fullmatch(partition) and service and ACCOUNT.fullmatch(account)):
        raise ValueError(f"{text!r} is no ARN: partition, service or account")
    is_bucket = service == "s3" and not region and not account  # or what is in it
    found = None if is_bucket or service in WITHOUT_TYPE else TYPE.fullmatch(resource)
    return {
        "partition": partition,
        "service": service,
        "region": region,
        "account": account,
        "type": found["type"] if found else "",
        "name": found["name"] if found else resource,
    }
