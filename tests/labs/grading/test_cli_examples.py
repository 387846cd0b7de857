"""What AWS's own examples show is read here, and nothing false is said of it.

The fixtures are taken from the examples of the AWS CLI 1.46.3 (`awscli/examples/<page>.rst`, from
this line on; Apache License 2.0). Where something is said all the same, the row says `why`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from labs.grading.errors import AnswerError
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.iam.lint.linter import lint_document
from labs.grading.json_text import read_json
from labs.grading.kinds import KINDS

FOLDER = Path(__file__).parents[2] / "fixtures" / "aws-cli"
ACCUSING = {  # beside what AWS would refuse: that a policy does not do what it seems to
    "iam.action-in-policy",
    "iam.arn-never-matches",
    "iam.arn-place",
    "iam.half-matches",
    "iam.needs-star",
    "iam.operator-type",
    "iam.principal-action",
    "iam.service-principal",
    "iam.unknown-action",
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]


def place(row: dict[str, Any]) -> str:
    return f"{row['page']}:{row['line']}"


@pytest.mark.parametrize("row", rows("policies"), ids=place)
def test_a_policy_is_accused_of_what_is_wrong_with_it_alone(row: dict[str, Any]) -> None:
    document = read_json(json.dumps(row["policy"], indent=4))
    found = lint_document(document, read_policy(document.value), row["type"])
    codes = {one.code for one in found if one.severity == "error" or one.code in ACCUSING}
    assert sorted(codes) == row.get("codes", [])
    assert bool(codes) == bool(row.get("why"))


@pytest.mark.parametrize("row", rows("documents"), ids=place)
def test_a_document_is_read_as_commands_take_and_print_it(row: dict[str, Any]) -> None:
    assert refusal(row["kind"], json.dumps(row["document"])) == row.get("refused", "")


@pytest.mark.parametrize("row", rows("commands"), ids=place)
def test_a_command_is_read_unless_a_shell_would_take_it_for_something_else(
    row: dict[str, Any],
) -> None:
    assert refusal("aws-cli", row["command"]) == row.get("refused", "")


def refusal(kind: str, text: str) -> str:
    try:
        KINDS[kind].parse(text)
    except AnswerError as error:
        return str(error.message)
    return ""
