"""A target group's attributes as `modify-target-group-attributes` takes them: a list of Key and
Value, each value a text.

Source: Elastic Load Balancing API Reference, TargetGroupAttribute.
"""

from __future__ import annotations

from difflib import get_close_matches

from labs.grading.errors import AnswerError
from labs.grading.health.settings.model import (
    APP_COOKIE,
    APP_NAME,
    APP_SECONDS,
    DELAY,
    LB_COOKIE,
    LB_SECONDS,
    STICKY,
    STICKY_TYPE,
)
from labs.grading.json_text import JsonDocument, Path
from labs.grading.said import say

SECONDS = (DELAY, LB_SECONDS, APP_SECONDS)
CHOICES = {STICKY: ("true", "false"), STICKY_TYPE: (LB_COOKIE, APP_COOKIE)}
# What the simulation does not know, and the only value of it that it follows
FIXED = {"load_balancing.algorithm.type": "round_robin", "slow_start.duration_seconds": "0"}
IGNORED = (
    "load_balancing.cross_zone.enabled",
    "load_balancing.algorithm.anomaly_mitigation",
    "target_group_health.dns_failover.minimum_healthy_targets.count",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
)
KNOWN = (*SECONDS, *CHOICES, *FIXED, *IGNORED, APP_NAME)
MOST_ATTRIBUTES = 20  # as the API takes
MOST_DIGITS = 9
LONGEST = 255


class Attributes:
    """The values by key, and where each stands."""

    def __init__(self, document: JsonDocument, path: Path, values: object) -> None:
        self.document = document
        self.values: dict[str, str] = {}
        self.places: dict[str, Path] = {}
        if not isinstance(values, list):
            words = say("Attributes is a list of objects with Key and Value.")
            raise self.error(words, path)
        if len(values) > MOST_ATTRIBUTES:
            words = say("Attributes has at most {most} entries.", most=MOST_ATTRIBUTES)
            raise self.error(words, path)
        for number, one in enumerate(values):
            self.take((*path, number), one)

    def error(self, words: str, path: Path) -> AnswerError:
        return AnswerError(words, *self.document.position(path))

    def take(self, path: Path, one: object) -> None:
        if not isinstance(one, dict) or set(one) != {"Key", "Value"}:
            raise self.error(say("An attribute is an object with Key and Value, no more."), path)
        key, value = one["Key"], one["Value"]
        if not isinstance(key, str) or key not in KNOWN:
            raise self.unknown(key, (*path, "Key"))
        if not isinstance(value, str) or len(value) > LONGEST:
            words = say('The Value of an attribute is text, in double quotes: "120".')
            raise self.error(words, (*path, "Value"))
        if key in self.values:
            raise self.error(say("“{key}” is here twice.", key=key), (*path, "Key"))
        self.values[key], self.places[key] = value, (*path, "Value")
        self.judge(key, value)

    def unknown(self, key: object, path: Path) -> AnswerError:
        text = str(key)[:60]
        near = next(iter(get_close_matches(text, KNOWN, 1, 0.6)), "")
        hint = say(" Did you mean {name}?", name=near) if near else ""
        return self.error(say("There is no attribute “{key}”.{hint}", key=text, hint=hint), path)

    def judge(self, key: str, value: str) -> None:
        place = self.places[key]
        if key in SECONDS and not is_number(value):
            raise self.error(say("{key} is a whole number of seconds.", key=key), place)
        if key == STICKY_TYPE and value.startswith("source_ip"):
            words = say(
                "“{value}” is for a Network Load Balancer; this one is an ALB.", value=value
            )
            raise self.error(words, place)
        if key in CHOICES and value not in CHOICES[key]:
            names = ", ".join(CHOICES[key])
            raise self.error(say("{key} is one of: {names}.", key=key, names=names), place)
        if FIXED.get(key, value) != value:
            words = say("Of {key} the model knows “{value}” alone.", key=key, value=FIXED[key])
            raise self.error(words, place)

    def numbers(self) -> dict[str, int]:
        return {key: int(self.values[key]) for key in SECONDS if key in self.values}

    @property
    def cookie_key(self) -> str:
        """Which attribute says for how long a visitor stays; "" without stickiness."""
        if self.values.get(STICKY) != "true":
            return ""
        kind = self.values.get(STICKY_TYPE, LB_COOKIE)
        if kind == APP_COOKIE and APP_NAME not in self.values:
            words = say("Stickiness by app_cookie needs {key}.", key=APP_NAME)
            raise self.error(words, self.places[STICKY_TYPE])
        return LB_SECONDS if kind == LB_COOKIE else APP_SECONDS


def is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
