"""Filters: an event pattern of Amazon EventBridge, or a filter policy of an Amazon SNS
subscription, graded by which events get through: some of the lab's, one by one, and then every
event that there can be, compared with the expected filter.

An answer is the pattern or the policy as JSON.

[spec] in lab.toml:
    filters = "eventbridge" | "MessageAttributes" | "MessageBody"   whose filter it is; the last two
                             are the scopes of a filter policy
    compare = 6              points each for delivering nothing else and for holding nothing else
                             back than solution.json does; 0 = not compared
    expected = "…"           the file with the expected filter (default: the solution)
    [[spec.fields]]          what events can hold: name ("detail.state": state in detail), values
                             (the usual ones, the commonest first; these are all there are, unless
                             any = "text", "number" or "address"), optional, many (several at once),
                             nullable, whole and least (numbers)
    [[spec.shapes]]          sorts of events: name, fields as above, in place of those of that name
    [[spec.events]]          name, event (JSON), expect ("through" or "held"), points (1), hidden,
                             why, section

What is left out, and refused with a message: fractions without "numeric", arrays of objects,
anything-but of several kinds. A field that holds an object counts as absent, as the guide says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.cure import Mend
from labs.grading.kind import Files
from labs.grading.messages.filter_exercise.answers import FilterAnswer, read_filter_answer
from labs.grading.messages.filter_exercise.behaviour import behaviour as behaviour
from labs.grading.messages.filter_exercise.codes import CODES as CODES
from labs.grading.messages.filter_exercise.completions import SLOTS as SLOTS
from labs.grading.messages.filter_exercise.completions import words as words
from labs.grading.messages.filter_exercise.filter_exercise import (
    FilterExercise,
    read_filter_exercise,
)
from labs.grading.messages.filter_exercise.filter_verdict import advise_filter, check_filter
from labs.grading.messages.filter_exercise.mends import mends_of
from labs.grading.mutants import Mutant
from labs.grading.mutants.filters import broken_filters
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "event-pattern"
TITLE = say("Filters of events and messages")
LANGUAGE = "json"
VERSION = "1"
MAX_BYTES = 8_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"events": ("name", "why")}


def read_spec(table: Mapping[str, object], files: Files) -> FilterExercise:
    return read_filter_exercise(table, files)


def parse(text: str) -> FilterAnswer:
    return read_filter_answer(text)


def check(answer: FilterAnswer, spec: FilterExercise) -> Report:
    return check_filter(answer, spec)


def advise(answer: FilterAnswer, spec: FilterExercise) -> list[Finding]:
    return advise_filter(answer, spec)


def mends(answer: FilterAnswer, spec: FilterExercise) -> list[Mend]:
    return mends_of(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_filters(text)
