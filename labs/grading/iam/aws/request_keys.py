"""Which condition keys a request carries: always, sometimes or never, and for whom.

Sources: IAM User Guide, "AWS global condition context keys" (the section "Availability" of each
key) and "Keys available for AWS OIDC federation"; for the keys of a service the Service
Authorization Reference, which lists them by action and resource type.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.global_keys import GLOBAL_KEYS, PREFIXES, fills


class Presence(Enum):
    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"


# Of every request, whoever makes it.
ALWAYS = frozenset(
    name.lower()
    for name in (
        "aws:CurrentTime",
        "aws:EpochTime",
        "aws:RequestedRegion",
        "aws:ResourceAccount",
        "aws:SecureTransport",
        "aws:UserAgent",
        "aws:ViaAWSService",
    )
)
# Of every request that an IAM identity has signed.
ALWAYS_SIGNED = frozenset(
    name.lower()
    for name in (
        "aws:PrincipalAccount",
        "aws:PrincipalArn",
        "aws:PrincipalIsAWSService",
        "aws:PrincipalType",
        "aws:userid",
    )
)
# Said of identities alone: not of anonymous callers, AWS services and identity providers.
OF_IDENTITIES = frozenset(
    name.lower()
    for name in (
        "aws:AssumedRoot",
        "aws:ChatbotSourceArn",
        "aws:Ec2InstanceSourcePrivateIPv4",
        "aws:Ec2InstanceSourceVpc",
        "aws:FederatedProvider",
        "aws:MultiFactorAuthAge",
        "aws:MultiFactorAuthPresent",
        "aws:PrincipalAccount",
        "aws:PrincipalArn",
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalType",
        "aws:SignInSessionArn",
        "aws:SourceIdentity",
        "aws:TokenIssueTime",
        "aws:username",
    )
)
# Only where one of AWS's services asks for itself, on behalf of a resource or an account.
OF_SERVICES = frozenset(
    name.lower()
    for name in (
        "aws:PrincipalServiceName",
        "aws:PrincipalServiceNamesList",
        "aws:SourceAccount",
        "aws:SourceArn",
        "aws:SourceOrgID",
        "aws:SourceOrgPaths",
    )
)
# What an identity provider says about whom it vouches for comes with the provider's own name.
CLAIMS_ALWAYS = frozenset(("aud", "sub"))
TAG = ":resourcetag/"
MAY_BE_EMPTY = frozenset(("s3:prefix", "s3:delimiter"))


def presence(key: str, kind: str = "identity", provider: str = "") -> Presence:
    """Of a key in lower case. `kind` of caller: identity (user, role, session, root), service,
    federated or anonymous; `provider`: the name that a federated caller's keys begin with."""
    if key in ALWAYS:
        return Presence.ALWAYS
    if key in GLOBAL_KEYS or key.startswith(PREFIXES):
        return of_caller(key, kind)
    if is_listed(key):
        return Presence.SOMETIMES
    prefix, _, name = key.rpartition(":")
    if prefix == "aws":
        return Presence.NEVER  # no such key
    return of_provider(prefix, name, provider if kind == "federated" else "")


def of_caller(key: str, kind: str) -> Presence:
    if key in OF_SERVICES:
        return Presence.SOMETIMES if kind == "service" else Presence.NEVER
    if key in OF_IDENTITIES or key.startswith("aws:principaltag/"):
        if kind != "identity":
            return Presence.NEVER
        return Presence.ALWAYS if key in ALWAYS_SIGNED else Presence.SOMETIMES
    if key in ALWAYS_SIGNED:
        return Presence.NEVER if kind == "anonymous" else Presence.ALWAYS
    return Presence.SOMETIMES


def of_provider(prefix: str, name: str, provider: str) -> Presence:
    """`token.actions.githubusercontent.com:sub`, `saml:aud`."""
    if prefix != provider:
        return Presence.NEVER
    return Presence.ALWAYS if name in CLAIMS_ALWAYS else Presence.SOMETIMES


def provider_of(caller: str) -> str:
    """The name that the keys of an identity provider begin with."""
    if ":saml-provider/" in caller:
        return "saml"
    return caller.partition(":oidc-provider/")[2] or caller


@lru_cache(maxsize=16384)
def is_carried(action: str, key: str, shape: str = "") -> bool:
    """Can a request for this action (a real one, in lower case) carry this key? Keys of all
    services can come with any; those of a service only with the actions and resource types that
    list them. `shape`: the ARN template of the resource, if that is known."""
    if not is_listed(key):
        return True
    if TAG in key:  # another name of aws:ResourceTag, which comes with any
        return action.startswith(f"{key.partition(TAG)[0]}:")
    stem, slash, _ = key.partition("/")
    return any(
        sent == key or (slash and sent.startswith((f"{stem}/$", f"{stem}/<"))) or fills(key, sent)
        for sent in catalogue.condition_keys_sent(action, shape)
    )


def is_listed(key: str) -> bool:
    """A key of a single service, which only some actions carry."""
    prefix = key.partition(":")[0]
    return prefix != "aws" and prefix in catalogue.service_prefixes() and key not in GLOBAL_KEYS
