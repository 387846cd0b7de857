"""Somebody from outside: who holds nothing that a policy names, and may choose everything else.

An outsider has an account of its own, another organization, other VPCs and endpoints, addresses
that no narrow block holds, and lets AWS's services ask for its own resources. What it can choose
freely counts for nothing: user agent, referer, tags of its own users, MFA, time, an external id.

Sources: Amazon S3 User Guide, "The meaning of 'public'" (fixed values; blocks wider than /8, or /32
for IPv6, are public; aws:userid with a wildcard is); IAM User Guide, "Access Analyzer custom policy
checks" (CheckNoPublicAccess).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from labs.grading.iam.comparison.requesters import Requester, requesters_for
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language import operands
from labs.grading.iam.language.arns import SEGMENTS, arn_parts
from labs.grading.iam.language.documents import ConditionEntry, Statement
from labs.grading.iam.language.operators import read_operator
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.iam.language.principals import Grant, is_account_id, read_caller

ACCOUNTS = frozenset(
    (
        "aws:principalaccount",
        "aws:sourceaccount",
        "aws:sourceowner",
        "aws:vpceaccount",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
    )
)
ARNS = frozenset(
    (
        "aws:principalarn",
        "aws:sourcearn",
        "aws:sourcevpcarn",
        "aws:federatedprovider",
        "aws:chatbotsourcearn",
        "aws:signinsessionarn",
        "ec2:sourceinstancearn",
        "lambda:sourcefunctionarn",
        "s3:dataaccesspointarn",
        "ssm:sourceinstancearn",
    )
)
ORGANIZATIONS = frozenset(("aws:principalorgid", "aws:sourceorgid", "aws:vpceorgid"))
PATHS = frozenset(("aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths"))
IDS = frozenset(
    (
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:ec2instancesourcevpc",
        "aws:userid",
        "aws:principalservicename",
    )
)
# True only inside the VPC of the file system (Amazon EFS User Guide, "Blocking public access")
INSIDE = "elasticfilesystem:accessedviamounttarget"
# The caller's own: they come from the one who is asked about
OF_THE_CALLER = frozenset(("aws:principalaccount", "aws:principalarn"))
ADDRESS = "aws:sourceip"
NARROW = {4: 24, 6: 96}  # bits of address behind a /8, a /32
WILD = re.compile(r"[*?]|\$\{")
STRANGERS = ("999999999999", "888888888888", "777777777777")
KINDS = ("user/stranger", "role/stranger", "root")

Block = dict[str, dict[str, list[str]]]


class Outsider:
    """Whoever holds nothing that these policies name."""

    def __init__(self, policies: Sequence[CompiledPolicy]) -> None:
        self.policies = policies
        statements = [found.statement for policy in policies for found in policy.statements]
        self.entries = [entry for found in statements for entry in found.conditions]
        self.named = {name for found in statements for name in names_in(found)}
        self.accounts = set(accounts_in(self.named, self.entries))
        self.organizations = set(organizations_in(self.entries))

    def requesters(self) -> list[Requester]:
        """One of each sort whom the policies tell apart."""
        account = next(name for name in STRANGERS if name not in self.accounts)
        own = [f"arn:aws:iam::{account}:{kind}" for kind in KINDS]
        found = requesters_for(own, [*self.policies, self.limit()])
        return [one for one in found if self.is_outside(one)]

    def is_outside(self, requester: Requester) -> bool:
        caller = requester.caller
        if caller is None or requester.own or requester.least is not Grant.ACCOUNT:
            return False
        if caller.kind == "federated" or caller.text in self.named - {"*"}:
            return False
        return caller.account not in self.accounts

    def limit(self) -> CompiledPolicy:
        """Everything, but with nothing in hand that the policies name."""
        statement: dict[str, object] = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "*",
            "Resource": "*",
        }
        conditions = self.conditions()
        if conditions:
            statement["Condition"] = conditions
        document = {"Version": "2012-10-17", "Statement": [statement]}
        return CompiledPolicy(read_policy(document), "an outsider")

    def conditions(self) -> Block:
        keys = dict.fromkeys(entry.key.lower() for entry in self.entries)
        block: Block = {}
        for key in keys:
            operator, values = self.held(key)
            if values:
                block.setdefault(operator, {})[key] = sorted(values)
        return block

    def held(self, key: str) -> tuple[str, Iterable[str]]:
        """What an outsider's value of this key is not."""
        if key in OF_THE_CALLER:
            return "", ()
        if key in ACCOUNTS:
            return "StringNotEquals", self.accounts
        if key in ARNS:
            accounts = {f"arn:*:*:*:{account}:*" for account in self.accounts}
            return "StringNotLike", accounts | set(self.constants(key))
        if key in ORGANIZATIONS:
            return "StringNotEquals", self.organizations
        if key in PATHS:
            return "ForAllValues:StringNotLike", {f"{name}/*" for name in self.organizations}
        if key in IDS:
            return "StringNotEquals", set(self.constants(key))
        if key == INSIDE:
            return "BoolIfExists", ("false",)
        if key == ADDRESS:
            return "NotIpAddress", set(narrow_blocks(self.entries))
        return "", ()

    def constants(self, key: str) -> Iterator[str]:
        for entry in self.entries:
            if entry.key.lower() == key:
                yield from (text for text in entry.values if is_fixed(entry, text))


def names_in(statement: Statement) -> Iterator[str]:
    for names in (statement.principals or {}).values():
        yield from names


def is_fixed(entry: ConditionEntry, text: str) -> bool:
    """Does this value stand for itself alone? With StringEquals also one that has a star."""
    found = read_operator(entry.operator)
    if found is None or "${" in text:
        return False
    literal = found.family == "string" and not found.name.endswith("Like")
    return (literal and "*" not in text) or not WILD.search(text)


def accounts_in(named: Iterable[str], entries: Iterable[ConditionEntry]) -> Iterator[str]:
    for name in named:
        account = read_caller(name).account
        if account:
            yield account
    for entry in entries:
        if entry.key.lower() in ACCOUNTS | ARNS:
            for text in entry.values:
                parts = arn_parts(text)
                account = parts[4] if len(parts) == SEGMENTS else text
                if is_account_id(account):
                    yield account


def organizations_in(entries: Iterable[ConditionEntry]) -> Iterator[str]:
    for entry in entries:
        if entry.key.lower() in ORGANIZATIONS | PATHS:
            for text in entry.values:
                name = text.partition("/")[0]
                if not WILD.search(name):
                    yield name


def narrow_blocks(entries: Iterable[ConditionEntry]) -> Iterator[str]:
    for entry in entries:
        for text in entry.values if entry.key.lower() == ADDRESS else ():
            block = operands.network(text)
            if block and (block[2] - block[1]).bit_length() <= NARROW[block[0]]:
                yield text
