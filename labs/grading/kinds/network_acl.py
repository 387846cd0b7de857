"""Network ACL: ordered, stateless rules, graded by conversations (packet and answer)
and by comparison.

An answer is `{"Entries": [NetworkAclEntry …]}` as `describe-network-acls` shows it, or lines such
as `- 100 allow tcp 443 from 0.0.0.0/0` under `inbound:` and `outbound:`.

[spec] in lab.toml:
    compare = 2              points for each direction that decides exactly as solution.json does; 0
                             = not compared
    expected = "…"           the file with the expected answer (default: the solution)
    [[spec.packets]]         name, direction ("in"), protocol, port | type and code,
                             source (address of the far end),
                             client_port (50000), expect ("allow" | "deny"), points (1), hidden,
                             why, section
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.cure import Mend
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.lines import broken_acl
from labs.grading.network.exercise.acl_exercise import (
    AclAnswer,
    AclExercise,
    check_acl,
    holds_acl,
    read_acl_answer,
    read_acl_exercise,
)
from labs.grading.network.exercise.acl_mends import acl_mends
from labs.grading.network.exercise.behaviour import behaviour as behaviour
from labs.grading.network.exercise.completions import SLOTS as SLOTS
from labs.grading.network.exercise.completions import words as words
from labs.grading.network.exercise.path_codes import ACL_CODES
from labs.grading.report import Report
from labs.grading.said import say

NAME = "network-acl"
TITLE = say("Network ACL")
LANGUAGE = "yaml"  # JSON is read as well
VERSION = "2"
MAX_BYTES = 32_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"packets": ("name", "why")}
CODES = ACL_CODES


def read_spec(table: Mapping[str, object], files: Files) -> AclExercise:
    return read_acl_exercise(table, files)


def parse(text: str) -> AclAnswer:
    return read_acl_answer(text)


def check(answer: AclAnswer, spec: AclExercise) -> Report:
    return check_acl(answer, spec)


def holds(answer: AclAnswer, spec: AclExercise) -> list[bool]:
    return holds_acl(answer, spec)


def mends(answer: AclAnswer, spec: AclExercise) -> list[Mend]:
    return acl_mends(answer, spec.expected)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_acl(text)
