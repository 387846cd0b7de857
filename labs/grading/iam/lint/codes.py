"""The codes of mistakes that can be seen without a request: what each means, and the heading of the
notes that teaches it."""

from __future__ import annotations

from labs.grading.kind import Code

STRUCTURE = "policies-structure"
PERMISSIONS = "permissions"
GUIDELINES = "iam-guidelines"
ROLES = "iam-roles-for-services"
MFA = "mfa-multi-factor-authentication"
ADDRESSES = "private-vs-public-ip-address-differences"

GRAMMAR: dict[str, Code] = {
    "iam.malformed": Code(
        "Not the shape of a policy", "AWS would refuse to save the document as it is.", STRUCTURE
    ),
    "iam.unknown-element": Code(
        "Unknown element", "Element names are fixed, and large and small letters count.", STRUCTURE
    ),
    "iam.effect": Code(
        "Effect is Allow or Deny", 'Effect must be exactly "Allow" or "Deny".', STRUCTURE
    ),
    "iam.version": Code(
        "Version is the language's version",
        'Version names the policy language: "2012-10-17" (or the old "2008-10-17"), never today\'s '
        "date.",
        STRUCTURE,
    ),
    "iam.old-version": Code(
        "The old policy language",
        'Without "Version": "2012-10-17" newer features, such as policy variables, are plain text.',
        STRUCTURE,
    ),
    "iam.principal-form": Code(
        "Principal is not well formed",
        'A principal is "*" or an object such as {"AWS": "arn:…"}.',
        STRUCTURE,
    ),
    "iam.principal-in-identity": Code(
        "Principal in an identity policy",
        "An identity policy belongs to a user, group or role: that is already who it is about.",
        STRUCTURE,
    ),
    "iam.missing-principal": Code(
        "No Principal",
        "A policy that belongs to a resource must say whom each statement is about.",
        STRUCTURE,
    ),
    "iam.resource-in-trust": Code(
        "Resource in a trust policy",
        "A trust policy says who may become the role; the resource is the role itself.",
        ROLES,
    ),
    "iam.missing-resource": Code(
        "No Resource", "A statement must name the resources it is about.", STRUCTURE
    ),
    "iam.missing-action": Code(
        "No Action", "A statement must name the actions it is about.", STRUCTURE
    ),
    "iam.duplicate-sid": Code(
        "Two statements with one Sid", "A Sid is unique within its policy.", STRUCTURE
    ),
    "iam.sid-form": Code(
        "Sid has other characters", "A Sid is made of letters and digits only.", STRUCTURE
    ),
    "iam.operator": Code(
        "No such condition operator", "Condition operators have fixed names.", STRUCTURE
    ),
    "iam.vendor": Code(
        "Action without its service",
        'An action is written "service:Action", or "*" for all of them.',
        STRUCTURE,
    ),
    "iam.wildcard-service": Code(
        "Wildcard in the service", "The part in front of the colon is one service.", STRUCTURE
    ),
    "iam.too-long": Code(
        "Policy too long",
        "A managed policy has at most 6,144 characters without spaces.",
        STRUCTURE,
    ),
    "iam.wildcard-principal": Code(
        "Wildcard inside a principal",
        "A principal is one ARN. For many, allow a wider principal and limit it with the key "
        "aws:PrincipalArn.",
        STRUCTURE,
    ),
    "iam.service-principal": Code(
        "No such service principal",
        'Services are written like "ec2.amazonaws.com"; each has one fixed name.',
        ROLES,
    ),
    "iam.trust-action": Code(
        "Not an action of a trust policy",
        "A trust policy allows sts:AssumeRole (or one of its relatives).",
        ROLES,
    ),
    "iam.malformed-arn": Code(
        "Malformed ARN",
        "An ARN is arn:partition:service:region:account:resource; some parts stay empty.",
        STRUCTURE,
    ),
}

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
}

TEXT: dict[str, Code] = {
    f"json.{name}": Code(title, explanation, STRUCTURE)
    for name, title, explanation in (
        ("syntax", "Not JSON", "JSON has few rules; the place shows where one is broken."),
        ("empty", "Empty", "There is no document."),
        (
            "duplicate-key",
            "The same key twice",
            "Most readers silently keep only the last one: write a list instead.",
        ),
        (
            "trailing-comma",
            "Comma in front of a bracket",
            "JSON allows no comma after the last member.",
        ),
        ("missing-comma", "Comma missing", "Members are separated by commas."),
        ("second-root", "Two documents", "Only one document is allowed."),
        ("unfinished", "The text ends too early", "A bracket or quote is still open."),
        ("unterminated", "A quote is missing", "A text is never closed."),
        ("comment", "JSON has no comments", "Leave the comment out."),
        ("number", "Not a number for JSON", "NaN, Infinity and numbers out of range are not JSON."),
        ("surrogate", "Half a character", "An escape names half of a surrogate pair."),
        (
            "control-character",
            "Control character in a text",
            "Line breaks in a text are written as \\n.",
        ),
        ("too-deep", "Nested too deeply", "No policy needs so many levels."),
        ("too-large", "Too large", "The text is longer than any policy."),
    )
}

LINT_CODES: dict[str, Code] = GRAMMAR | ACTIONS | MEANING | CONDITIONS | TEXT
