"""The keys that AWS sends with every request, with values that fit it.

A scenario that says nothing of them still has them: a Deny unless `aws:SecureTransport` is true
does not hit a request over HTTPS. Source: IAM User Guide, "AWS global condition context keys"
(Availability).
"""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.iam.aws.regions import endpoint_of
from labs.grading.iam.decision.requests import Request, Value

REGION = "eu-central-1"
ADDRESS = "198.51.100.7"
ENDPOINT_KEYS = ("aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip")
USER_IDS = {
    "user": "AIDACKCEVSQ6C2EXAMPLE",
    "role": "AROADBQP57FF2AEXAMPLE:session",
    "session": "AROADBQP57FF2AEXAMPLE:session",
}
SENT: Mapping[str, str] = {
    "aws:currenttime": "2026-06-01T12:00:00Z",
    "aws:epochtime": "1780315200",
    "aws:securetransport": "true",
    "aws:useragent": "aws-cli/2.15.0",
    "aws:viaawsservice": "false",
}


def with_sent_keys(request: Request) -> Request:
    """The request itself, with what it does not say but AWS would send."""
    for key, value in sent_keys(request).items():
        request.context.setdefault(key, value)
    return request


def sent_keys(request: Request) -> dict[str, Value]:
    parts = request.parts if len(request.parts) == 6 else [""] * 6
    service = request.action.partition(":")[0]
    keys: dict[str, Value] = dict(SENT)
    keys["aws:requestedregion"] = parts[3] or endpoint_of(service, parts[1] or "aws") or REGION
    keys |= owner_keys(service, request.resource_account or "")
    if request.caller.account:
        keys["aws:userid"] = USER_IDS.get(request.caller.kind, request.caller.account)
    if not any(key in request.context for key in ENDPOINT_KEYS):
        keys["aws:sourceip"] = ADDRESS
    keep_one_time(keys, request.context)
    if "aws:calledvia" in request.context:
        keys["aws:viaawsservice"] = "true"
    return keys


def owner_keys(service: str, owner: str) -> dict[str, Value]:
    """S3 says it in a key of its own as well."""
    names = ("aws:resourceaccount", "s3:resourceaccount")[: 1 + (service == "s3")]
    return dict.fromkeys(names, owner) if owner else {}


def keep_one_time(keys: dict[str, Value], told: Mapping[str, object]) -> None:
    """Where a scenario says when it is, the other key of the time would contradict it."""
    for name, other in (("aws:currenttime", "aws:epochtime"), ("aws:epochtime", "aws:currenttime")):
        if name in told:
            keys.pop(other)
