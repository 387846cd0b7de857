"""The probes of a network lab: packets between hosts of the lab's network,
what should become of them, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from labs.grading.network.exercise.packets import read_axis
from labs.grading.network.rules.permissions import read_address
from labs.grading.network.rules.protocols import protocol_name
from labs.grading.network.topology.journey import ANSWERED, CLIENT_PORT, Probe, Walk
from labs.grading.network.topology.network import Network
from labs.grading.network.topology.story import hop_words, probe_words, walk_json
from labs.grading.network.topology.walk import walk
from labs.grading.report import Finding
from labs.grading.toml_table import Table


@dataclass(frozen=True, slots=True)
class Task:
    """One probe of the spec."""

    name: str
    probe: Probe
    allowed: bool
    points: int
    hidden: bool
    why: str
    section: str


def read_task(table: Table, network: Network) -> Task:
    """One `[[spec.probes]]`: name, from, to (host names or addresses), protocol, port …, expect,
    points, hidden, why."""
    return Task(
        table.text("name"),
        read_probe(table, network),
        table.text("expect", choices=("allow", "deny")) == "allow",
        table.number("points", 1, most=1000),
        table.flag("hidden"),
        table.text("why", ""),
        table.text("section", ""),
    )


def read_probe(table: Table, network: Network) -> Probe:
    protocol = protocol_name(table.text("protocol", "tcp"))
    if protocol is None or protocol == "-1":
        raise table.error(
            "protocol", "a packet has one protocol: tcp, udp, icmp, icmpv6 or a number"
        )
    ends = {key: table.text(key) for key in ("from", "to")}
    for key, name in ends.items():
        if name not in network.hosts and read_address(name) is None:
            raise table.error(key, f"“{name}” is neither a host of the network nor an address")
    port = read_axis(table, protocol)
    client_port = table.number("client_port", CLIENT_PORT, most=65535)
    return Probe(ends["from"], ends["to"], protocol, port, table.flag("public"), client_port)


def task_finding(network: Network, task: Task, *, blocked: str, admitted: str) -> Finding:
    """What became of the packet, with the hop that decided. `blocked` and `admitted` are the codes
    of the kind."""
    made = walk(network, task.probe)
    reached = made.stage == ANSWERED
    passed = reached == task.allowed
    return Finding(
        code=blocked if task.allowed else admitted,
        passed=passed,
        points=task.points,
        message=f"{task.name}: {probe_words(task.probe)} {outcome_words(made)}."
        + ("" if passed else reason(network, made)),
        counterexample=None if passed else counterexample(network, made, expected=task.allowed),
        section=task.section,
        hidden=task.hidden,
        expected="answered" if task.allowed else "not answered",
        actual=made.outcome,
        why=task.why,
    )


def outcome_words(made: Walk) -> str:
    return {"answered": "is answered", "refused": "is refused", "timeout": "times out"}[
        made.outcome
    ]


def reason(network: Network, made: Walk) -> str:
    """Which hop stopped it, or which rule let it in."""
    stopped = made.stopped
    if stopped is None:
        let_in = [hop for hop in made.hops if hop.stage in ("group-in", "acl-in")]
        return (
            f" It should not be. {hop_words(network, let_in[-1])}"
            if let_in
            else " It should not be."
        )
    return f" It should be answered. {hop_words(network, stopped)}"


def counterexample(network: Network, made: Walk, *, expected: bool) -> dict[str, Any]:
    return {
        "words": probe_words(made.probe),
        "answer": "allow" if made.stage == ANSWERED else "deny",
        "expected": "allow" if expected else "deny",
        "walk": walk_json(network, made),
    }


def task_rows(network: Network, tasks: Iterable[Task]) -> list[dict[str, Any]]:
    """The table of probes for the page, with every walk; hidden ones are left out."""
    rows = []
    for task in tasks:
        if not task.hidden:
            made = walk(network, task.probe)
            rows.append(
                {
                    "name": task.name,
                    "words": probe_words(task.probe),
                    "expected": "allow" if task.allowed else "deny",
                    "actual": "allow" if made.stage == ANSWERED else "deny",
                    "passed": (made.stage == ANSWERED) == task.allowed,
                    "walk": walk_json(network, made),
                }
            )
    return rows


def changes(
    before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]]
) -> dict[str, list[str]]:
    """What the last change opened and closed: the rows of two attempts side by side, in words."""
    earlier = {row["name"]: row["actual"] for row in before}
    found: dict[str, list[str]] = {"opened": [], "closed": []}
    for row in after:
        if earlier.get(row["name"], row["actual"]) != row["actual"]:
            found["opened" if row["actual"] == "allow" else "closed"].append(row["words"])
    return found
