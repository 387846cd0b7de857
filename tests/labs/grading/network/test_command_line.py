from __future__ import annotations

import json
import subprocess
import sys

import pytest

from labs.grading.network.__main__ import main
from tests.labs.grading.network.rules.test_algebra import ROWS, tcp
from tests.labs.grading.network.small_network import NETWORK


def run(capsys: pytest.CaptureFixture[str], command: str, *rows: object) -> tuple[int, list[dict]]:
    status = main([command], [row if isinstance(row, str) else json.dumps(row) for row in rows])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_compare_answers_every_row_in_order(capsys):
    status, answers = run(capsys, "compare", *ROWS)
    assert status == 0
    assert [(answer["id"], answer["relation"]) for answer in answers] == [
        (row["id"], row["relation"]) for row in ROWS
    ]


def test_compare_gives_flows_or_null(capsys):
    row = {"id": 1, "expected": [tcp(443, "10.0.0.0/8")], "learner": [tcp(443, "10.0.0.0/7")]}
    assert run(capsys, "compare", row)[1] == [
        {
            "id": 1,
            "relation": "learner_wider",
            "learner_only": {"protocol": "tcp", "port": 443, "source": "11.0.0.25"},
            "expected_only": None,
        }
    ]


def test_walk_tells_outcome_and_hops(capsys):
    packet = {"from": "web", "to": "db", "protocol": "tcp", "port": 3306}
    (answer,) = run(capsys, "walk", {"id": "w", "network": NETWORK, "packet": packet})[1]
    assert (answer["outcome"], [hop["stage"] for hop in answer["hops"]]) == (
        "answered",
        ["group-out", "group-in", "service"],
    )


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "AttributeError"),
        ({"id": 7}, "KeyError: 'learner'"),
        ({"id": 7, "learner": [{}], "expected": []}, "learner.0: IpProtocol is missing"),
    ],
)
def test_a_bad_row_is_answered_with_an_error_and_the_next_one_still_counts(capsys, row, error):
    status, (first, second) = run(capsys, "compare", row, ROWS[0])
    assert status == 1
    assert first["error"].startswith(error)
    assert second["relation"] == ROWS[0]["relation"]


def test_it_runs_as_a_module():
    ran = subprocess.run(
        [sys.executable, "-m", "labs.grading.network", "compare"],
        input=json.dumps(ROWS[0]),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout)["relation"] == ROWS[0]["relation"]


def test_an_unknown_command_explains_the_usage(capsys):
    assert main(["fly"], []) == 2
    assert "compare" in capsys.readouterr().err
