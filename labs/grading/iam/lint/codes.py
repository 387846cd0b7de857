"""The codes of mistakes that can be seen without a request: what each means, and the heading of the
notes that teaches it. Here: of form, and of text; `codes_of_meaning` has the rest."""

from __future__ import annotations

from labs.grading.iam.lint.codes_of_meaning import (
    ACTIONS,
    CONDITIONS,
    MEANING,
)
from labs.grading.iam.lint.sections import ROLES, STRUCTURE
from labs.grading.kind import Code

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
        "Each type of policy has a limit, counted without spaces.",
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
    "iam.action-form": Code(
        "Action with two colons",
        "An action is one service, one colon, one name.",
        STRUCTURE,
    ),
    "iam.empty": Code(
        "Written and empty",
        "An element that is empty says nothing, or something surprising.",
        STRUCTURE,
    ),
    "iam.duplicate-case": Code(
        "The same key twice",
        "Condition keys and operators ignore large and small letters.",
        STRUCTURE,
    ),
    "iam.rcp": Code(
        "Not the grammar of a resource control policy",
        "A resource control policy of your own denies actions of named services to everybody.",
        STRUCTURE,
    ),
    "iam.trust-not-principal": Code(
        "NotPrincipal in a trust policy",
        "A trust policy names who may become the role.",
        ROLES,
    ),
    "iam.principal-action": Code(
        "Action and principal do not fit",
        "Identity providers, services and identities assume a role by different actions.",
        ROLES,
    ),
    "iam.principal-kind": Code(
        "Principal that this policy does not know",
        "Not every service knows every kind of principal.",
        STRUCTURE,
    ),
    "iam.action-in-policy": Code(
        "Action of a service without such policies",
        "Only some services let their resources carry policies.",
        STRUCTURE,
    ),
    "iam.foreign-resource": Code(
        "Another resource in a resource's policy",
        "A resource's policy decides about that resource alone.",
        STRUCTURE,
    ),
    "iam.redundant-principal": Code(
        "Principal named twice",
        "One mention is enough.",
        STRUCTURE,
    ),
    "iam.arn-place": Code(
        "Region or account in the wrong place",
        "Some ARNs have no Region or no account, and others always have one.",
        STRUCTURE,
    ),
    "iam.variable-form": Code(
        "Variable that is not well formed",
        "A variable is ${key} or ${key, 'default'}.",
        STRUCTURE,
    ),
    "iam.variable-element": Code(
        "Variable where there are none",
        "Variables stand in resources and in conditions on texts, ARNs and truths.",
        STRUCTURE,
    ),
    "iam.key-form": Code(
        "Not a condition key",
        "A condition key is written service:Key.",
        STRUCTURE,
    ),
    "iam.not-looked-at": Code(
        "Too large to be looked at in full",
        "Looking at a document is limited, so that it always ends soon.",
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
