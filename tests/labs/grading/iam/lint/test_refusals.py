"""What AWS refuses to save, and what it takes.

`reported-lint.jsonl`: rows that were once answered wrongly, with the truth in words.
`lint-refusals.jsonl`: more of the same classes; `refused` says whether AWS refuses the document.
"""

from __future__ import annotations

import pytest

from labs.grading.iam.rows import lint_row
from tests.labs.grading.iam.samples import rows


def severities(row):
    return [finding["severity"] for finding in lint_row(row)["findings"]]


@pytest.mark.parametrize("row", rows("reported-lint.jsonl"), ids=lambda row: row["id"])
def test_a_reported_document_is_judged_as_aws_does(row):
    found, truth = lint_row(row)["findings"], row["truth"]
    if truth == "no finding":
        assert found == []
    elif truth.startswith("no too-long"):
        assert "iam.too-long" not in [finding["code"] for finding in found]
    else:
        assert ("error" in severities(row)) is truth.startswith("error")


@pytest.mark.parametrize("row", rows("lint-refusals.jsonl"), ids=lambda row: row["id"])
def test_a_document_is_refused_where_aws_refuses_it(row):
    assert ("error" in severities(row)) is row["refused"]


@pytest.mark.parametrize(
    "row",
    [row for row in rows("lint-refusals.jsonl") if "backup" in row["policy"]],
    ids=lambda row: row["id"],
)
def test_recovery_points_need_no_star(row):
    assert "iam.needs-star" not in [finding["code"] for finding in lint_row(row)["findings"]]
