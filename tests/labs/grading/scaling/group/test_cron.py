"""Recurrences: EC2 Auto Scaling User Guide, "Scheduled scaling"."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from labs.grading.scaling.group.cron import read_cron

WEEK = [datetime(2026, 11, 23) + timedelta(minutes=minute) for minute in range(7 * 24 * 60)]


def times(text: str) -> list[str]:
    cron = read_cron(text)
    return [f"{moment:%a %H:%M}" for moment in WEEK if cron.fits(moment)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 17 * * 5", ["Fri 17:00"]),
        ("0 17 * * FRI", ["Fri 17:00"]),
        ("0 17 * * fri", ["Fri 17:00"]),
        ("30 8 * * 1-2", ["Mon 08:30", "Tue 08:30"]),
        ("0 0 * * 0", ["Sun 00:00"]),
        ("0 0 * * 7", ["Sun 00:00"]),
        ("0 0 * * 6-7", ["Sat 00:00", "Sun 00:00"]),
        ("*/30 9 * * 3", ["Wed 09:00", "Wed 09:30"]),
        ("50-59/5 9 * * 3", ["Wed 09:50", "Wed 09:55"]),
        ("0 6,18 * * 4", ["Thu 06:00", "Thu 18:00"]),
        ("0 12 25 * *", ["Wed 12:00"]),
        ("0 12 25 NOV *", ["Wed 12:00"]),
        ("0 12 25 12 *", []),
        ("30 0 1 1,6,12 *", []),  # the guide's example
    ],
)
def test_when_an_action_runs(text: str, expected: list[str]) -> None:
    assert times(text) == expected


def test_the_guides_example_runs_three_times_a_year() -> None:
    """`30 0 1 1,6,12 *`: at 0:30 on the first of January, June and December."""
    cron = read_cron("30 0 1 1,6,12 *")
    days = [datetime(2026, 1, 1) + timedelta(days=day, minutes=30) for day in range(365)]
    found = [day for day in days if cron.fits(day)]
    assert [(day.day, day.month) for day in found] == [(1, 1), (1, 6), (1, 12)]


def test_of_two_kinds_of_days_either_is_enough() -> None:
    """As in crontab: `0 12 25 * 5` is the 25th, and every Friday."""
    assert times("0 12 25 * 5") == ["Wed 12:00", "Fri 12:00"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 17 * *", "here are 4"),
        ("0 17 ? * 5 *", "Here are 6"),
        ("cron(0 17 ? * FRI *)", "form of EventBridge"),
        ("60 17 * * 5", "“60” is no minute: 0 to 59"),
        ("0 24 * * 5", "“24” is no hour: 0 to 23"),
        ("0 17 0 * 5", "no day of the month"),
        ("0 17 * * 8", "no day of the week"),
        ("0 17 * * FRIDAY", "cannot be read as day of the week"),
        ("0 17 ? * 5", "cannot be read as day of the month"),
        ("0 20-17 * * 5", "holds no value"),
        ("*/0 17 * * 5", "holds no value"),
        ("0 17 * * 5,", "cannot be read"),
        ("-1 17 * * 5", "cannot be read"),
        ("*-5 17 * * 5", "cannot be read"),
        ("٣ 17 * * 5", "is no minute"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    with pytest.raises(ValueError, match="(?i)" + words.replace("?", r"\?")):
        read_cron(text)
