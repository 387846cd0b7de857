"""JSON lines in, JSON lines out.

python -m labs.grading.iam decide [--explain] < rows
python -m labs.grading.iam compare [--within ARN]… < pairs
python -m labs.grading.iam public < policies
python -m labs.grading.iam allows < questions
python -m labs.grading.iam lint < documents

A row that cannot be read yields {"id", "error"}; the exit status is then 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from labs.grading.iam.policy_rows import RowError
from labs.grading.iam.rows import (
    ROW_ERRORS,
    allows_row,
    compare_row,
    decide_row,
    lint_row,
    public_row,
)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m labs.grading.iam",
        description="Decide, compare and check IAM policies: JSON lines in, JSON lines out.",
    )
    parser.add_argument("command", choices=["decide", "compare", "public", "allows", "lint"])
    parser.add_argument("--explain", action="store_true", help="decide: add the trace")
    parser.add_argument(
        "--within",
        action="append",
        default=[],
        metavar="ARN",
        help="compare: only requests on these resources, unless a row names its own",
    )
    options = parser.parse_args(arguments)
    answers: dict[str, Callable[[dict[str, object]], dict[str, object]]] = {
        "decide": partial(decide_row, with_explanation=options.explain),
        "compare": partial(compare_row, within=options.within),
        "public": public_row,
        "allows": allows_row,
        "lint": lint_row,
    }
    failed = False
    for line in sys.stdin.buffer:  # as bytes: a line that is no UTF-8 is one bad row
        if line.strip():
            result = answer_line(line, answers[options.command])
            failed = failed or "error" in result
            print(json.dumps(result))
    return int(failed)


def answer_line(
    line: str | bytes, answer: Callable[[dict[str, object]], dict[str, object]]
) -> dict[str, object]:
    """The answer to one line, or its error; never an exception for what a line holds."""
    row: Any = None
    try:
        text = line if isinstance(line, str) else line.decode("utf-8-sig")
        row = json.loads(text, parse_constant=no_number)
        if not isinstance(row, dict):
            raise RowError("a row is a JSON object")
        return {"id": row.get("id"), **answer(row)}
    except ROW_ERRORS as error:
        identity = row.get("id") if isinstance(row, dict) else None
        return {"id": identity, "error": str(error) or type(error).__name__}


def no_number(text: str) -> None:
    raise RowError(f"{text} is not a number in JSON")


if __name__ == "__main__":
    try:
        status = main()
    except BrokenPipeError:  # the reader has seen enough
        sys.stdout = None
        status = 1
    sys.exit(status)
