"""The text of an answer → a target group. AnswerError where it cannot be read, with its place.

    {"HealthCheckPath": "/health", "HealthCheckIntervalSeconds": 10, "Matcher": {"HttpCode": "200"},
     "Attributes": [{"Key": "deregistration_delay.timeout_seconds", "Value": "120"}]}

What `describe-target-groups` prints is read, too: {"TargetGroups": [{…}]}, with "Attributes" beside
it or in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from labs.grading.errors import AnswerError
from labs.grading.health.settings.attributes import Attributes
from labs.grading.health.settings.model import (
    DELAY,
    HEALTHY,
    INTERVAL,
    MATCHER,
    PATH,
    TIMEOUT,
    UNHEALTHY,
    Codes,
    TargetGroup,
    TargetGroupAnswer,
)
from labs.grading.json_text import JsonDocument, Path, read_json
from labs.grading.said import say

MAX_DEPTH = 8
LONGEST_PATH = 1024  # characters, as AWS takes
MOST_CODES = 20
LARGEST = 10**9
DAY = 86_400  # the default duration of a cookie
CODE = re.compile(r"(\d{3})(?:-(\d{3}))?")
NUMBERS = (INTERVAL, TIMEOUT, HEALTHY, UNHEALTHY)
IGNORED = (
    "Name",
    "TargetGroupName",
    "TargetGroupArn",
    "LoadBalancerArns",
    "Protocol",
    "ProtocolVersion",
    "Port",
    "VpcId",
    "IpAddressType",
    "TargetType",
    "HealthCheckPort",
    "Tags",
)
KNOWN = (PATH, *NUMBERS, MATCHER, "Attributes", "HealthCheckProtocol", "HealthCheckEnabled")


def read_target_group(text: str) -> TargetGroupAnswer:
    document = read_json(text, max_depth=MAX_DEPTH)
    path, beside = the_group(document)
    group = Group(document, path)
    place, values = beside or ((*path, "Attributes"), group.values.get("Attributes", []))
    attributes = Attributes(document, place, values)
    numbers = group.numbers() | attributes.numbers()
    key = attributes.cookie_key
    plain = TargetGroup()
    read = TargetGroup(
        path=group.check_path(),
        interval=numbers.get(INTERVAL, plain.interval),
        timeout=numbers.get(TIMEOUT, plain.timeout),
        healthy=numbers.get(HEALTHY, plain.healthy),
        unhealthy=numbers.get(UNHEALTHY, plain.unhealthy),
        codes=group.codes(),
        delay=numbers.get(DELAY, plain.delay),
        cookie=numbers.get(key, DAY) if key else 0,
    )
    places = {name: (*path, name) for name in group.values} | attributes.places
    return TargetGroupAnswer(document, read, numbers, places)


def the_group(document: JsonDocument) -> tuple[Path, tuple[Path, object] | None]:
    """Where the group stands, and the attributes that stand beside what the CLI printed."""
    root = document.value
    if not isinstance(root, dict) or "TargetGroups" not in root:
        return (), None
    groups, path = root["TargetGroups"], ("TargetGroups",)
    if not isinstance(groups, list) or len(groups) != 1:
        words = say("TargetGroups is a list with one target group.")
        raise AnswerError(words, *document.position(path))
    others = [key for key in root if key not in ("TargetGroups", "Attributes")]
    if others:
        words = say("Beside TargetGroups there may be Attributes, and no more.")
        raise AnswerError(words, *document.key_position((others[0],)))
    beside = (("Attributes",), root["Attributes"]) if "Attributes" in root else None
    return ("TargetGroups", 0), beside


class Group:
    """The object that describes the target group, key by key."""

    def __init__(self, document: JsonDocument, path: Path) -> None:
        self.document, self.path = document, path
        value: Any = document.value
        for step in path:
            value = value[step]
        if not isinstance(value, dict):
            raise self.error(say("A target group is a JSON object."))
        self.values: Mapping[str, object] = value
        for key in self.values:
            if key not in KNOWN and key not in IGNORED:
                raise self.unknown(key)
        self.fixed()

    def error(self, words: str, key: str = "") -> AnswerError:
        return AnswerError(words, *self.document.position((*self.path, key) if key else self.path))

    def unknown(self, key: str) -> AnswerError:
        near = next(iter(get_close_matches(key[:60], KNOWN, 1, 0.6)), "")
        hint = say(" Did you mean {name}?", name=near) if near else ""
        words = say("A target group has no {key}.{hint}", key=key[:60], hint=hint)
        return AnswerError(words, *self.document.key_position((*self.path, key)))

    def fixed(self) -> None:
        """What the targets of an ALB in these labs, which are instances, have as it is."""
        if self.values.get("HealthCheckProtocol", "HTTP") not in ("HTTP", "HTTPS"):
            words = say("An ALB checks by HTTP or HTTPS.")
            raise self.error(words, "HealthCheckProtocol")
        if self.values.get("HealthCheckEnabled", True) is not True:
            words = say("For instances health checks are always enabled: true.")
            raise self.error(words, "HealthCheckEnabled")

    def numbers(self) -> dict[str, int]:
        return {key: self.number(key) for key in NUMBERS if key in self.values}

    def number(self, key: str) -> int:
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
            raise self.error(say("{key} is a whole number.", key=key), key)
        return value

    def check_path(self) -> str:
        path = self.values.get(PATH, "/")
        if not isinstance(path, str) or not path.startswith("/") or len(path) > LONGEST_PATH:
            words = say("HealthCheckPath is text that begins with /.")
            raise self.error(words, PATH)
        return path

    def codes(self) -> Codes:
        """`200`, `200,202`, `200-299`. Whether AWS takes the numbers is asked elsewhere."""
        matcher = self.values.get(MATCHER, {"HttpCode": "200"})
        text = matcher.get("HttpCode") if isinstance(matcher, dict) and len(matcher) == 1 else None
        if not isinstance(text, str):
            raise self.error(say('Matcher is an object such as {"HttpCode": "200"}.'), MATCHER)
        parts = text.split(",", MOST_CODES)
        found = [CODE.fullmatch(part.strip()) if part.isascii() else None for part in parts]
        if len(parts) > MOST_CODES or None in found:
            words = say("HttpCode is a code, a list or a range: 200 or 200,202 or 200-299.")
            raise self.error(words, MATCHER)
        return tuple((int(one[1]), int(one[2] or one[1])) for one in found if one)
