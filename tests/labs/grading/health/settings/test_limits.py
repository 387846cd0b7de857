"""What AWS refuses: CreateTargetGroup, TargetGroupAttribute."""

from __future__ import annotations

import pytest

from labs.grading.health.settings.answers import read_target_group
from labs.grading.health.settings.limits import flaws_of
from labs.grading.health.settings.model import DELAY, LB_SECONDS, STICKY
from tests.labs.grading.health.logs import text_of

RANGES = [
    ("HealthCheckTimeoutSeconds", 2, 120),
    ("HealthyThresholdCount", 2, 10),
    ("UnhealthyThresholdCount", 2, 10),
]


def codes(text: str) -> list[str]:
    return [flaw.code for flaw in flaws_of(read_target_group(text))]


@pytest.mark.parametrize(("key", "least", "most"), RANGES)
def test_a_number_may_be_as_small_and_as_large_as_the_reference_says(
    key: str, least: int, most: int
) -> None:
    interval = {"HealthCheckIntervalSeconds": 300}
    assert codes(text_of(**{**interval, key: least})) == []
    assert codes(text_of(**{**interval, key: most})) == []
    assert codes(text_of(**{**interval, key: least - 1})) == ["health.out-of-range"]
    assert codes(text_of(**{**interval, key: most + 1})) == ["health.out-of-range"]


@pytest.mark.parametrize(("interval", "fine"), [(4, False), (5, True), (300, True), (301, False)])
def test_the_interval_is_5_to_300_seconds(interval: int, fine: bool) -> None:
    found = codes(text_of(HealthCheckIntervalSeconds=interval, HealthCheckTimeoutSeconds=2))
    assert found == ([] if fine else ["health.out-of-range"])


@pytest.mark.parametrize(("delay", "fine"), [("0", True), ("3600", True), ("3601", False)])
def test_the_deregistration_delay_is_0_to_3600_seconds(delay: str, fine: bool) -> None:
    assert codes(text_of({DELAY: delay})) == ([] if fine else ["health.out-of-range"])


@pytest.mark.parametrize(
    ("seconds", "fine"), [("0", False), ("1", True), ("604800", True), ("604801", False)]
)
def test_a_cookie_lasts_a_second_to_seven_days(seconds: str, fine: bool) -> None:
    found = codes(text_of({STICKY: "true", LB_SECONDS: seconds}))
    assert found == ([] if fine else ["health.out-of-range"])


@pytest.mark.parametrize(
    ("matcher", "fine"),
    [("200-499", True), ("499", True), ("199", False), ("200-500", False), ("300-200", False)],
)
def test_codes_lie_between_200_and_499(matcher: str, fine: bool) -> None:
    found = codes(text_of(Matcher={"HttpCode": matcher}))
    assert found == ([] if fine else ["health.matcher-range"])


def test_the_time_out_is_shorter_than_the_interval() -> None:
    assert codes(text_of(HealthCheckTimeoutSeconds=9)) == []
    assert codes(text_of(HealthCheckTimeoutSeconds=10)) == ["health.timeout-not-shorter"]
    # The default is 5 seconds
    assert codes(text_of(HealthCheckIntervalSeconds=5)) == ["health.timeout-not-shorter"]
