"""What AWS would refuse in a target group's settings.

Source: Elastic Load Balancing API Reference, CreateTargetGroup and TargetGroupAttribute; User Guide
for Application Load Balancers, "Health checks for Application Load Balancer target groups" and
"Edit target group attributes for your Application Load Balancer".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.health.settings.model import (
    APP_SECONDS,
    DELAY,
    HEALTHY,
    INTERVAL,
    LB_SECONDS,
    MATCHER,
    TIMEOUT,
    UNHEALTHY,
    TargetGroupAnswer,
)
from labs.grading.said import Said, say

WEEK = 604_800
RANGES = {
    INTERVAL: (5, 300),
    TIMEOUT: (2, 120),
    HEALTHY: (2, 10),
    UNHEALTHY: (2, 10),
    DELAY: (0, 3600),
    LB_SECONDS: (1, WEEK),
    APP_SECONDS: (1, WEEK),
}
FIRST_CODE, LAST_CODE = 200, 499


@dataclass(frozen=True, slots=True)
class Flaw:
    """`key`: whose value is wrong; it may be one that was left out."""

    code: str
    message: Said
    key: str


def flaws_of(answer: TargetGroupAnswer) -> Iterator[Flaw]:
    yield from range_flaws(answer)
    yield from code_flaws(answer)
    group = answer.group
    if group.timeout >= group.interval:
        words = say(
            "The time-out, {timeout} seconds, must be shorter than the interval, {interval}.",
            timeout=group.timeout,
            interval=group.interval,
        )
        yield Flaw("health.timeout-not-shorter", words, TIMEOUT)


def range_flaws(answer: TargetGroupAnswer) -> Iterator[Flaw]:
    for key, value in answer.numbers.items():
        least, most = RANGES[key]
        if not least <= value <= most:
            words = say(
                "{key} is {least} to {most}, not {value}.",
                key=key,
                least=least,
                most=most,
                value=value,
            )
            yield Flaw("health.out-of-range", words, key)


def code_flaws(answer: TargetGroupAnswer) -> Iterator[Flaw]:
    for first, last in answer.group.codes:
        if not FIRST_CODE <= first <= last <= LAST_CODE:
            words = say(
                "The codes of a matcher lie between {least} and {most}.",
                least=FIRST_CODE,
                most=LAST_CODE,
            )
            yield Flaw("health.matcher-range", words, MATCHER)
            return
