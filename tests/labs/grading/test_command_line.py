"""Any kind of lab answers rows from a shell."""

from __future__ import annotations

import json

import pytest

from labs.grading.__main__ import main

SPEC = {"reads": "arn", "parts": ["service"], "items": [{"name": "arn:aws:s3:::site"}]}
ROW = {"id": 1, "kind": "decode", "spec": SPEC, "answer": "arn:aws:s3:::site:\n  service: s3\n"}


def run(capsys: pytest.CaptureFixture[str], command: str, *rows: object) -> tuple[int, list[dict]]:
    status = main([command], [json.dumps(row) for row in rows])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_answer_is_graded_by_its_kind(capsys) -> None:
    status, (right, wrong) = run(
        capsys, "grade", ROW, ROW | {"answer": ROW["answer"].replace("s3\n", "ec2\n")}
    )
    assert status == 0
    assert (right["passed"], right["score"]) == (True, 100)
    assert (wrong["passed"], wrong["score"]) == (False, 0)
    assert [finding["passed"] for finding in wrong["findings"]] == [False]


def test_what_is_marked_while_one_types_is_told_without_a_score(capsys) -> None:
    status, (found,) = run(capsys, "advise", ROW)
    assert (status, found) == (0, {"id": 1, "findings": []})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answer": "[" * 50}, "line 1"),
        ({"kind": "riddle"}, "KeyError"),
        ({"spec": {}}, "reads"),
    ],
)
def test_a_bad_row_is_answered_with_an_error_and_the_next_one_still_counts(
    capsys, change: dict[str, object], words: str
) -> None:
    status, (first, second) = run(capsys, "grade", ROW | change, ROW)
    assert status == 1
    assert words in first["error"]
    assert second["passed"]
