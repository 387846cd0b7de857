"""Could AWS ever be asked this? The reasons why not, for samples, and for the tests of the
comparison.

It shares the tables with the search but none of its ways: where `worlds` and `places` make
requests that can exist, this looks at a finished one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from labs.grading.iam.aws.catalogue import UNRESTRICTED, find_action
from labs.grading.iam.aws.regions import endpoint_of
from labs.grading.iam.aws.request_keys import MAY_BE_EMPTY, TAG, Presence, is_carried
from labs.grading.iam.aws.resource_policies import has_resource_policies
from labs.grading.iam.comparison.key_values import is_value
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.templates import elements_of_template
from labs.grading.iam.decision.requests import Value, context_of, principal_keys
from labs.grading.iam.language import operands
from labs.grading.iam.language.arns import SEGMENTS, arn_parts
from labs.grading.iam.language.principals import is_account_id, read_caller
from labs.grading.wildcards.automata import fits

Context = Mapping[str, Value]
ENDPOINT = ("aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip", "aws:sourcevpcarn")
TIMES = ("aws:currenttime", "aws:epochtime")
CALLED = ("aws:calledvia", "aws:calledviafirst", "aws:calledvialast")


def impossibility(
    action: str, resource: str, context: Mapping[str, object], principal: str = ""
) -> str:
    """Why no such request exists; empty when it may. Keys that `context` does not name are open."""
    found = find_action(action)
    if found is None:
        return f"there is no action {action}"
    shape = next((shape for shape in found.shapes if has_shape(resource, shape)), "")
    if not shape:
        return f"{action} does not accept {resource}"
    requester = Requester(read_caller(principal)) if principal else Requester()
    if not requester.can_ask_for(action):
        return f"{principal} cannot ask for {action}"
    keys = context_of(context, requester.caller or read_caller("*"))
    reasons = (
        *keys_not_carried(action.lower(), shape, keys, requester),
        *contradictions(keys),
        *contradictions_with_arn(action.lower(), resource, keys),
        *contradictions_with_caller(keys),
    )
    return next(iter(reasons), "")


def has_shape(resource: str, shape: str) -> bool:
    if shape == UNRESTRICTED or resource == UNRESTRICTED:
        return resource == shape
    parts, wanted = arn_parts(resource), arn_parts(shape)
    if len(parts) != SEGMENTS or parts[2] != wanted[2]:
        return False
    region = bool(parts[3]) if "$" in wanted[3] or wanted[3] == "*" else parts[3] == wanted[3]
    account = is_account_id(parts[4]) or parts[4] == "aws"
    owned = account if "$" in wanted[4] else parts[4] == wanted[4]
    return region and owned and fits(parts[5], elements_of_template(wanted[5]))


def keys_not_carried(action: str, shape: str, keys: Context, requester: Requester) -> Iterator[str]:
    for key, value in keys.items():
        if requester.callers.presence(key) is Presence.NEVER:
            yield f"{key} is never sent for {requester.name or 'an identity'}"
        if not is_carried(action, key, shape):
            yield f"{action} does not carry {key}"
        for text in (value,) if isinstance(value, str) else value:
            if not is_value(key, text) or not (text or key in MAY_BE_EMPTY):
                yield f"{text!r} is no value of {key}"


def contradictions(keys: Context) -> Iterator[str]:
    """Keys that say different things."""
    for rule in (two_ways, unused_factor, two_times, not_called, two_tags, foreign_source):
        yield from rule(keys)


def two_ways(keys: Context) -> Iterator[str]:
    if "aws:sourceip" in keys and any(key in keys for key in ENDPOINT):
        yield "an address and a VPC endpoint"


def unused_factor(keys: Context) -> Iterator[str]:
    present = keys.get("aws:multifactorauthpresent", "true")
    if "aws:multifactorauthage" in keys and present != "true":
        yield "the age of a second factor that was not used"


def two_times(keys: Context) -> Iterator[str]:
    times = (operands.moment(str(keys[key])) for key in TIMES if key in keys)
    if len({int(found) for found in times if found is not None}) > 1:
        yield "two times"


def not_called(keys: Context) -> Iterator[str]:
    if any(key in keys for key in CALLED) and keys.get("aws:viaawsservice") == "false":
        yield "called through a service, and not"


def two_tags(keys: Context) -> Iterator[str]:
    told: dict[str, Value] = {}
    for key, value in keys.items():
        _, tag, name = key.partition(TAG)
        if tag and told.setdefault(name, value) != value:
            yield f"two values of the tag {name}"


def foreign_source(keys: Context) -> Iterator[str]:
    owner = arn_parts(str(keys.get("aws:sourcearn", "")))[4:5]
    if owner and is_account_id(owner[0]) and keys.get("aws:sourceaccount", owner[0]) != owner[0]:
        yield "a source in another account than its own"


def contradictions_with_arn(action: str, resource: str, keys: Context) -> Iterator[str]:
    parts = arn_parts(resource) if resource != UNRESTRICTED else ["arn", "aws", "", "", "", ""]
    service = action.partition(":")[0]
    region = parts[3] or endpoint_of(service, parts[1])
    for key in ("aws:requestedregion", "ec2:region"):
        if region and keys.get(key, region) != region:
            yield f"{key} is another Region than that of the resource"
    account = parts[4] if is_account_id(parts[4]) else ""
    told = keys.get("aws:resourceaccount", account)
    if account and told != account:
        yield "aws:ResourceAccount is another account than the resource's"
    own = keys.get("aws:principalaccount", told)
    if told and own != told and parts[4] != "aws" and not has_resource_policies(service):
        yield f"{service} has no resource policies that would let another account in"


def contradictions_with_caller(keys: Context) -> Iterator[str]:
    arn = keys.get("aws:principalarn")
    if isinstance(arn, str):
        for key, value in principal_keys(read_caller(arn)).items():
            if keys.get(key, value) != value:
                yield f"{key} does not fit {arn}"
        if "user/" not in arn and "aws:username" in keys:
            yield f"{arn} has no user name"
