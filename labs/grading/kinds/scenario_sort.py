"""Sort scenarios into boxes: for each item the box that fits it.

An answer has a line for each item, `item: box` (`labs.grading.sorting.answers`). More than one box
may be right; of every other one the lab says why it is not.

[spec] in lab.toml:
    topic = "…"              what is sorted by (`labs.grading.sorting.codes.TOPICS`): each has codes
                             of its own, and the section that teaches it
    [[spec.boxes]]           name, also = ["…"] (other words for it that are taken as well)
    [[spec.items]]           name (the key of the answer), text (what it is, as in the brief; left
                             out = the name says it) or quote (the same in every language),
                             accepts = ["…"], why, points (1)
    [spec.items.not]         a box = why it is wrong; needed for each box that is not accepted. One
                             for an accepted box serves the variants in which it is not

Refused are labs that can be guessed: one box for everything is right for 60 % of the points or
more, or all items of a box stand together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.sorting import broken_sorting
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.sorting.answers import Answer, read_choices
from labs.grading.sorting.codes import CODES as CODES
from labs.grading.sorting.exercise import SortingExercise, read_sorting
from labs.grading.sorting.verdict import behaviour as behaviour
from labs.grading.sorting.verdict import check_sorting, unknown

NAME = "scenario-sort"
TITLE = say("Sort into boxes")
LANGUAGE = "yaml"
VERSION = "2"
MAX_BYTES = 6_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"items": ("text", "why", "not")}  # answers name items and boxes


def read_spec(table: Mapping[str, object], files: Files) -> SortingExercise:
    return read_sorting(table)


def parse(text: str) -> Answer:
    return read_choices(text)


def check(answer: Answer, spec: SortingExercise) -> Report:
    return check_sorting(answer, spec)


def advise(answer: Answer, spec: SortingExercise) -> list[Finding]:
    return unknown(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_sorting(text)
