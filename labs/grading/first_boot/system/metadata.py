"""The instance metadata service, version 2: a session begins with a token.

*Use the Instance Metadata Service to access instance metadata* (EC2 User Guide): PUT
`/latest/api/token` with `X-aws-ec2-metadata-token-ttl-seconds` (1 to 21,600) gives the token, which
every request then carries in `X-aws-ec2-metadata-token`; a token that is missing or wrong is 401,
what is not there 404. Images of Amazon Linux 2023 ask for version 2 (*AL2023 User Guide: IMDSv2*).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.first_boot.system.identity import Identity

HOST = "169.254.169.254"
TOKEN = "AQAAAPkTq3mZkV0example0token0pWQ=="  # noqa: S105  # an example, and no secret
DOCUMENT = "latest/dynamic/instance-identity/document"
TOKEN_PATH, ROOT = "latest/api/token", "latest/meta-data"
TTL, CARRIED = "x-aws-ec2-metadata-token-ttl-seconds", "x-aws-ec2-metadata-token"
LONGEST = 21_600  # seconds


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    text: str


def metadata(identity: Identity) -> Mapping[str, str]:
    return {
        "ami-id": "ami-0a1b2c3d4e5f60718",
        "hostname": identity.host_name,
        "instance-id": identity.instance_id,
        "instance-type": "t3.micro",
        "local-hostname": identity.host_name,
        "local-ipv4": identity.address,
        "placement/availability-zone": identity.zone,
        "placement/region": identity.region,
    }


def answer(identity: Identity, method: str, path: str, headers: Mapping[str, str]) -> Reply:
    """`headers` by names in small letters."""
    path = path.strip("/")
    if path == TOKEN_PATH:
        return token(method, headers.get(TTL, ""))
    if headers.get(CARRIED) != TOKEN:
        return Reply(401, error_page("401 - Unauthorized"))
    known = metadata(identity)
    if method != "GET":
        return Reply(405, error_page("405 - Method Not Allowed"))
    if path == DOCUMENT:
        return Reply(200, document(identity))
    if path in known_below(ROOT, known):
        return Reply(200, known_below(ROOT, known)[path])
    if path == ROOT:
        return Reply(200, "\n".join(dict.fromkeys(one.split("/")[0] for one in known)))
    return Reply(404, error_page("404 - Not Found"))


def document(identity: Identity) -> str:
    """*Instance identity documents* (EC2 User Guide)."""
    known = {
        "accountId": "111122223333",
        "architecture": "x86_64",
        "availabilityZone": identity.zone,
        "imageId": "ami-0a1b2c3d4e5f60718",
        "instanceId": identity.instance_id,
        "instanceType": "t3.micro",
        "privateIp": identity.address,
        "region": identity.region,
        "version": "2017-09-30",
    }
    return json.dumps(known, indent=2)


def token(method: str, seconds: str) -> Reply:
    if method != "PUT":
        return Reply(405, error_page("405 - Method Not Allowed"))
    if not (seconds.isascii() and seconds.isdigit() and 1 <= int(seconds[:9]) <= LONGEST):
        return Reply(400, error_page("400 - Bad Request"))
    return Reply(200, TOKEN)


def known_below(root: str, known: Mapping[str, str]) -> dict[str, str]:
    return {f"{root}/{name}": value for name, value in known.items()}


def error_page(title: str) -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
