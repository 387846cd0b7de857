"""Security group: the rules of one group, graded by which packets they admit.

An answer is `{"inbound": [IpPermissions …], "outbound": [IpPermissions …]}`, a bare list (inbound),
or the readable form (`labs.grading.network.rules.table`). Without "outbound" the group keeps the
default, everything to everywhere.

[spec] in lab.toml:
    compare = 4              points for admitting exactly what solution.json admits inbound; 0 = not
                             compared
    compare_outbound = 0     the same for outbound (2 when the solution has outbound rules)
    group = "sg-db"          the id of the group itself, for self-references
    expected = "…"           the file with the expected answer (default: the solution)
    [spec.prefix_lists]      "pl-office" = ["203.0.113.0/24"]
    [[spec.packets]]         name, direction ("in"), protocol, port | type and code,
                             source (address or group id),
                             group (the far end's group), expect ("allow" | "deny"), points (1),
                             hidden, why, section

Report.extra: `rules` (both directions in the readable form) and `simplest` (the fewest inbound
rules that do the same, or null when the answer is that short).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from labs.grading.cure import Mend
from labs.grading.errors import AnswerError, SpecError
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.permissions import broken_permissions
from labs.grading.network.exercise.behaviour import behaviour as behaviour
from labs.grading.network.exercise.codes import SECURITY_GROUP_CODES
from labs.grading.network.exercise.completions import SLOTS as SLOTS
from labs.grading.network.exercise.completions import words as words
from labs.grading.network.exercise.direction import Direction, Mistake
from labs.grading.network.exercise.findings import advice, comparison_finding, relation_of
from labs.grading.network.exercise.group_mends import group_mends
from labs.grading.network.exercise.mistakes import find_mistakes
from labs.grading.network.exercise.packets import TITLE as TITLE_OF_PACKETS
from labs.grading.network.exercise.packets import (
    Locate,
    Packet,
    is_right,
    packet_finding,
    packet_outcome,
    read_packet,
)
from labs.grading.network.rules.algebra import Comparison, alike, compare
from labs.grading.network.rules.answers import GroupAnswer, GroupRules, read_group_answer
from labs.grading.network.rules.permissions import read_cidr
from labs.grading.network.rules.rule import IPV4, IPV6, Rule, Source, expand_prefix_lists
from labs.grading.network.rules.simplest import simplest
from labs.grading.network.rules.table import as_table
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.toml_table import Table, file_of, solution_name

NAME = "security-group"
TITLE = say("Security group")
LANGUAGE = "json"
VERSION = "2"
MAX_BYTES = 64_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"packets": ("name", "why")}
CODES = SECURITY_GROUP_CODES

PrefixLists = dict[str, tuple[Source, ...]]


@dataclass(frozen=True, slots=True)
class Spec:
    expected: GroupRules
    packets: tuple[Packet, ...]
    points: int
    outbound_points: int
    group: str
    prefix_lists: PrefixLists


def read_spec(table: Mapping[str, object], files: Files) -> Spec:
    spec = Table(table)
    prefix_lists = read_prefix_lists(spec.table("prefix_lists"))
    expected = read_expected(files, spec.text("expected", solution_name(files)), prefix_lists)
    read = Spec(
        expected=expected,
        packets=tuple(read_packet(packet) for packet in spec.tables("packets")),
        points=spec.number("compare", 4, most=1000),
        outbound_points=spec.number(
            "compare_outbound", 0 if expected.outbound is None else 2, most=1000
        ),
        group=spec.text("group", ""),
        prefix_lists=prefix_lists,
    )
    spec.finish()
    if not read.points and not any(packet.points for packet in read.packets):
        raise SpecError(
            "lab.toml: [spec]: nothing is worth a point: give packets, or compare above 0"
        )
    return read


def read_prefix_lists(table: Table) -> PrefixLists:
    lists: PrefixLists = {}
    for name, _value in table.items():
        try:
            lists[name] = tuple(
                read_cidr(IPV6 if ":" in block else IPV4, block) for block in table.texts(name)
            )
        except ValueError as error:
            raise table.error(name, str(error)) from None
    return lists


def read_expected(files: Files, name: str, prefix_lists: PrefixLists) -> GroupRules:
    try:
        rules = read_group_answer(file_of(files, name)).rules
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from None
    return expanded(rules, prefix_lists)


def expanded(rules: GroupRules, prefix_lists: PrefixLists) -> GroupRules:
    outbound = None if rules.outbound is None else expand_prefix_lists(rules.outbound, prefix_lists)
    return GroupRules(expand_prefix_lists(rules.inbound, prefix_lists), outbound)


def parse(text: str) -> GroupAnswer:
    return read_group_answer(text)


def check(answer: GroupAnswer, spec: Spec) -> Report:
    rules = expanded(answer.rules, spec.prefix_lists)
    locate = answer.document.position
    findings = [packet_finding(packet, rules_for(packet, rules), locate) for packet in spec.packets]
    findings.extend(compare_directions(rules, spec, locate))
    findings.extend(advice(mistakes_in(rules, spec), locate, CODES))
    shown = [packet for packet in spec.packets if not packet.hidden]
    return Report(
        tuple(findings),
        rules_extra(answer.rules),
        relation=relation_of(list(comparisons(rules, spec))),
        outcomes=tuple(packet_outcome(packet, rules_for(packet, rules)) for packet in shown),
        outcomes_title=TITLE_OF_PACKETS,
    )


def mends(answer: GroupAnswer, spec: Spec) -> list[Mend]:
    return group_mends(answer, spec.expected)


def holds(answer: GroupAnswer, spec: Spec) -> list[bool]:
    """As the checks of `check`, in their order."""
    rules, wanted = expanded(answer.rules, spec.prefix_lists), spec.expected
    found = [is_right(packet, rules_for(packet, rules)) for packet in spec.packets if packet.points]
    if spec.points:
        found.append(alike(rules.inbound, wanted.inbound))
    if spec.outbound_points:
        found.append(alike(rules.effective_outbound, wanted.effective_outbound))
    return found


def mistakes_in(rules: GroupRules, spec: Spec) -> list[Mistake]:
    wanted = spec.expected
    inbound = Direction.between(rules.inbound, wanted.inbound, group=spec.group)
    outbound = Direction.between(
        rules.effective_outbound, wanted.effective_outbound, inbound=False, group=spec.group
    )
    return find_mistakes(inbound, outbound)


def rules_for(packet: Packet, rules: GroupRules) -> Sequence[Rule]:
    return rules.inbound if packet.inbound else rules.effective_outbound


def compare_directions(rules: GroupRules, spec: Spec, locate: Locate) -> list[Finding]:
    findings = []
    if spec.points:
        learner, expected = rules.inbound, spec.expected.inbound
        findings.append(
            comparison_finding(learner, expected, inbound=True, points=spec.points, locate=locate)
        )
    if spec.outbound_points:
        learner, expected = rules.effective_outbound, spec.expected.effective_outbound
        findings.append(
            comparison_finding(
                learner, expected, inbound=False, points=spec.outbound_points, locate=locate
            )
        )
    return findings


def comparisons(rules: GroupRules, spec: Spec) -> Iterator[Comparison]:
    """Of the directions that the lab compares."""
    if spec.points:
        yield compare(rules.inbound, spec.expected.inbound)
    if spec.outbound_points:
        yield compare(rules.effective_outbound, spec.expected.effective_outbound)


def rules_extra(rules: GroupRules) -> dict[str, object]:
    fewest = simplest(rules.inbound)
    return {
        "rules": {
            "inbound": as_table(rules.inbound),
            "outbound": None if rules.outbound is None else as_table(rules.outbound, inbound=False),
        },
        "simplest": as_table(fewest) if len(fewest) < len(rules.inbound) else None,
    }


def mutants(text: str) -> Iterator[Mutant]:
    return broken_permissions(text)
