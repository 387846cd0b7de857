from __future__ import annotations

import json
from typing import Any

import pytest

from labs.grading.balancing.__main__ import main
from tests.labs.grading.balancing.texts import a_rule, redirect

RULES = [a_rule(1, "users", path=["/users", "/users/*"])]
NEARLY = [a_rule(1, "users", path="/users/*")]


def run(
    capsys: pytest.CaptureFixture[str], command: str, *rows: object
) -> tuple[int, list[dict[str, Any]]]:
    status = main([command], [row if isinstance(row, str) else json.dumps(row) for row in rows])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_decide_tells_the_result_and_the_rule(capsys) -> None:
    away = [a_rule(1, redirect(protocol="HTTPS", port="443"), source="10.0.0.0/8")]
    rows = [
        {"id": 1, "rules": RULES, "url": "https://a.com/users/7"},
        {"id": 2, "rules": RULES, "url": "https://a.com/", "default": "web"},
        {"id": 3, "rules": away, "url": "http://a.com/b", "source": "10.1.1.1",
         "listener": "HTTP:80"},
    ]  # fmt: skip
    status, answers = run(capsys, "decide", *rows)
    assert status == 0
    assert [row["result"] for row in answers] == ["group users", "group web", "301 https://a.com/b"]
    assert answers[0]["rule"] == "rule 1 (path /users or /users/*)"


def test_compare_gives_a_request_or_null(capsys) -> None:
    rows = [
        {"id": "same", "learner": RULES, "expected": RULES},
        {"id": "nearly", "learner": NEARLY, "expected": RULES},
    ]
    same, nearly = run(capsys, "compare", *rows)[1]
    assert (same["equal"], same["request"]) == (True, None)
    assert (nearly["equal"], nearly["request"]["path"]) == (False, "/users")
    assert (nearly["got"], nearly["wanted"]) == ("answer 404", "group users")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "AttributeError"),
        ({"id": 7}, "KeyError: 'learner'"),
        ({"id": 7, "learner": [{}], "expected": []}, "0: Priority is missing here."),
        ({"id": 7, "listener": "TCP:1"}, "row: listener: is"),
    ],
)
def test_a_bad_row_is_answered_with_an_error_and_the_next_one_still_counts(
    capsys, row: object, error: str
) -> None:
    sound = {"id": 8, "learner": RULES, "expected": RULES}
    status, (first, second) = run(capsys, "compare", row, sound)
    assert status == 1
    assert first["error"].startswith(error)
    assert second["equal"]


def test_an_unknown_command_prints_how_to_use_it(capsys) -> None:
    assert main(["route"], []) == 2
    assert "decide" in capsys.readouterr().err
