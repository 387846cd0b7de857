"""The codes of mistakes that can be seen without a request: what each means, and the heading of the
notes that teaches it. Here: of form, and of text; `codes_of_meaning` has the rest."""

from __future__ import annotations

from labs.grading.iam.lint.codes_of_meaning import (
    ACTIONS,
    CONDITIONS,
    MEANING,
)
from labs.grading.iam.lint.sections import DECISION, JSON, KEYS, NAMES, RESOURCES, STRUCTURE, TRUST
from labs.grading.kind import Code
from labs.grading.said import say

GRAMMAR: dict[str, Code] = {
    "iam.malformed": Code(
        say("Not the shape of a policy"),
        say("AWS would refuse to save the document as it is."),
        JSON,
    ),
    "iam.unknown-element": Code(
        say("Unknown element"),
        say("Element names are fixed, and capital and small letters count."),
        JSON,
    ),
    "iam.effect": Code(
        say("Effect is Allow or Deny"), say('Effect must be exactly "Allow" or "Deny".'), JSON
    ),
    "iam.version": Code(
        say("Version is the language's version"),
        say(
            'Version names the policy language: "2012-10-17" (or the old "2008-10-17"), never '
            "today's date."
        ),
        STRUCTURE,
    ),
    "iam.old-version": Code(
        say("The old policy language"),
        say(
            'Without "Version": "2012-10-17" newer features, such as policy variables, are plain '
            "text."
        ),
        STRUCTURE,
    ),
    "iam.principal-form": Code(
        say("Principal is not well formed"),
        say('A principal is "*" or an object such as {"AWS": "arn:…"}.'),
        TRUST,
    ),
    "iam.principal-in-identity": Code(
        say("Principal in an identity policy"),
        say(
            "An identity policy belongs to a user, group or role: that is already who it is about."
        ),
        STRUCTURE,
    ),
    "iam.missing-principal": Code(
        say("No Principal"),
        say("A policy that belongs to a resource must say whom each statement is about."),
        TRUST,
    ),
    "iam.resource-in-trust": Code(
        say("Resource in a trust policy"),
        say("A trust policy says who may become the role; the resource is the role itself."),
        TRUST,
    ),
    "iam.missing-resource": Code(
        say("No Resource"), say("A statement must name the resources it is about."), STRUCTURE
    ),
    "iam.missing-action": Code(
        say("No Action"), say("A statement must name the actions it is about."), STRUCTURE
    ),
    "iam.duplicate-sid": Code(
        say("Two statements with one Sid"), say("A Sid is unique within its policy."), JSON
    ),
    "iam.sid-form": Code(
        say("Sid has other characters"), say("A Sid is made of letters and digits only."), JSON
    ),
    "iam.operator": Code(
        say("No such condition operator"), say("Condition operators have fixed names."), KEYS
    ),
    "iam.vendor": Code(
        say("Action without its service"),
        say('An action is written "service:Action", or "*" for all of them.'),
        NAMES,
    ),
    "iam.wildcard-service": Code(
        say("Wildcard in the service"),
        say("The part in front of the colon is one service."),
        NAMES,
    ),
    "iam.too-long": Code(
        say("Policy too long"),
        say("Each type of policy has a limit, counted without spaces."),
        JSON,
    ),
    "iam.wildcard-principal": Code(
        say("Wildcard inside a principal"),
        say(
            "A principal is one ARN. For many, allow a wider principal and limit it with the key "
            "aws:PrincipalArn."
        ),
        TRUST,
    ),
    "iam.service-principal": Code(
        say("No such service principal"),
        say('Services are written like "ec2.amazonaws.com"; each has one fixed name.'),
        TRUST,
    ),
    "iam.trust-action": Code(
        say("Not an action of a trust policy"),
        say("A trust policy allows sts:AssumeRole (or one of its relatives)."),
        TRUST,
    ),
    "iam.malformed-arn": Code(
        say("Malformed ARN"),
        say("An ARN is arn:partition:service:region:account:resource; some parts stay empty."),
        NAMES,
    ),
    "iam.action-form": Code(
        say("Action with two colons"),
        say("An action is one service, one colon, one name."),
        NAMES,
    ),
    "iam.empty": Code(
        say("Written and empty"),
        say("An element that is empty says nothing, or something surprising."),
        JSON,
    ),
    "iam.duplicate-case": Code(
        say("The same key twice"),
        say("Capital and small letters are the same in condition keys and operators."),
        KEYS,
    ),
    "iam.rcp": Code(
        say("Not the grammar of a resource control policy"),
        say("A resource control policy of your own denies actions of named services to everybody."),
        DECISION,
    ),
    "iam.trust-not-principal": Code(
        say("NotPrincipal in a trust policy"),
        say("A trust policy names who may become the role."),
        TRUST,
    ),
    "iam.principal-action": Code(
        say("Action and principal do not fit"),
        say("Identity providers, services and identities assume a role by different actions."),
        TRUST,
    ),
    "iam.principal-kind": Code(
        say("Principal that this policy does not know"),
        say("Not every service knows every kind of principal."),
        TRUST,
    ),
    "iam.action-in-policy": Code(
        say("Action of a service without such policies"),
        say("Only some services let their resources carry policies."),
        RESOURCES,
    ),
    "iam.foreign-resource": Code(
        say("Another resource in a resource's policy"),
        say("A resource's policy decides about that resource alone."),
        RESOURCES,
    ),
    "iam.redundant-principal": Code(
        say("Principal named twice"),
        say("One mention is enough."),
        TRUST,
    ),
    "iam.arn-place": Code(
        say("Region or account in the wrong place"),
        say("Some ARNs have no Region or no account, and others always have one."),
        NAMES,
    ),
    "iam.variable-form": Code(
        say("Variable that is not well formed"),
        say("A variable is ${key} or ${key, 'default'}."),
        KEYS,
    ),
    "iam.variable-element": Code(
        say("Variable where there are none"),
        say("Variables stand in resources and in conditions on texts, ARNs and truths."),
        KEYS,
    ),
    "iam.key-form": Code(
        say("Not a condition key"),
        say("A condition key is written service:Key."),
        KEYS,
    ),
    "iam.not-looked-at": Code(
        say("Too large to be looked at in full"),
        say("Looking at a document is limited, so that it always ends soon."),
        JSON,
    ),
}

TEXT: dict[str, Code] = {
    f"json.{name}": Code(title, explanation, JSON)
    for name, title, explanation in (
        (
            "syntax",
            say("Not JSON"),
            say("JSON has few rules; the place shows where one is broken."),
        ),
        ("empty", say("Empty"), say("There is no document.")),
        (
            "duplicate-key",
            say("The same key twice"),
            say("Most readers silently keep only the last one: write a list instead."),
        ),
        (
            "trailing-comma",
            say("Comma in front of a bracket"),
            say("JSON allows no comma after the last member."),
        ),
        ("missing-comma", say("Comma missing"), say("Members are separated by commas.")),
        ("second-root", say("Two documents"), say("Only one document is allowed.")),
        ("unfinished", say("The text ends too early"), say("A bracket or quote is still open.")),
        ("unterminated", say("A quote is missing"), say("A text is never closed.")),
        ("comment", say("JSON has no comments"), say("Leave the comment out.")),
        (
            "number",
            say("Not a number for JSON"),
            say("NaN, Infinity and numbers out of range are not JSON."),
        ),
        ("surrogate", say("Half a character"), say("An escape names half of a surrogate pair.")),
        (
            "control-character",
            say("Control character in a text"),
            say("Line breaks in a text are written as \\n."),
        ),
        ("too-deep", say("Nested too deeply"), say("No policy needs so many levels.")),
        ("too-large", say("Too large"), say("The text is longer than any policy.")),
    )
}

LINT_CODES: dict[str, Code] = GRAMMAR | ACTIONS | MEANING | CONDITIONS | TEXT
