"""An engine from a shell: one JSON row a line in, one JSON row a line out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from labs.grading.errors import AnswerError, RuleError, SpecError, Undecided
from labs.grading.wildcards.budget import OutOfBudget

Row = dict[str, Any]
Work = Callable[[Row], dict[str, Any]]
TOLD = (AnswerError, RuleError, SpecError, Undecided, OutOfBudget)  # they speak for themselves
BAD_ROW = (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError)


def serve(
    usage: str, commands: Mapping[str, Work], arguments: list[str], lines: Iterable[str]
) -> int:
    """Answer every line; a row that cannot be read answers {id, error}. The exit status: 1 where
    there was one, 2 for no such command."""
    if len(arguments) != 1 or arguments[0] not in commands:
        print(usage, file=sys.stderr)
        return 2
    failed = False
    for line in lines:
        if line.strip():
            result = answer_line(line, commands[arguments[0]])
            failed = failed or "error" in result
            print(json.dumps(result, ensure_ascii=False))
    return int(failed)


def answer_line(line: str, work: Work) -> dict[str, Any]:
    """The answer to one line, or its error; never an exception for what a line holds."""
    row: Any = None
    try:
        row = json.loads(line)
        return {"id": row.get("id"), **work(row)}
    except TOLD as error:
        return {"id": row.get("id"), "error": str(error)}
    except BAD_ROW as error:
        identity = row.get("id") if isinstance(row, dict) else None
        return {"id": identity, "error": f"{type(error).__name__}: {error}"}
