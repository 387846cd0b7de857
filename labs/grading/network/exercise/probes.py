"""The probes of a network lab: packets between hosts of the lab's network,
what should become of them, findings."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.network.exercise.packets import passing_words, read_axis
from labs.grading.network.rules.permissions import read_address
from labs.grading.network.rules.protocols import protocol_name
from labs.grading.network.topology.journey import (
    ANSWERED,
    CLIENT_PORT,
    REFUSED,
    TIMEOUT,
    Probe,
    Walk,
)
from labs.grading.network.topology.network import Network
from labs.grading.network.topology.story import hop_words, probe_words, walk_json
from labs.grading.network.topology.walk import walk
from labs.grading.report import Case, Demand, Finding, Outcome, Replay
from labs.grading.said import filled, say
from labs.grading.toml_table import Table

TITLE = say("How the packets walked")


SENTENCES = {
    ANSWERED: say("{packet} is answered."),
    REFUSED: say("{packet} is refused."),
    TIMEOUT: say("{packet} times out."),
}
OUTCOMES = {ANSWERED: say("answered"), REFUSED: say("refused"), TIMEOUT: say("time-out")}


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
        name=table.text("name"),
        probe=read_probe(table, network),
        allowed=table.text("expect", choices=("allow", "deny")) == "allow",
        points=table.number("points", 1, most=1000),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
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
    return Probe(
        source=ends["from"],
        target=ends["to"],
        protocol=protocol,
        port=port,
        public=table.flag("public"),
        client_port=client_port,
    )


def task_finding(network: Network, task: Task, *, blocked: str, admitted: str) -> Finding:
    """What became of the packet, with the hop that decided. `blocked` and `admitted` are the codes
    of the kind."""
    made = walk(network, task.probe)
    passed = fares_well(made, allowed=task.allowed)
    parts = {"name": task.name, "sentence": outcome_sentence(made)}
    message = say("{name}: {sentence}", **parts)
    if not passed:
        message = say("{name}: {sentence} {reason}", **parts, reason=reason(network, made))
    return Finding(
        blocked if task.allowed else admitted,
        passed,
        task.points,
        message,
        cases=() if passed else (Case(message, walk_replay(network, made)),),
        counterexample=None if passed else counterexample(made, expected=task.allowed),
        section=task.section,
        hidden=task.hidden,
        demand=Demand.ALLOW if task.allowed else Demand.REFUSE,
        expected=say("answered") if task.allowed else say("not answered"),
        actual=OUTCOMES[made.outcome],
        why=task.why,
    )


def fares_well(made: Walk, *, allowed: bool) -> bool:
    """What is needed has to be answered; what is not must not even get to the host, where something
    may listen tomorrow."""
    return made.outcome == ANSWERED if allowed else not made.reaches_host


def outcome_sentence(made: Walk) -> str:
    return filled(SENTENCES[made.outcome], packet=probe_words(made.probe))


def reason(network: Network, made: Walk) -> str:
    """Which hop stopped it, or which rule let it in."""
    stopped = made.stopped
    if stopped is None:
        let_in = [hop for hop in made.hops if hop.stage in ("group-in", "acl-in")]
        return (
            say("It should not be. {hop}", hop=hop_words(network, let_in[-1]))
            if let_in
            else say("It should not be.")
        )
    return say("It should be answered. {hop}", hop=hop_words(network, stopped))


def counterexample(made: Walk, *, expected: bool) -> dict[str, object]:
    return {
        "words": probe_words(made.probe),
        "answer": "allow" if made.stage == ANSWERED else "deny",
        "expected": "allow" if expected else "deny",
    }


def walk_replay(network: Network, made: Walk) -> Replay:
    """Drawn into `Report.scene`, which is `picture.drawing_of` the network."""
    return Replay("walk", walk_json(network, made), say("How this packet walks"))


def task_outcome(network: Network, task: Task) -> Outcome:
    made = walk(network, task.probe)
    passed = fares_well(made, allowed=task.allowed)
    return Outcome(
        name=task.name,
        what=probe_words(task.probe),
        expected=passing_words(task.allowed),
        yours=passing_words(passed is task.allowed),
        because=because(network, made),
        passed=passed,
        replay=walk_replay(network, made),
    )


def because(network: Network, made: Walk) -> str:
    """The hop that stopped it."""
    return hop_words(network, made.stopped) if made.stopped else ""
