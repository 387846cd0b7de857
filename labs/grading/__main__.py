"""Any kind of lab from a shell: one JSON row a line in, one JSON row a line out.

    python -m labs.grading grade < rows      rows: {id, kind, spec: {…} as a lab's [spec], answer:
                                             text, files: {name: text}}
                                             → {id, passed, score, findings: [{code, passed,
                                             points, message, cure, line}]}
    python -m labs.grading advise < rows     what is marked while one types → {id, findings}

`files` may be left out. A row that cannot be read answers {id, error}; the other rows are still
answered and the exit status is 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from labs.grading.grade import advice, grade
from labs.grading.json_lines import Row, Work, serve
from labs.grading.kinds import KINDS
from labs.grading.report import Finding


def grade_row(row: Row) -> dict[str, Any]:
    """AnswerError, SpecError and Undecided as the kind raises them."""
    report = grade(
        KINDS[row["kind"]], table=row["spec"], files=row.get("files", {}), text=row["answer"]
    )
    return {
        "passed": report.passed,
        "score": report.percent,
        "findings": [finding_json(finding) for finding in report.findings],
    }


def advise_row(row: Row) -> dict[str, Any]:
    found = advice(
        KINDS[row["kind"]], table=row["spec"], files=row.get("files", {}), text=row["answer"]
    )
    return {"findings": [finding_json(finding) for finding in found]}


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "passed": finding.passed,
        "points": finding.points,
        "message": str(finding.message),
        "cure": str(finding.cure),
        "line": finding.line,
    }


COMMANDS: dict[str, Work] = {"grade": grade_row, "advise": advise_row}


def main(arguments: list[str], lines: Iterable[str]) -> int:
    return serve(str(__doc__), COMMANDS, arguments, lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin))
