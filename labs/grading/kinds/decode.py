"""Take names apart that AWS gives: an instance type, an ARN, a Region's or a zone's name, an
image's name; and say what follows from a header or from a name in SNI.

An answer has its parts for each item (`labs.grading.names.exercise.answers`). What is right is
worked out by `labs.grading.names`: no author writes it down.

[spec] in lab.toml:
    reads = "instance-type" | "arn" | "place" | "image" | "visitor" | "certificate"
    parts = ["family", …]    which are asked for; left out = all that the sort has
                             (`labs.grading.names.exercise.topics.TOPICS`)
    [[spec.items]]           name (the key of the answer), points (1, of each part), why; and
                             text (what is taken apart; left out = the name), or of a
      visitor:               peer, balancer, header = ["192.0.2.1"] (what it brings),
                             mode ("append", "preserve", "remove"), own_proxies (0)
      certificate:           host, sni (true)
    [[spec.certificates]]    name, names = ["*.example.com"];  default = "…" in [spec]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.names import broken_names
from labs.grading.names.exercise.answers import Answer, read_names
from labs.grading.names.exercise.behaviour import behaviour as behaviour
from labs.grading.names.exercise.codes import CODES as CODES
from labs.grading.names.exercise.completions import SLOTS as SLOTS
from labs.grading.names.exercise.completions import words as words
from labs.grading.names.exercise.names_exercise import NamesExercise, read_names_exercise
from labs.grading.names.exercise.names_verdict import check_names, unknown
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "decode"
TITLE = say("Read what AWS writes")
LANGUAGE = "yaml"
VERSION = "1"
MAX_BYTES = 8_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"items": ("why",)}  # answers name items


def read_spec(table: Mapping[str, object], files: Files) -> NamesExercise:
    return read_names_exercise(table)


def parse(text: str) -> Answer:
    return read_names(text)


def check(answer: Answer, spec: NamesExercise) -> Report:
    return check_names(answer, spec)


def advise(answer: Answer, spec: NamesExercise) -> list[Finding]:
    return unknown(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_names(text)
