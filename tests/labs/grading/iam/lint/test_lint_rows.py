"""Lint over documents kept as data.

`lint-mistakes.jsonl`: one document a mistake; `code` appears once, at `line` and `column`, and
nothing but `beside` with it. `lint-valid.jsonl`: policies in the manner of AWS's own examples;
nothing but `tolerated` is said about them.
"""

from __future__ import annotations

import pytest

from labs.grading.iam.rows import lint_row
from tests.labs.grading.iam.samples import rows


@pytest.mark.parametrize("row", rows("lint-mistakes.jsonl"), ids=lambda row: row["id"])
def test_a_mistake_is_named_once_at_its_place(row):
    findings = lint_row(row)["findings"]
    (found,) = [finding for finding in findings if finding["code"] == row["code"]]
    assert {name: found[name] for name in ("line", "column", "severity") if name in row} == {
        name: row[name] for name in ("line", "column", "severity") if name in row
    }
    assert {finding["code"] for finding in findings} - {row["code"]} <= set(row.get("beside", ()))


@pytest.mark.parametrize("row", rows("lint-valid.jsonl"), ids=lambda row: row["id"])
def test_a_valid_policy_gives_nothing_to_say(row):
    assert {finding["code"] for finding in lint_row(row)["findings"]} <= set(row["tolerated"])
