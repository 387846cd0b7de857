"""The network engine from a shell: one JSON row a line in, one JSON row a line out.

    python -m labs.grading.network compare < rows      rows: {id, expected: [IpPermissions],
                                                       learner: [IpPermissions]}
                                                       → {id, relation, learner_only, expected_only}
    python -m labs.grading.network walk < rows         rows: {id, network: {…}, packet: {from, to,
                                                       protocol, port}}
                                                       → {id, outcome, stage, story,
                                                       hops} (network_spec.py has the form)

A row that cannot be read answers {id, error}; the other rows are still answered and the exit status
is 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from labs.grading.errors import AnswerError, SpecError
from labs.grading.network.exercise.probes import read_probe
from labs.grading.network.rules.algebra import compare
from labs.grading.network.rules.permissions import read_permissions
from labs.grading.network.rules.rule import RuleError
from labs.grading.network.topology.network_spec import read_network
from labs.grading.network.topology.story import walk_json
from labs.grading.network.topology.walk import walk
from labs.grading.toml_table import Table


def compare_row(row: dict[str, Any]) -> dict[str, Any]:
    """Flows in the answer are `{protocol, port, source}` (ICMP: type and code) or null."""
    comparison = compare(
        read_permissions(row["learner"], ("learner",)),
        read_permissions(row["expected"], ("expected",)),
    )
    return {
        "relation": comparison.relation,
        "learner_only": comparison.learner_only and comparison.learner_only.as_json(),
        "expected_only": comparison.expected_only and comparison.expected_only.as_json(),
    }


def walk_row(row: dict[str, Any]) -> dict[str, Any]:
    """`network` and `packet` as in a lab's [spec.network] and [[spec.probes]] (from, to, protocol,
    port …)."""
    network = read_network(Table(row["network"], file="row", path="network"))
    packet = Table(row["packet"], file="row", path="packet")
    probe = read_probe(packet, network)
    packet.finish()
    return walk_json(network, walk(network, probe))


COMMANDS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "compare": compare_row,
    "walk": walk_row,
}


def answer(work: Callable[[dict[str, Any]], dict[str, Any]], line: str) -> dict[str, Any]:
    row: Any = None
    try:
        row = json.loads(line)
        return {"id": row.get("id"), **work(row)}
    except RuleError as error:
        return {"id": row.get("id"), "error": f"{'.'.join(map(str, error.path))}: {error.message}"}
    except (AnswerError, SpecError) as error:
        return {"id": row.get("id"), "error": str(error)}
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
