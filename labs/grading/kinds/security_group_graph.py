"""Several security groups that refer to each other, graded by who reaches whom in a small network.

An answer is `{"sg-web": {"inbound": [IpPermissions …], "outbound": […]}, …}` or the readable form
with the groups' ids as headings (`labs.grading.network.rules.table`).

[spec] in lab.toml:
    matrix = 4               points for the same reach as solution.json between all hosts and the
                             internet; 0 = off
    expected = "…"           the file with the expected answer (default: the solution)
    moved_points = 2         points for the same reach after hosts were replaced: [spec.moved]
    [spec.moved]             web-1 = "10.0.1.99": the host's next private address; left out = nobody
                             is replaced
    [spec.network]           the network (`labs.grading.network.topology.network_spec`); its groups
                             are given, not asked for
    [[spec.probes]]          name, from, to (host or address), protocol ("tcp"),
                             port | type and code,
                             public (use the public address), expect ("allow" | "deny"), points (1),
                             hidden, why, section

Report.extra: `rules` (each group in the readable form). The scene is the network as
`labs.grading.network.topology.picture` draws it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from labs.grading.cure import Held, Mend
from labs.grading.errors import AnswerError, SpecError
from labs.grading.kind import Code, Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.lines import broken_rules
from labs.grading.network.exercise.behaviour import behaviour as behaviour
from labs.grading.network.exercise.codes import GRAPH_CODES, SECURITY_GROUP_CODES
from labs.grading.network.exercise.completions import SLOTS as SLOTS
from labs.grading.network.exercise.completions import words as words
from labs.grading.network.exercise.direction import Mistake
from labs.grading.network.exercise.findings import RELATIONS, advice
from labs.grading.network.exercise.graph_mistakes import all_mistakes
from labs.grading.network.exercise.group_mends import groups_mends
from labs.grading.network.exercise.probes import TITLE as TITLE_OF_WALKS
from labs.grading.network.exercise.probes import (
    Task,
    counterexample,
    fares_well,
    read_task,
    task_finding,
    task_outcome,
    walk_replay,
)
from labs.grading.network.rules.answers import GroupRules, GroupsAnswer, read_groups_answer
from labs.grading.network.rules.table import as_table
from labs.grading.network.topology.journey import ANSWERED, REFUSED
from labs.grading.network.topology.matrix import Differences, compare_reach, same_reach
from labs.grading.network.topology.network import Network
from labs.grading.network.topology.network import holds as holds_address
from labs.grading.network.topology.network_spec import read_network, with_groups
from labs.grading.network.topology.picture import drawing_of
from labs.grading.network.topology.story import probe_words
from labs.grading.network.topology.walk import walk
from labs.grading.report import Case, Finding, Relation, Report
from labs.grading.said import filled, joined, say
from labs.grading.toml_table import Table, file_of, solution_name

NAME = "security-group-graph"
TITLE = say("Security groups that refer to each other")
LANGUAGE = "yaml"  # JSON is read as well
VERSION = "2"
MAX_BYTES = 64_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"probes": ("name", "why")}
BLOCKED, ADMITTED = "sg.packet-blocked", "sg.packet-admitted"
NOT_ANSWERED = say("{packet} is not answered; it should be.")
OPENED = {
    ANSWERED: say("{packet} is answered; it should not be."),
    REFUSED: say("{packet} gets through to a port where nothing listens yet; it should not."),
}
CODES: dict[str, Code] = {**SECURITY_GROUP_CODES, **GRAPH_CODES}


@dataclass(frozen=True, slots=True)
class Spec:
    network: Network
    expected: Mapping[str, GroupRules]
    tasks: tuple[Task, ...]
    points: int
    moved: Mapping[str, str]
    moved_points: int


def read_spec(table: Mapping[str, object], files: Files) -> Spec:
    spec = Table(table)
    network = read_network(spec.table("network"))
    expected = read_expected(files, spec.text("expected", solution_name(files)))
    tasks = tuple(read_task(probe, network) for probe in spec.tables("probes"))
    points, moved_points = (
        spec.number("matrix", 4, most=1000),
        spec.number("moved_points", 2, most=1000),
    )
    read = Spec(
        network=network,
        expected=expected,
        tasks=tasks,
        points=points,
        moved=read_moved(spec.table("moved"), network),
        moved_points=moved_points,
    )
    spec.finish()
    if not read.points and not any(task.points for task in tasks):
        raise SpecError("lab.toml: spec: nothing is worth a point: give probes, or matrix above 0")
    return read


def read_expected(files: Files, name: str) -> Mapping[str, GroupRules]:
    try:
        return read_groups_answer(file_of(files, name)).groups
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from None


def read_moved(table: Table, network: Network) -> dict[str, str]:
    """Host → its next address, which must lie in its subnet."""
    moved = {name: table.text(name) for name, _value in table.items()}
    for name, address in moved.items():
        host = network.hosts.get(name)
        if host is None or not any(
            holds_address(block, address) for block in network.subnets[host.subnet].blocks
        ):
            raise table.error(
                name, "is no host of the network, or its new address is not in its subnet"
            )
    return moved


def parse(text: str) -> GroupsAnswer:
    return read_groups_answer(text)


def check(answer: GroupsAnswer, spec: Spec) -> Report:
    network = with_groups(spec.network, answer.groups)
    found = compare_reach(network, with_groups(spec.network, spec.expected))
    findings = [
        *(task_finding(network, task, blocked=BLOCKED, admitted=ADMITTED) for task in spec.tasks),
        *([matrix_finding(network, found, spec.points)] if spec.points else []),
        *([moved_finding(answer, spec)] if spec.moved else []),
        *advice(
            all_mistakes(answer, spec.expected, set(spec.network.groups)),
            answer.document.position,
            CODES,
        ),
    ]
    shown = [task for task in spec.tasks if not task.hidden]
    return Report(
        tuple(findings),
        {"rules": {name: rules_extra(group) for name, group in answer.groups.items()}},
        relation=Relation(found.relation, RELATIONS[found.relation]) if spec.points else None,
        outcomes=tuple(task_outcome(network, task) for task in shown),
        outcomes_title=TITLE_OF_WALKS,
        scene=drawing_of(network),
    )


def mistakes_in(answer: GroupsAnswer, spec: Spec) -> list[Mistake]:
    return all_mistakes(answer, spec.expected, set(spec.network.groups))


def holds(answer: GroupsAnswer, spec: Spec) -> list[Held]:
    """As the checks of `check`, in their order."""
    network = with_groups(spec.network, answer.groups)
    found: list[Held] = [
        fares_well(walk(network, task.probe), allowed=task.allowed)
        for task in spec.tasks
        if task.points
    ]
    if spec.points:
        found.append(lambda: reach_alike(spec.network, answer, spec))
    if spec.moved and spec.moved_points:
        found.append(lambda: reach_alike(later_network(spec), answer, spec))
    return found


def reach_alike(network: Network, answer: GroupsAnswer, spec: Spec) -> bool:
    return same_reach(*(with_groups(network, it) for it in (answer.groups, spec.expected)))


def mends(answer: GroupsAnswer, spec: Spec) -> list[Mend]:
    return groups_mends(answer, spec.expected)


def matrix_finding(learner: Network, found: Differences, points: int) -> Finding:
    opened = found.opened is not None
    probe = found.opened if opened else found.closed
    if probe is None:
        message = say("Everybody reaches exactly whom they should reach.")
        return Finding("sg.same-traffic", True, points, message)
    made = walk(learner, probe)
    words = filled(OPENED[made.outcome] if opened else NOT_ANSWERED, packet=probe_words(probe))
    sentences: list[str] = [words]
    if opened and found.closed is not None:
        sentences.append(filled(NOT_ANSWERED, packet=probe_words(found.closed)))
    return Finding(
        "sg.too-wide" if opened else "sg.too-narrow",
        False,
        points,
        joined(sentences),
        cases=(Case(joined(sentences), walk_replay(learner, made)),),
        counterexample=counterexample(made, expected=not opened),
    )


def moved_finding(answer: GroupsAnswer, spec: Spec) -> Finding:
    """The same comparison after hosts were replaced: rules that name addresses do not follow
    them."""
    later = later_network(spec)
    learner = with_groups(later, answer.groups)
    reach = compare_reach(learner, with_groups(later, spec.expected))
    found = matrix_finding(learner, reach, spec.moved_points)
    message = say(
        "With new addresses for {hosts}: {message}",
        hosts=", ".join(spec.moved),
        message=found.message,
    )
    cases = tuple(replace(case, sentence=message) for case in found.cases)
    tied = found.passed or is_new(reach, answer, spec)
    code = "sg.tied-to-addresses" if tied else found.code
    return replace(found, code=code, message=message, cases=cases)


def later_network(spec: Spec) -> Network:
    hosts = {
        name: replace(host, private=spec.moved.get(name, host.private))
        for name, host in spec.network.hosts.items()
    }
    return replace(spec.network, hosts=hosts)


def is_new(later: Differences, answer: GroupsAnswer, spec: Spec) -> bool:
    """Does one of these packets fare as it should as long as nobody has moved?"""
    networks = [with_groups(spec.network, groups) for groups in (answer.groups, spec.expected)]
    found = (probe for probe in (later.opened, later.closed) if probe)
    today = ([walk(network, probe) for network in networks] for probe in found)
    return any(
        ours.reaches_host is theirs.reaches_host and ours.outcome == theirs.outcome
        for ours, theirs in today
    )


def rules_extra(group: GroupRules) -> dict[str, object]:
    outbound = None if group.outbound is None else as_table(group.outbound, inbound=False)
    return {"inbound": as_table(group.inbound), "outbound": outbound}


def mutants(text: str) -> Iterator[Mutant]:
    return broken_rules(text)
