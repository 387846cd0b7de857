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

import sys
from collections.abc import Iterable
from typing import Any

from labs.grading.json_lines import Row, Work, serve
from labs.grading.network.exercise.probes import read_probe
from labs.grading.network.rules.algebra import compare
from labs.grading.network.rules.permissions import read_permissions
from labs.grading.network.topology.network_spec import read_network
from labs.grading.network.topology.story import walk_json
from labs.grading.network.topology.walk import walk
from labs.grading.toml_table import Table


def compare_row(row: Row) -> dict[str, Any]:
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


def walk_row(row: Row) -> dict[str, Any]:
    """`network` and `packet` as in a lab's [spec.network] and [[spec.probes]] (from, to, protocol,
    port …)."""
    network = read_network(Table(row["network"], file="row", path="network"))
    packet = Table(row["packet"], file="row", path="packet")
    probe = read_probe(packet, network)
    packet.finish()
    return walk_json(network, walk(network, probe))


COMMANDS: dict[str, Work] = {
    "compare": compare_row,
    "walk": walk_row,
}


def main(arguments: list[str], lines: Iterable[str]) -> int:
    return serve(str(__doc__), COMMANDS, arguments, lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin))
