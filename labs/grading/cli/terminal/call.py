"""One `aws` command on an account: settings, endpoint, caller, answer, `--query`, `--output`.

Rules: AWS CLI User Guide, *Troubleshoot errors*; AWS General Reference, *Service endpoints*: IAM
has one endpoint for all Regions, STS and S3 answer without a Region as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from labs.grading.cli.account import access_keys
from labs.grading.cli.account.access_keys import api_name
from labs.grading.cli.account.account import GLOBAL, Account
from labs.grading.cli.account.callers import Caller, caller_of
from labs.grading.cli.account.filters import filtered
from labs.grading.cli.errors import CliError
from labs.grading.cli.printing.formats import printed
from labs.grading.cli.printing.query import Budget, query
from labs.grading.cli.settings.machine import Machine
from labs.grading.cli.settings.resolution import (
    Identity,
    Setting,
    identity_of,
    output_of,
    region_of,
)
from labs.grading.cli.terminal.arguments import Invocation
from labs.grading.said import say

WHO = "sts get-caller-identity"
BUCKETS, LIST_BUCKETS = "s3 ls", "s3api list-buckets"
WITHOUT_REGION = ("iam", "sts", "s3", "s3api")
HOST_LABEL = re.compile(r"(?![0-9]+$)(?!-)[a-zA-Z0-9-]{1,63}(?<!-)")
NO_REGION = (
    'You must specify a region. You can also configure your region by running "aws configure".'
)


@dataclass(frozen=True, slots=True)
class Call:
    """Who runs a command where, as far as it is known before AWS is asked, and what it prints. One
    of `output` and `error` is there. None: the settings did not come so far."""

    command: str
    output: str = ""
    error: CliError | None = None
    identity: Identity | None = None
    caller: Caller | None = None
    region: Setting | None = None
    form: Setting | None = None


def call(invocation: Invocation, machine: Machine, account: Account, budget: Budget) -> Call:
    """Never an exception: what went wrong is in `error`."""
    found: dict[str, Any] = {"command": " ".join(invocation.words[:2])}
    try:
        run(invocation, machine, account, budget, found)
    except CliError as error:
        found["error"] = error
    return Call(**found)


def run(
    invocation: Invocation,
    machine: Machine,
    account: Account,
    budget: Budget,
    found: dict[str, Any],
) -> None:
    options = invocation.options
    service, operation = names_of(invocation, account)
    values = read_values(invocation, service, operation)
    found["form"] = output_of(machine, options)
    found["region"] = region_of(machine, options)
    found["identity"] = identity_of(machine, options)
    endpoint(service, found["region"].value, account)
    known_by = "s3" if service == "s3api" else service
    name = "ListBuckets" if (service, operation) == ("s3", "ls") else api_name(operation)
    found["caller"] = caller_of(found["identity"], account, known_by, name)
    region = "" if service in WITHOUT_REGION else found["region"].value
    answer = answer_of(f"{service} {operation}", values, region, account, found["caller"])
    if (service, operation) == ("s3", "ls"):
        found["output"] = bucket_lines(answer)
        return
    if options.query is not None:
        answer = query(answer, options.query, budget)
    found["output"] = printed(answer, found["form"].value)


def names_of(invocation: Invocation, account: Account) -> tuple[str, str]:
    """Service and operation. CliError: the lab knows no such."""
    known = known_commands(account)
    words = invocation.words
    service = words[0] if words else ""
    operation = words[1] if len(words) > 1 else ""
    command = f"{service} {operation}"
    if command not in known:
        near = get_close_matches(command, known, n=1, cutoff=0.7)
        sentence = say("This lab does not know aws {command}.", command=command[:60])
        if near:
            sentence = say("{message} Do you mean aws {near}?", message=sentence, near=near[0])
        raise CliError("command", sentence, 252)
    if len(words) > 2:
        raise CliError("usage", f"Unknown options: {', '.join(words[2:])[:80]}", 252)
    return service, operation


def known_commands(account: Account) -> list[str]:
    buckets = [BUCKETS] if (LIST_BUCKETS, GLOBAL) in account.answers else []
    keys = [f"iam {name}" for name in access_keys.OPTIONS] if account.keys else []
    return [WHO, *buckets, *keys, *account.commands()]


def read_values(
    invocation: Invocation, service: str, operation: str
) -> Mapping[str, Sequence[str]]:
    known: tuple[str, ...] = ()
    needed: list[str] = []
    if service == "iam" and operation in access_keys.OPTIONS:
        known = access_keys.OPTIONS[operation]
        needed = [name for name in known if name != "user-name"]
    elif operation == "describe-instances":
        known = ("filters", "instance-ids")
    values = {whole(name, known): given for name, given in invocation.values.items()}
    unknown = [f"--{name}" for name in values if name not in known]
    if unknown:
        raise CliError("usage", f"Unknown options: {', '.join(unknown)[:80]}", 252)
    refuse_missing(values, needed)
    return values


def whole(name: str, known: Sequence[str]) -> str:
    """The CLI takes the beginning of an option for all of it, if only one begins so."""
    begun = [one for one in known if one.startswith(name)]
    return begun[0] if len(begun) == 1 else name


def refuse_missing(values: Mapping[str, Sequence[str]], needed: Sequence[str]) -> None:
    missing = [f"--{name}" for name in needed if not values.get(name)]
    if missing:
        words = f"aws: error: the following arguments are required: {', '.join(missing)}"
        raise CliError("usage", words, 252)


def endpoint(service: str, region: str, account: Account) -> None:
    """CliError: no Region, or none of this name."""
    if service == "iam":
        return
    if not region:
        if service not in WITHOUT_REGION:
            raise CliError("no-region", NO_REGION, 253)
        return
    if not HOST_LABEL.fullmatch(region):
        words = f"Provided region_name '{region[:60]}' doesn't match a supported format."
        raise CliError("region", words)
    if region not in account.regions:
        host = "s3" if service == "s3api" else service
        url = f"https://{host}.{region}.amazonaws.com/"
        raise CliError("region", f'Could not connect to the endpoint URL: "{url}"')


def answer_of(
    command: str,
    values: Mapping[str, Sequence[str]],
    region: str,
    account: Account,
    caller: Caller,
) -> Any:
    operation = command.partition(" ")[2]
    if command == WHO:
        return {"UserId": caller.user_id, "Account": account.number, "Arn": caller.arn}
    if command.startswith("iam ") and operation in access_keys.OPTIONS:
        single = {"user-name": caller.user, **{name: one[0] for name, one in values.items() if one}}
        return access_keys.answer(account, operation, single)
    if command == BUCKETS:
        return account.answer(LIST_BUCKETS, GLOBAL)
    answer = account.answer(command, region)
    return filtered(answer, values) if values else answer


def bucket_lines(answer: Mapping[str, Any]) -> str:
    return "".join(
        f"{bucket['CreationDate'][:19].replace('T', ' ')} {bucket['Name']}\n"
        for bucket in answer.get("Buckets", ())
    )
