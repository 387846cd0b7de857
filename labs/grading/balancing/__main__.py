"""The balancing engine from a shell: one JSON row a line in, one JSON row a line out.

    python -m labs.grading.balancing decide < rows     rows: {id, rules: [as create-rule takes
                                                       them], url, method, headers, source,
                                                       listener, default}
                                                       → {id, result, rule}
    python -m labs.grading.balancing compare < rows    rows: {id, expected: [rules], learner:
                                                       [rules], listener, default}
                                                       → {id, equal, request, got, wanted}

`listener` ("HTTPS:443") and `default` ("404") may be left out, as `method`, `headers` and `source`.
A row that cannot be read answers {id, error}; the other rows are still answered and the exit status
is 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from labs.grading.balancing.comparison.compare import compare
from labs.grading.balancing.exercise.exercise import read_listener
from labs.grading.balancing.routing.decision import deciding, result_of
from labs.grading.balancing.routing.request import read_request
from labs.grading.balancing.routing.words import result_words
from labs.grading.balancing.rules.reader import read_rules
from labs.grading.balancing.rules.rule import Listener, RuleError, Rules
from labs.grading.balancing.rules.words import rule_words
from labs.grading.errors import SpecError
from labs.grading.toml_table import Table
from labs.grading.wildcards.budget import OutOfBudget

Row = Mapping[str, Any]


def listener_of(row: Row) -> Listener:
    return read_listener(Table(row, file="row", path=""))


def rules_of(row: Row, key: str, listener: Listener) -> Rules:
    return Rules.of(tuple(read_rules(row[key])), listener.default)


def decide_row(row: Row) -> dict[str, Any]:
    listener = listener_of(row)
    known = {name: row[name] for name in ("method", "headers", "source") if name in row}
    request = read_request(row["url"], **known)
    rule = deciding(rules_of(row, "rules", listener), request)
    result = result_of(rule.action, request, listener)
    return {"result": result_words(result), "rule": rule_words(rule)}


def compare_row(row: Row) -> dict[str, Any]:
    """`request` shows a difference; null where there is none."""
    listener = listener_of(row)
    both = [rules_of(row, key, listener) for key in ("learner", "expected")]
    found = compare(both[0], both[1], listener)
    return {
        "equal": found is None,
        "request": found and found.request.as_json(),
        "got": found and result_words(found.got),
        "wanted": found and result_words(found.wanted),
    }


COMMANDS: dict[str, Callable[[Row], dict[str, Any]]] = {
    "decide": decide_row,
    "compare": compare_row,
}


def answer(work: Callable[[Row], dict[str, Any]], line: str) -> dict[str, Any]:
    row: Any = None
    try:
        row = json.loads(line)
        return {"id": row.get("id"), **work(row)}
    except RuleError as error:
        return {"id": row.get("id"), "error": f"{'.'.join(map(str, error.path))}: {error.message}"}
    except SpecError as error:
        return {"id": row.get("id"), "error": str(error)}
    except OutOfBudget:
        return {"id": row.get("id"), "error": "too tangled to be compared"}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        return {
            "id": row.get("id") if isinstance(row, dict) else None,
            "error": f"{type(error).__name__}: {error}",
        }


def main(arguments: list[str], lines: Iterable[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    failed = False
    for line in lines:
        if line.strip():
            result = answer(COMMANDS[arguments[0]], line)
            failed = failed or "error" in result
            print(json.dumps(result, ensure_ascii=False))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin))
