"""Decide a request on policies that a reader may change.

Texts: `policy` and `second-policy` hang on the caller; `boundary`; `bucket-policy` or
`trust-policy` hang on the resource. Fields: `principal`, `action`, `resource`, `owner` (the account
of a resource whose ARN names none); one with a colon in
its name is a key of the request's context, and left empty the request does not carry it. A trust
policy alone is asked with a caller whose own policies allow everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from labs.grading.errors import AnswerError, SpecError
from labs.grading.iam.decision.evaluation import IDENTITY_POLICY, Policies, none_allows
from labs.grading.iam.decision.explanation import (
    ABSENT,
    decision_words,
    explain,
    label,
    statement_words,
)
from labs.grading.iam.decision.requests import Request
from labs.grading.iam.decision.sent_keys import with_sent_keys
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.iam.language.principals import is_account_id, read_caller
from labs.grading.json_text import read_json
from labs.grading.listing import listed_with_or
from labs.grading.said import say
from labs.grading.tries.arns import read_arn
from labs.grading.tries.kind import (
    Field,
    FieldError,
    Mark,
    Row,
    Rows,
    Texts,
    Tone,
    TryAnswer,
    field_error,
)

POLICIES = {
    "policy": say("the policy"),
    "second-policy": say("the second policy"),
    "boundary": say("the boundary"),
    "bucket-policy": say("the bucket policy"),
    "trust-policy": say("the trust policy"),
}
LABELS = {
    "policy": say("Policy"),
    "second-policy": say("Second policy"),
    "boundary": say("Permissions boundary"),
    "bucket-policy": say("Bucket policy"),
    "trust-policy": say("Trust policy"),
}
LINES = {
    "principal": say("Who asks"),
    "action": say("Action"),
    "resource": say("Resource"),
    "owner": say("Account of the resource"),
}
DEFAULT_PRINCIPAL = "arn:aws:iam::111122223333:user/ada"
EMPTY_KEY = say("Left empty, the request does not carry this key.")
ACTION = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9]+")
EVERYTHING = CompiledPolicy(
    read_policy(
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
    )
)
DECIDES, OTHER_DECIDES = say("It applies, and decides."), say("It applies; another one decides.")
# In the same account, and no role is assumed
WITHOUT_IT = say("the caller’s own policies are enough for it, the trust policy is not needed")
NOT_ENOUGH = say("It applies, but by itself it is not enough.")


def fields(names: frozenset[str]) -> tuple[Field, ...]:
    known = (*POLICIES, *LINES)
    unknown = [name for name in sorted(names) if name not in known and ":" not in name]
    if unknown or not names & POLICIES.keys() or not {"action", "resource"} <= names:
        raise SpecError(f"a request has action, resource and one of {', '.join(POLICIES)}")
    return (
        *(Field(name, LABELS[name], lines=14) for name in POLICIES if name in names),
        *(Field(name, LINES[name]) for name in LINES if name in names),
        *(Field(name, name, hint=EMPTY_KEY) for name in sorted(names) if ":" in name),
    )


def answer(texts: Texts) -> TryAnswer:
    compiled = {name: read(name, texts[name]) for name in POLICIES if name in texts}
    policies, request = in_play(compiled), asked(texts)
    trace = told_by_resource(policies, request, explain(policies, request))
    return TryAnswer(
        tone=Tone.YES if trace["outcome"] == "Allowed" else Tone.NO,
        words=verdict(trace),
        tables=(Rows(say("Statement by statement"), tuple(rows_of(trace))),),
    )


def read(name: str, text: str) -> CompiledPolicy:
    """Whatever AWS would refuse is said in the place of an answer: it would decide nothing."""
    try:
        document = read_json(text)
    except AnswerError as error:
        raise field_error(name, error) from None
    policy = read_policy(document.value)
    for problem in policy.problems:
        place = document.key_position if problem.at_key else document.position
        raise FieldError(name, problem.message, *place(problem.path))
    return CompiledPolicy(policy, POLICIES[name])


def in_play(compiled: Mapping[str, CompiledPolicy]) -> Policies:
    own = tuple(compiled[name] for name in ("policy", "second-policy") if name in compiled)
    trust = compiled.get("trust-policy")
    resource = compiled.get("bucket-policy", trust)
    return Policies(
        identity=own or ((EVERYTHING,) if trust else ()),
        boundary=tuple(compiled[name] for name in ("boundary",) if name in compiled),
        resource=resource,
        trust_assumed=resource is None,
    )


def asked(texts: Texts) -> Request:
    principal = texts.get("principal", DEFAULT_PRINCIPAL).strip()
    action, resource = texts["action"].strip(), texts["resource"].strip()
    refuse_unreadable(texts, principal, action, resource)
    keys = {name: text.strip() for name, text in texts.items() if ":" in name}
    given = {name: text for name, text in keys.items() if text}
    owner = texts.get("owner", "").strip() or None
    request = Request(principal, action, resource, given, resource_account=owner)
    request = with_sent_keys(request)
    for name in keys.keys() - given.keys():
        request.context.pop(name.lower(), None)
    return request


def refuse_unreadable(texts: Texts, principal: str, action: str, resource: str) -> None:
    if "principal" in texts and not is_caller(principal):
        message = say(
            "Who asks is an ARN, like {example}, or a service, like {service}.",
            example=DEFAULT_PRINCIPAL,
            service="ec2.amazonaws.com",
        )
        raise FieldError("principal", message)
    owner = texts.get("owner", "").strip()
    if owner and not is_account_id(owner):
        raise FieldError("owner", say("An account is twelve digits, like 111122223333."))
    if not ACTION.fullmatch(action):
        message = say(
            "A request has one action, written out: a service, a colon and a name, like {example}.",
            example="s3:GetObject",
        )
        raise FieldError("action", message)
    if resource != "*":
        read_arn("resource", resource)


def is_caller(principal: str) -> bool:
    return bool(read_caller(principal).account) or principal.endswith(".amazonaws.com")


def told_by_resource(policies: Policies, request: Request, trace: dict[str, Any]) -> dict[str, Any]:
    """Nothing is told of the policy that a trust policy's caller is assumed to have."""
    if EVERYTHING not in policies.identity:
        return trace
    shown = [row for row in trace["statements"] if row["policy"]]
    named, statement = policies.resource_layer.grant(request)
    if trace["outcome"] == "Allowed" and named and statement:
        trace |= {"decided_by": label(statement), "line_path": list(statement.statement.path)}
        trace["policy"] = statement.policy.name
    elif trace["outcome"] == "Allowed":
        trace |= {"decided_by": "", "reason": WITHOUT_IT}
    return trace | {"statements": shown}


def verdict(trace: Mapping[str, Any]) -> str:
    """In one policy its name says nothing; where nothing decides in several, no single statement
    came closest."""
    if not trace["decided_by"]:
        policies = {row["policy"] for row in trace["statements"]}
        return decision_words(trace if len(policies) == 1 else lacking(trace))
    row = next(row for row in trace["statements"] if is_decider(row, trace))
    return decision_words({**trace, "decided_by": statement_words(row, trace)})


def lacking(trace: Mapping[str, Any]) -> dict[str, Any]:
    """Of several policies: which one does not allow it, where another does."""
    applies = any(row["applies"] for row in trace["statements"])
    own = applies and trace["layer"] == IDENTITY_POLICY
    reason = none_allows(IDENTITY_POLICY) if own else trace["reason"]
    return {**trace, "statements": (), "reason": reason}


def is_decider(row: Mapping[str, Any], trace: Mapping[str, Any]) -> bool:
    return (row["policy"], row["path"]) == (trace["policy"], trace["line_path"])


def rows_of(trace: Mapping[str, Any]) -> Iterator[Row]:
    for row in trace["statements"]:
        name = say(
            "{statement}: {effect}", statement=statement_words(row, trace), effect=row["effect"]
        )
        if is_decider(row, trace):
            yield Row(name, Mark.DECIDES, DECIDES)
        elif row["applies"]:
            yield Row(name, Mark.MATCHES, OTHER_DECIDES if trace["decided_by"] else NOT_ENOUGH)
        else:
            yield Row(name, Mark.PASSES_BY, miss_of(row["elements"][-1]))


def miss_of(check: Mapping[str, Any]) -> str:
    """The first element that does not match."""
    wanted = listed_with_or(check["wanted"][:3]) or say("nothing")
    if check["given"] == ABSENT:
        return say(
            "It asks for {element} {wanted}; the request carries no such key.",
            element=check["element"],
            wanted=wanted,
        )
    given = check["given"] if isinstance(check["given"], str) else ", ".join(check["given"])
    return say(
        "It asks for {element} {wanted}; the request has {given}.",
        element=check["element"],
        wanted=wanted,
        given=given,
    )
