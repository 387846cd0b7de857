from __future__ import annotations

import json
import subprocess
import sys

import pytest

from labs.grading.scaling.__main__ import main

GROUP = {
    "MinSize": 1,
    "MaxSize": 5,
    "ScheduledActions": [
        {"ScheduledActionName": "up", "Recurrence": "2 12 * * *", "DesiredCapacity": 3}
    ],
}
DAY = {"name": "A day", "start": "2026-11-27T12:00", "load": [[150, 5]], "overload": 0}
ROW = {"id": 7, "group": GROUP, "spec": {"serves": 100, "boot": 1, "days": [DAY]}}


def run(capsys: pytest.CaptureFixture[str], *rows: object) -> tuple[int, list[dict]]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    status = main(["simulate"], lines)
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_day_is_told_minute_by_minute(capsys) -> None:
    assert run(capsys, ROW) == (
        0,
        [
            {
                "id": 7,
                "days": [
                    {
                        "name": "A day",
                        "desired": [1, 1, 3, 3, 3],
                        "in_service": [1, 1, 1, 3, 3],
                        "overload": [0, 1, 2],
                        "instance_minutes": 11,
                        "changes": [[2, 1, 3, "up"]],
                    }
                ],
            }
        ],
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "AttributeError"),
        ({"id": 1}, "KeyError"),
        (ROW | {"group": {"MinSize": 1}}, "A group needs MaxSize"),
        (ROW | {"group": {"MinSize": 3, "MaxSize": 1}}, "MinSize 3 is above MaxSize 1"),
        (ROW | {"spec": {"serves": 100}}, "nothing is worth a point"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_answered(capsys, row, words: str) -> None:
    status, (wrong, right) = run(capsys, row, ROW)
    assert status == 1
    assert words in wrong["error"]
    assert right["id"] == 7


def test_it_runs_from_a_shell() -> None:
    command = [sys.executable, "-m", "labs.grading.scaling"]
    found = subprocess.run(
        [*command, "simulate"], input=json.dumps(ROW), capture_output=True, text=True, check=True
    )
    assert json.loads(found.stdout)["id"] == 7
    usage = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert usage.returncode == 2
    assert "simulate" in usage.stderr
