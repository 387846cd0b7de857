"""AWS's own list of checks against ours.

`access-analyzer.jsonl` has a row for each check of "Access Analyzer policy check reference": its
title, our code, a document that raises it, and where a neighbour is worth it one that does not
(`clean`). A row without a code says why there is none.
"""

from __future__ import annotations

import pytest

from labs.grading.iam.lint.codes import LINT_CODES
from labs.grading.iam.rows import lint_row
from tests.labs.grading.iam.samples import rows

ROWS = rows("access-analyzer.jsonl")
COVERED = [row for row in ROWS if row["code"]]


def codes(row, text):
    return [found["code"] for found in lint_row({"type": row["type"], "policy": text})["findings"]]


@pytest.mark.parametrize("row", COVERED, ids=lambda row: row["check"])
def test_a_check_of_access_analyzer_is_made(row):
    assert row["code"] in codes(row, row["policy"])


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "clean" in row], ids=lambda row: row["check"]
)
def test_the_neighbour_of_a_mistake_is_left_alone(row):
    found = codes(row, row["clean"])
    assert found == [] if row["code"] is None else row["code"] not in found


def test_the_list_is_covered():
    assert (len(ROWS), len(COVERED)) == (150, 145)
    assert {row["code"] for row in COVERED} <= set(LINT_CODES)
    assert all(row["why"] for row in ROWS if row["code"] is None)
