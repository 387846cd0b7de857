"""The codes of what is valid and does something else than it seems to: actions, statements,
conditions."""

from __future__ import annotations

from labs.grading.iam.lint.sections import (
    ABSENT,
    BUCKETS,
    CIDR,
    DECISION,
    DEPUTY,
    KEYS,
    NAMES,
    PASSING,
    RESOURCES,
    TRUST,
)
from labs.grading.kind import Code
from labs.grading.said import say

ACTIONS: dict[str, Code] = {
    "iam.not-an-action": Code(
        say("An API call, not an IAM action"),
        say("Some API calls are allowed by an action of another name."),
        NAMES,
    ),
    "iam.unknown-action": Code(
        say("No such action"),
        say(
            "No service knows this action: it allows and denies nothing. The prefix names the "
            "service, the rest one of its actions."
        ),
        NAMES,
    ),
    "iam.object-action-on-bucket": Code(
        say("Object action on the bucket"),
        say(
            "Objects have ARNs of their own: arn:aws:s3:::bucket/*. The bucket's ARN does not "
            "include them."
        ),
        BUCKETS,
    ),
    "iam.bucket-action-on-object": Code(
        say("Bucket action on objects"),
        say(
            "Listing acts on the bucket itself, arn:aws:s3:::bucket; limit folders with the key "
            "s3:prefix."
        ),
        BUCKETS,
    ),
    "iam.arn-never-matches": Code(
        say("Action and ARN never meet"),
        say("The action does not act on such a resource, so the pair never matches."),
        NAMES,
    ),
    "iam.half-matches": Code(
        say("Only one of the two S3 ARNs"),
        say("Bucket actions need arn:aws:s3:::bucket, object actions arn:aws:s3:::bucket/*."),
        BUCKETS,
    ),
    "iam.needs-star": Code(
        say("Action takes no ARN"),
        say('The action works on no particular resource: only "*" matches.'),
        NAMES,
    ),
    "iam.redundant-action": Code(
        say("Action said twice"),
        say("Another one of the list covers it."),
        NAMES,
    ),
    "iam.redundant-resource": Code(
        say("Resource said twice"),
        say("Another one of the list covers it."),
        NAMES,
    ),
    "iam.redundant-statement": Code(
        say("Statement said twice"),
        say("Another statement covers it."),
        DECISION,
    ),
}

MEANING: dict[str, Code] = {
    "iam.full-access": Code(
        say("Everything is allowed"),
        say('Action "*" on Resource "*" is full administration.'),
        NAMES,
    ),
    "iam.not-with-allow": Code(
        say("Allow with a Not-element"),
        say("Allow with NotAction, NotResource or NotPrincipal grants everything else."),
        NAMES,
    ),
    "iam.public": Code(
        say("Open to everybody"),
        say("Somebody outside gets in: under no condition, or under one that everybody can meet."),
        RESOURCES,
    ),
    "iam.pass-role": Code(
        say("Any role can be passed"),
        say("iam:PassRole on * lets people hand any role, also an administrator's, to a service."),
        PASSING,
    ),
    "iam.any-resource": Code(
        say("Every resource of a kind"),
        say("The actions accept ARNs: name the resources that are meant."),
        DECISION,
    ),
    "iam.allow-denied": Code(
        say("An Allow that a Deny always beats"),
        say("Order does not matter: a Deny wins over every Allow."),
        DECISION,
    ),
    "iam.locks-out": Code(
        say("A Deny locks out everybody"),
        say("A Deny on everything without a condition leaves nothing to allow."),
        DECISION,
    ),
    "iam.service-linked-role": Code(
        say("Service-linked roles for every service"),
        say("Each of these roles lets a service act in the account."),
        TRUST,
    ),
    "iam.confused-deputy": Code(
        say("A service that asks for others"),
        say("aws:SourceArn and aws:SourceAccount say for whom a service asks."),
        DEPUTY,
    ),
    "iam.provider-subject": Code(
        say("Anybody whom the provider knows"),
        say("The claim sub says who the token is for; with a shared provider it must be tested."),
        TRUST,
    ),
    "iam.provider-audience": Code(
        say("A token for any application"),
        say("The claim aud says which application the token was made for."),
        TRUST,
    ),
    "iam.rcp-services": Code(
        say("A border that AWS's services hit"),
        say("Services belong to no organization and often need to be let through."),
        DECISION,
    ),
}

CONDITIONS: dict[str, Code] = {
    "iam.wildcard-in-equals": Code(
        say("Wildcard that is not one"),
        say("StringEquals takes * and ? literally; StringLike knows wildcards."),
        KEYS,
    ),
    "iam.mfa-bool": Code(
        say("Requests without MFA information slip through"),
        say("With access keys aws:MultiFactorAuthPresent is absent: in a Deny use BoolIfExists."),
        ABSENT,
    ),
    "iam.negated-in-deny": Code(
        say("The Deny also hits requests without the key"),
        say("A negated operator is true when the key is absent."),
        ABSENT,
    ),
    "iam.if-exists-in-allow": Code(
        say("Requests without the key are let through"),
        say("An …IfExists condition is true when the key is absent."),
        ABSENT,
    ),
    "iam.for-all-values": Code(
        say("ForAllValues is true for nothing"),
        say("With no values at all, ForAllValues holds: add a Null check."),
        ABSENT,
    ),
    "iam.set-operator": Code(
        say("Set operator and key do not fit"),
        say(
            "ForAllValues and ForAnyValue are for keys with several values, and such keys need one "
            "of them."
        ),
        ABSENT,
    ),
    "iam.private-ip": Code(
        say("Private address"),
        say("aws:SourceIp is a public address as AWS sees it; private ranges never match."),
        KEYS,
    ),
    "iam.key-never-sent": Code(
        say("A key that the action never sends"),
        say("The condition can never see this key."),
        KEYS,
    ),
    "iam.unknown-key": Code(
        say("No such condition key"), say("No service knows this condition key."), KEYS
    ),
    "iam.variable-version": Code(
        say("Variable without the version that knows it"),
        say('Policy variables need "Version": "2012-10-17".'),
        KEYS,
    ),
    "iam.variable-place": Code(
        say("Variable in front of the resource part"),
        say("A policy variable may stand only after an ARN's fifth colon."),
        KEYS,
    ),
    "iam.operator-type": Code(
        say("Operator and key do not fit"),
        say("Each key has a type, and operators compare one type."),
        KEYS,
    ),
    "iam.never-true": Code(
        say("Conditions that exclude each other"),
        say(
            "All keys and all operators of a statement must hold together; for either-or write two "
            "statements."
        ),
        KEYS,
    ),
    "iam.value-form": Code(
        say("Value that never matches"),
        say("Dates are ISO 8601 or epoch seconds, addresses are CIDR, Bool is true or false."),
        KEYS,
    ),
    "iam.replaced-key": Code(
        say("Old name of a condition key"),
        say("AWS has replaced this key."),
        KEYS,
    ),
    "iam.tag-key": Code(
        say("Tag condition without the tag's name"),
        say("The tag's name is a part of the key."),
        KEYS,
    ),
    "iam.tag-support": Code(
        say("Tags that the service does not tell"),
        say("Not every service supports conditions on tags."),
        KEYS,
    ),
    "iam.irrelevant-key": Code(
        say("A key that no such request carries"),
        say("Some keys come with services' requests alone."),
        KEYS,
    ),
    "iam.string-for-arn": Code(
        say("Text operator for an ARN"),
        say("ArnLike keeps wildcards within the parts of an ARN."),
        KEYS,
    ),
    "iam.id-form": Code(
        say("Not such an id"),
        say("Ids of accounts, organizations, VPCs and endpoints have fixed forms."),
        KEYS,
    ),
    "iam.both-booleans": Code(
        say("True and false together"),
        say("A condition that both values satisfy tests nothing."),
        KEYS,
    ),
    "iam.null-quantifier": Code(
        say("Set operator with a single test"),
        say("Null and Bool test one thing."),
        ABSENT,
    ),
    "iam.null-instead": Code(
        say("A presence test in disguise"),
        say("Null asks whether a key is there."),
        ABSENT,
    ),
    "iam.ip-range": Code(
        say("Block that begins earlier"),
        say("Bits behind the mask do not count."),
        CIDR,
    ),
    "iam.audience-type": Code(
        say("Audience that may be a list"),
        say("ForAllValues is true of nothing."),
        TRUST,
    ),
    "iam.paired-keys": Code(
        say("A key without its other half"),
        say("Some keys say something only beside another one."),
        KEYS,
    ),
    "iam.redundant-value": Code(
        say("Value said twice"),
        say("Another value covers it."),
        KEYS,
    ),
    "iam.service-keys": Code(
        say("A key that services do not send"),
        say("A service is no person: it has no name, no MFA and no organization."),
        KEYS,
    ),
    "iam.missing-for-key": Code(
        say("A key without its action"),
        say("Session tags and the source identity are handed over by actions of their own."),
        TRUST,
    ),
}
