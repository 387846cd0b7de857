"""Rules of a security group with one fault: its line is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from labs.grading.errors import AnswerError
from labs.grading.mutants.lines import broken_rules
from labs.grading.network.rules.algebra import alike, compare
from labs.grading.network.rules.answers import read_group_answer
from labs.grading.network.rules.rule import Rule
from labs.grading.quiz.generators.kind import Drawing, changed_lines, first_fair
from labs.grading.quiz.generators.packets import inbound, packet_words
from labs.grading.said import say

NAME = "find-the-wrong-rule"
TITLE = say("Find the wrong rule")
SECTION = "ports-that-stay-closed"
CODES = (
    "sg.too-wide",
    "sg.too-narrow",
    "sg.ssh-open",
    "sg.rdp-open",
    "sg.database-open",
    "sg.risky-port-open",
    "sg.all-traffic",
    "flaw.false-alarm",
)

# What is wanted, in words, and its rule; no two of them meet
WISHES: dict[int, tuple[tuple[str, str], ...]] = {
    1: (
        ("HTTPS (port 443) from every IPv4 address", "tcp 443 from 0.0.0.0/0"),
        ("HTTP (port 80) from every IPv4 address", "tcp 80 from 0.0.0.0/0"),
        ("SSH (port 22) from the office, `203.0.113.0/24`", "tcp 22 from 203.0.113.0/24"),
        ("PostgreSQL (port 5432) from the group `sg-app`", "tcp 5432 from sg-app"),
        ("port 8080 from the VPC, `10.0.0.0/16`", "tcp 8080 from 10.0.0.0/16"),
    ),
    2: (
        ("HTTPS from every IPv4 address", "tcp 443 from 0.0.0.0/0"),
        ("HTTP from the VPC, `10.0.0.0/16`", "tcp 80 from 10.0.0.0/16"),
        ("SSH from one machine, `203.0.113.7`", "tcp 22 from 203.0.113.7/32"),
        ("MySQL from the group `sg-app`", "tcp 3306 from sg-app"),
        ("RDP from the office, `198.51.100.0/24`", "tcp 3389 from 198.51.100.0/24"),
        ("DNS over UDP from the VPC, `10.0.0.0/16`", "udp 53 from 10.0.0.0/16"),
    ),
    3: (
        ("HTTPS from every IPv6 address", "tcp 443 from ::/0"),
        ("SSH from `203.0.113.64` to `203.0.113.127`", "tcp 22 from 203.0.113.64/26"),
        ("PostgreSQL from `10.0.4.0` to `10.0.5.255`", "tcp 5432 from 10.0.4.0/23"),
        ("the ports 8000 to 8100 from the group `sg-web`", "tcp 8000-8100 from sg-web"),
        ("NFS from the group `sg-app`", "tcp 2049 from sg-app"),
        ("DNS over UDP from `10.0.16.0` to `10.0.31.255`", "udp 53 from 10.0.16.0/20"),
        ("RDP from `198.51.100.128` to `198.51.100.255`", "tcp 3389 from 198.51.100.128/25"),
    ),
}
ALL_PORTS = re.compile(r"- all \d")
COUNTS = {1: 3, 2: 4, 3: 5}


@dataclass(frozen=True, slots=True)
class Flaw:
    wishes: Sequence[tuple[str, str]]
    broken: str  # the text
    line: int  # from 1
    why: str


def draw(chance: Random, level: int) -> Drawing:
    flaw = first_fair(lambda: drawn(chance, level))
    wanted = "\n".join(f"- {words}" for words, _rule in flaw.wishes)
    reasons = {
        str(number): f"This is as wanted: {words}."
        for number, (words, _rule) in enumerate(flaw.wishes, start=2)
    }
    return {
        "kind": "line",
        "text": f"A security group is to let in, and nothing else:\n\n{wanted}\n\n"
        "One rule is wrong. Mark it.",
        "document": flaw.broken.strip(),
        "lines": reasons | {str(flaw.line): flaw.why, "right": flaw.line},
    }


def drawn(chance: Random, level: int) -> Flaw | None:
    wishes = chance.sample(WISHES[level], COUNTS[level])
    good = inbound([rule for _words, rule in wishes])
    broken = chance.choice(list(one_line_mutants(good)))
    rules, wanted = rules_of(broken), rules_of(good)
    if rules is None or wanted is None or alike(rules, wanted):
        return None
    (line,) = changed_lines(good, broken)
    if mended_elsewhere(broken, wanted, line):
        return None
    return Flaw(wishes, broken, line, f"Wanted was: {wishes[line - 2][0]}. {told(rules, wanted)}")


def one_line_mutants(text: str) -> Iterator[str]:
    for mutant in broken_rules(text):
        changed = changed_lines(text, mutant.text)
        if len(changed) == 1 and rules_of(mutant.text) is not None:
            yield mutant.text


def rules_of(text: str) -> tuple[Rule, ...] | None:
    """None where AWS would not read it."""
    if ALL_PORTS.search(text):  # "all" takes no ports
        return None
    try:
        return read_group_answer(text).rules.inbound
    except AnswerError:
        return None


def mended_elsewhere(broken: str, wanted: tuple[Rule, ...], line: int) -> bool:
    """Whether a change of another line makes it right as well: then two lines could be marked."""
    others = (text for text in one_line_mutants(broken) if changed_lines(broken, text) != [line])
    return any(alike(rules_of(text) or (), wanted) for text in others)


def told(rules: Sequence[Rule], wanted: Sequence[Rule]) -> str:
    """By a packet that shows it."""
    found = compare(rules, wanted)
    if found.learner_only:
        return f"{packet_words(found.learner_only)} gets in, and should not."
    assert found.expected_only
    return f"{packet_words(found.expected_only)} does not get in, and should."
