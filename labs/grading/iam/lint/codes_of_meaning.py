"""The codes of what is valid and does something else than it seems to: actions, statements,
conditions."""

from __future__ import annotations

from labs.grading.iam.lint.sections import (
    ADDRESSES,
    GUIDELINES,
    MFA,
    PERMISSIONS,
    ROLES,
    STRUCTURE,
)
from labs.grading.kind import Code

ACTIONS: dict[str, Code] = {
    "iam.not-an-action": Code(
        "An API call, not an IAM action",
        "Some API calls are allowed by an action of another name.",
        STRUCTURE,
    ),
    "iam.unknown-action": Code(
        "No such action",
        "No service knows this action: it allows and denies nothing. The prefix names the service, "
        "the rest one of its actions.",
        STRUCTURE,
    ),
    "iam.object-action-on-bucket": Code(
        "Object action on the bucket",
        "Objects have ARNs of their own: arn:aws:s3:::bucket/*. The bucket's ARN does not include "
        "them.",
        "s3-bucket",
    ),
    "iam.bucket-action-on-object": Code(
        "Bucket action on objects",
        "Listing acts on the bucket itself, arn:aws:s3:::bucket; limit folders with the key "
        "s3:prefix.",
        "s3-bucket",
    ),
    "iam.arn-never-matches": Code(
        "Action and ARN never meet",
        "The action does not act on such a resource, so the pair never matches.",
        STRUCTURE,
    ),
    "iam.half-matches": Code(
        "Only one of the two S3 ARNs",
        "Bucket actions need arn:aws:s3:::bucket, object actions arn:aws:s3:::bucket/*.",
        "s3-bucket",
    ),
    "iam.needs-star": Code(
        "Action takes no ARN",
        'The action works on no particular resource: only "*" matches.',
        STRUCTURE,
    ),
    "iam.redundant-action": Code(
        "Action said twice",
        "Another one of the list covers it.",
        STRUCTURE,
    ),
    "iam.redundant-resource": Code(
        "Resource said twice",
        "Another one of the list covers it.",
        STRUCTURE,
    ),
    "iam.redundant-statement": Code(
        "Statement said twice",
        "Another statement covers it.",
        STRUCTURE,
    ),
}

MEANING: dict[str, Code] = {
    "iam.full-access": Code(
        "Everything is allowed", 'Action "*" on Resource "*" is full administration.', GUIDELINES
    ),
    "iam.not-with-allow": Code(
        "Allow with a Not-element",
        "Allow with NotAction, NotResource or NotPrincipal grants everything else.",
        PERMISSIONS,
    ),
    "iam.public": Code(
        "Open to everybody",
        'Principal "*" without a condition includes people without an account.',
        PERMISSIONS,
    ),
    "iam.pass-role": Code(
        "Any role can be passed",
        "iam:PassRole on * lets people hand any role, also an administrator's, to a service.",
        ROLES,
    ),
    "iam.any-resource": Code(
        "Every resource of a kind",
        "The actions accept ARNs: name the resources that are meant.",
        PERMISSIONS,
    ),
    "iam.allow-denied": Code(
        "An Allow that a Deny always beats",
        "Order does not matter: a Deny wins over every Allow.",
        STRUCTURE,
    ),
    "iam.locks-out": Code(
        "A Deny locks out everybody",
        "A Deny on everything without a condition leaves nothing to allow.",
        STRUCTURE,
    ),
    "iam.service-linked-role": Code(
        "Service-linked roles for every service",
        "Each of these roles lets a service act in the account.",
        ROLES,
    ),
    "iam.confused-deputy": Code(
        "A service that asks for others",
        "aws:SourceArn and aws:SourceAccount say for whom a service asks.",
        ROLES,
    ),
    "iam.provider-subject": Code(
        "Anybody whom the provider knows",
        "The claim sub says who the token is for; with a shared provider it must be tested.",
        ROLES,
    ),
    "iam.provider-audience": Code(
        "A token for any application",
        "The claim aud says which application the token was made for.",
        ROLES,
    ),
    "iam.rcp-services": Code(
        "A border that AWS's services hit",
        "Services belong to no organization and often need to be let through.",
        PERMISSIONS,
    ),
}

CONDITIONS: dict[str, Code] = {
    "iam.wildcard-in-equals": Code(
        "Wildcard that is not one",
        "StringEquals takes * and ? literally; StringLike knows wildcards.",
        STRUCTURE,
    ),
    "iam.mfa-bool": Code(
        "Requests without MFA information slip through",
        "With access keys aws:MultiFactorAuthPresent is absent: in a Deny use BoolIfExists.",
        MFA,
    ),
    "iam.negated-in-deny": Code(
        "The Deny also hits requests without the key",
        "A negated operator is true when the key is absent.",
        STRUCTURE,
    ),
    "iam.if-exists-in-allow": Code(
        "Requests without the key are let through",
        "An …IfExists condition is true when the key is absent.",
        STRUCTURE,
    ),
    "iam.for-all-values": Code(
        "ForAllValues is true for nothing",
        "With no values at all, ForAllValues holds: add a Null check.",
        STRUCTURE,
    ),
    "iam.set-operator": Code(
        "Set operator and key do not fit",
        "ForAllValues and ForAnyValue are for keys with several values, and such keys need one of "
        "them.",
        STRUCTURE,
    ),
    "iam.private-ip": Code(
        "Private address",
        "aws:SourceIp is a public address as AWS sees it; private ranges never match.",
        ADDRESSES,
    ),
    "iam.key-never-sent": Code(
        "A key that the action never sends", "The condition can never see this key.", STRUCTURE
    ),
    "iam.unknown-key": Code(
        "No such condition key", "No service knows this condition key.", STRUCTURE
    ),
    "iam.variable-version": Code(
        "Variable without the version that knows it",
        'Policy variables need "Version": "2012-10-17".',
        STRUCTURE,
    ),
    "iam.variable-place": Code(
        "Variable in front of the resource part",
        "A policy variable may stand only after an ARN's fifth colon.",
        STRUCTURE,
    ),
    "iam.operator-type": Code(
        "Operator and key do not fit",
        "Each key has a type, and operators compare one type.",
        STRUCTURE,
    ),
    "iam.never-true": Code(
        "Conditions that exclude each other",
        "All keys and all operators of a statement must hold together; for either-or write two "
        "statements.",
        STRUCTURE,
    ),
    "iam.value-form": Code(
        "Value that never matches",
        "Dates are ISO 8601 or epoch seconds, addresses are CIDR, Bool is true or false.",
        STRUCTURE,
    ),
    "iam.replaced-key": Code(
        "Old name of a condition key",
        "AWS has replaced this key.",
        STRUCTURE,
    ),
    "iam.tag-key": Code(
        "Tag condition without the tag's name",
        "The tag's name is a part of the key.",
        STRUCTURE,
    ),
    "iam.tag-support": Code(
        "Tags that the service does not tell",
        "Not every service supports conditions on tags.",
        STRUCTURE,
    ),
    "iam.irrelevant-key": Code(
        "A key that no such request carries",
        "Some keys come with services' requests alone.",
        STRUCTURE,
    ),
    "iam.string-for-arn": Code(
        "Text operator for an ARN",
        "ArnLike keeps wildcards within the parts of an ARN.",
        STRUCTURE,
    ),
    "iam.id-form": Code(
        "Not such an id",
        "Ids of accounts, organizations, VPCs and endpoints have fixed forms.",
        STRUCTURE,
    ),
    "iam.both-booleans": Code(
        "True and false together",
        "A condition that both values satisfy tests nothing.",
        STRUCTURE,
    ),
    "iam.null-quantifier": Code(
        "Set operator with a single test",
        "Null and Bool test one thing.",
        STRUCTURE,
    ),
    "iam.null-instead": Code(
        "A presence test in disguise",
        "Null asks whether a key is there.",
        STRUCTURE,
    ),
    "iam.ip-range": Code(
        "Block that begins earlier",
        "Bits behind the mask do not count.",
        STRUCTURE,
    ),
    "iam.audience-type": Code(
        "Audience that may be a list",
        "ForAllValues is true of nothing.",
        ROLES,
    ),
    "iam.paired-keys": Code(
        "A key without its other half",
        "Some keys say something only beside another one.",
        STRUCTURE,
    ),
    "iam.redundant-value": Code(
        "Value said twice",
        "Another value covers it.",
        STRUCTURE,
    ),
    "iam.service-keys": Code(
        "A key that services do not send",
        "A service is no person: it has no name, no MFA and no organization.",
        STRUCTURE,
    ),
    "iam.missing-for-key": Code(
        "A key without its action",
        "Session tags and the source identity are handed over by actions of their own.",
        ROLES,
    ),
}
