"""Services and identity providers that ask for somebody else: whom they ask for has to be said.

Sources: IAM User Guide, "The confused deputy problem", "Create a role for OpenID Connect
federation", "Identity-provider controls for shared OIDC providers"; "Access Analyzer policy check
reference": restrict access to service principal, missing paired condition keys, missing GitHub
repo condition key.
"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.aws.request_keys import provider_of
from labs.grading.iam.language.documents import ConditionEntry, Problem, Statement
from labs.grading.iam.language.operators import read_operator
from labs.grading.json_text import Path
from labs.grading.said import Said, say

SOURCE_KEYS = frozenset(
    ("aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths")
)
OF_ORGANIZATION = frozenset(("aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount"))
# Keys of single services that say the same
LIKE_SOURCE_KEYS = SOURCE_KEYS | {
    "aws:principalorgid",
    "kms:calleraccount",
    "kms:viaservice",
    "lambda:sourcefunctionarn",
    "sts:externalid",
}
# What a key is used for ("Encryption context" in the guides of CloudTrail, CloudWatch Logs …)
CONTEXT = "kms:encryptioncontext"
# Services whose guides ask for these keys in a role's trust policy ("Cross-service confused deputy
# prevention" in each). Instances, functions and images run as the account that owns them.
ASKED_IN_TRUST = frozenset(
    f"{name}.amazonaws.com"
    for name in (
        "apigateway",
        "appflow",
        "backup",
        "bedrock",
        "chatbot",
        "codebuild",
        "databrew",
        "datasync",
        "dlm",
        "ecs-tasks",
        "firehose",
        "glue",
        "imagebuilder",
        "iot",
        "kinesisanalytics",
        "pipes",
        "rekognition",
        "sagemaker",
        "scheduler",
        "sms-voice",
        "ssm",
        "states",
        "transfer",
        "vpc-flow-logs",
    )
)
GITHUB = "token.actions.githubusercontent.com"
# Providers that many organizations share: the claim that tells them apart
SHARED_PROVIDERS = {
    GITHUB: "sub",
    "gitlab.com": "sub",
    "app.terraform.io": "sub",
    "agent.buildkite.com": "sub",
    "oidc.vercel.com": "aud",
}
AUDIENCES = frozenset(("aud", "app_id", "azp", "oaud"))
SERVICE_ACCOUNT = "system:serviceaccount:"  # NAMESPACE:NAME, in an EKS cluster
# One key → those without which it says too little
PAIRS = {
    "aws:vpcsourceip": ("aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn"),
    "cognito-identity.amazonaws.com:amr": ("cognito-identity.amazonaws.com:aud",),
}


def deputy_problems(statement: Statement, policy_type: str) -> Iterator[Problem]:
    if policy_type == "rcp":
        yield from perimeter_problems(statement)
    if statement.effect != "Allow" or statement.not_principals:
        return
    if policy_type in ("resource", "trust"):
        yield from service_problems(statement, policy_type)
    if policy_type == "trust":
        yield from provider_problems(statement)
    yield from pair_problems(statement)


def keys_of(statement: Statement) -> set[str]:
    return {entry.key.lower() for entry in statement.conditions if entry.values}


def service_problems(statement: Statement, policy_type: str) -> Iterator[Problem]:
    names = (statement.principals or {}).get("Service", ())
    asked = [name for name in names if policy_type == "resource" or name in ASKED_IN_TRUST]
    keys = keys_of(statement)
    if not asked or keys & LIKE_SOURCE_KEYS or any(key.startswith(CONTEXT) for key in keys):
        return
    message = say(
        "Add a condition on aws:SourceArn or aws:SourceAccount: {service} also asks for others, "
        "and would do it with this permission.",
        service=asked[0],
    )
    code = "iam.confused-deputy"
    yield Problem(code, message, (*statement.path, "Principal"), severity="advice")


def provider_problems(statement: Statement) -> Iterator[Problem]:
    for name in (statement.principals or {}).get("Federated", ()):
        if ":saml-provider/" in name or name == "*":
            continue
        provider = provider_of(name).lower()
        entries = [one for one in statement.conditions if provider_in(one) == provider]
        yield from missing_claims(provider, entries, statement)
        for entry in entries:
            yield from claim_problems(provider, entry)


def provider_in(entry: ConditionEntry) -> str:
    return entry.key.lower().rpartition(":")[0]


def claim_of(entry: ConditionEntry) -> str:
    return entry.key.lower().rpartition(":")[2]


def missing_claims(
    provider: str, entries: list[ConditionEntry], statement: Statement
) -> Iterator[Problem]:
    path = (*statement.path, "Principal", "Federated")
    claims = {claim_of(entry) for entry in entries}
    needed = SHARED_PROVIDERS.get(provider)
    if needed and needed not in claims:
        message = say(
            "Add a condition on {key}: without it everybody with an account at {provider} may "
            "assume the role.",
            key=f"{provider}:{needed}",
            provider=provider,
        )
        yield Problem("iam.provider-subject", message, path, at_key=True, severity="warning")
    if not claims & AUDIENCES:
        yield missing_audience(f"{provider}:aud", path, has_subject="sub" in claims)


def missing_audience(key: str, path: Path, *, has_subject: bool) -> Problem:
    if has_subject:
        message = say("Add a condition on {key} as well, as AWS's own example has it.", key=key)
    else:
        message = say(
            "Add a condition on {key}: otherwise a token for any application will do.", key=key
        )
    severity = "advice" if has_subject else "warning"
    return Problem("iam.provider-audience", message, path, at_key=True, severity=severity)


def claim_problems(provider: str, entry: ConditionEntry) -> Iterator[Problem]:
    found, claim = read_operator(entry.operator), claim_of(entry)
    if found is None or found.negated:
        return
    if claim == "aud" and found.quantifier == "all":
        message = say(
            "Choose StringEquals, or ForAnyValue: for a token with several audiences: ForAllValues "
            "is true of a token without any."
        )
        yield Problem("iam.audience-type", message, entry.path, at_key=True, severity="advice")
    if claim == "sub" and found.name.endswith("Like"):
        wide = next(filter(None, (too_wide(provider, text) for text in entry.values)), None)
        if wide:
            yield Problem("iam.provider-subject", wide, entry.path, severity="warning")


def too_wide(provider: str, text: str) -> Said | None:
    """GitHub's subjects are `repo:OWNER/REPOSITORY:…`, a cluster's name a service account."""
    if text.strip("*?") == "":
        return say(
            "Name the subject: * lets everybody in whom {provider} knows.", provider=provider
        )
    if text.startswith(f"{SERVICE_ACCOUNT}*"):
        return say("Name the namespace: here every service account of the cluster will do.")
    if provider != GITHUB:
        return None
    owner, _, rest = text.removeprefix("repo:").partition("/")
    if "*" in owner or "?" in owner or not rest:
        return say("Name the owner, as in repo:octo-org/octo-repo:*: others may call theirs alike.")
    if rest.startswith("*"):
        return say(
            "Name the repository and the branch: here every repository of {owner} will do.",
            owner=owner,
        )
    return None


def pair_problems(statement: Statement) -> Iterator[Problem]:
    keys = keys_of(statement)
    for entry in statement.conditions:
        others = PAIRS.get(entry.key.lower(), ())
        if others and not keys & set(others):
            message = say(
                "Add a condition on {other}: {key} says little without it.",
                key=entry.key,
                other=others[0],
            )
            yield Problem("iam.paired-keys", message, entry.path, at_key=True, severity="warning")


def perimeter_problems(statement: Statement) -> Iterator[Problem]:
    """A border around the organization that also hits AWS's services, which belong to none
    (Organizations User Guide, "RCP examples"; check reference: RCP missing related …)."""
    negated = {entry.key.lower() for entry in statement.conditions if is_negated(entry)}
    keys = keys_of(statement)
    path = (*statement.path, "Condition")
    if negated & OF_ORGANIZATION and "aws:principalisawsservice" not in keys:
        message = say(
            "Add a condition on {other}: AWS's services belong to no organization, and this Deny "
            "hits them as well.",
            other="aws:PrincipalIsAWSService",
        )
        yield Problem("iam.rcp-services", message, path, at_key=True, severity="warning")
    if negated & SOURCE_KEYS and not asks_for_source(statement):
        message = say(
            'Add "Null": {"aws:SourceAccount": "false"}: a request that no service makes for '
            "somebody carries no such key, and this Deny hits it as well."
        )
        yield Problem("iam.rcp-services", message, path, at_key=True, severity="warning")


def is_negated(entry: ConditionEntry) -> bool:
    found = read_operator(entry.operator)
    return found is not None and found.negated


def asks_for_source(statement: Statement) -> bool:
    return any(
        entry.operator.lower() == "null" and entry.key.lower() in SOURCE_KEYS
        for entry in statement.conditions
    )
