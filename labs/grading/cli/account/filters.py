"""`--filters` and `--instance-ids` of `describe-instances`: what the service itself leaves out.

Rules: Amazon EC2 API Reference, *DescribeInstances* and *Filter*: values of one filter are
alternatives, filters have to hold together, `*` and `?` stand for signs, case counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from labs.grading.cli.account.callers import service_error
from labs.grading.cli.errors import CliError
from labs.grading.wildcards.automata import elements_of, fits
from labs.grading.wildcards.globs import tokens_of

MAX_VALUE = 255
OPERATION = "DescribeInstances"
Instance = Mapping[str, Any]
NAMES: Mapping[str, Callable[[Instance], object]] = {
    "instance-id": lambda one: one.get("InstanceId"),
    "instance-state-name": lambda one: one.get("State", {}).get("Name"),
    "instance-state-code": lambda one: one.get("State", {}).get("Code"),
    "instance-type": lambda one: one.get("InstanceType"),
    "availability-zone": lambda one: one.get("Placement", {}).get("AvailabilityZone"),
    "image-id": lambda one: one.get("ImageId"),
    "private-ip-address": lambda one: one.get("PrivateIpAddress"),
    "ip-address": lambda one: one.get("PublicIpAddress"),
    "vpc-id": lambda one: one.get("VpcId"),
    "subnet-id": lambda one: one.get("SubnetId"),
}


def filtered(answer: Mapping[str, Any], values: Mapping[str, Sequence[str]]) -> Any:
    """The answer without what was not asked for; a reservation without instances is none."""
    tests = [
        filter_of(name, wanted)
        for text in values.get("filters", ())
        for name, wanted in filters_in(text)
    ]
    ids = values.get("instance-ids")
    kept = []
    for reservation in answer["Reservations"]:
        instances = [
            one
            for one in reservation["Instances"]
            if (ids is None or one["InstanceId"] in ids) and all(test(one) for test in tests)
        ]
        if instances:
            kept.append({**reservation, "Instances": instances})
    refuse_unknown_ids(answer, ids or ())
    return {**answer, "Reservations": kept}


def refuse_unknown_ids(answer: Mapping[str, Any], ids: Sequence[str]) -> None:
    known = {one["InstanceId"] for group in answer["Reservations"] for one in group["Instances"]}
    unknown = [one for one in ids if one not in known]
    if unknown:
        words = f"The instance ID '{unknown[0]}' does not exist"
        raise service_error("InvalidInstanceID.NotFound", OPERATION, words)


def filters_in(text: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Names and values: `Name=instance-state-name,Values=running,stopped`, or the same as JSON (AWS
    CLI User Guide, *Using shorthand syntax*)."""
    if text.lstrip()[:1] in ("[", "{"):
        yield from filters_in_json(text)
        return
    name, separator, rest = text.partition(",Values=")
    if not name.startswith("Name=") or not separator:
        raise unreadable(text)
    yield name.removeprefix("Name="), rest.split(",")


def filters_in_json(text: str) -> Iterator[tuple[str, Sequence[str]]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise unreadable(text) from None
    for one in found if isinstance(found, list) else [found]:
        name, wanted = (one.get("Name"), one.get("Values")) if isinstance(one, dict) else ("", "")
        if not isinstance(name, str) or not isinstance(wanted, list) or len(one) > 2:
            raise unreadable(text)
        yield name, [str(value) for value in wanted]


def unreadable(text: str) -> CliError:
    words = "Error parsing parameter '--filters': Expected: 'Name=…,Values=…', received: "
    return CliError("usage", words + f"'{text[:60]}'", 252)


def filter_of(name: str, wanted: Sequence[str]) -> Callable[[Instance], bool]:
    found = value_of(name)
    patterns = [elements_of(tokens_of(one[:MAX_VALUE], variables=False)) for one in wanted]
    return lambda one: any(
        fits(value, pattern) for value in texts_of(found(one)) for pattern in patterns
    )


def value_of(name: str) -> Callable[[Instance], object]:
    if name.startswith("tag:"):
        return lambda one: tags_of(one).get(name.removeprefix("tag:"))
    if name == "tag-key":
        return lambda one: list(tags_of(one))
    if name not in NAMES:
        words = f"The filter '{name[:60]}' is invalid"
        raise service_error("InvalidParameterValue", OPERATION, words)
    return NAMES[name]


def texts_of(value: object) -> list[str]:
    return [str(one) for one in (value if isinstance(value, list) else [value]) if one is not None]


def tags_of(instance: Instance) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in instance.get("Tags", [])}
