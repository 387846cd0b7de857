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

import sys
from collections.abc import Iterable
from typing import Any

from labs.grading.balancing.comparison.compare import compare
from labs.grading.balancing.exercise.exercise import read_listener
from labs.grading.balancing.routing.decision import deciding, result_of
from labs.grading.balancing.routing.request import read_request
from labs.grading.balancing.routing.words import result_words
from labs.grading.balancing.rules.reader import read_rules
from labs.grading.balancing.rules.rule import Listener, Rules
from labs.grading.balancing.rules.words import rule_words
from labs.grading.json_lines import Row, Work, serve
from labs.grading.toml_table import Table


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


COMMANDS: dict[str, Work] = {
    "decide": decide_row,
    "compare": compare_row,
}


def main(arguments: list[str], lines: Iterable[str]) -> int:
    return serve(str(__doc__), COMMANDS, arguments, lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin))
