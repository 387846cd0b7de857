"""Tables of Amazon DynamoDB: keys and indexes, and a read for each question, graded by what the
reads answer and cost.

An answer is YAML or JSON in AWS's names (`labs.grading.tables.design.answer` shows it): the table
as CreateTable takes it, and for each of the lab's questions one request. The items are made from a
recipe, the same ones every time (`labs.grading.tables.items.recipe`).

[spec] in lab.toml:
    seed, label              of the draws; how items are called in a verdict: "{orderId}"
    advice = true            false where finding the faults is the task: nothing is marked while one
                             types
    hottest                  percent of all items that may lie under one partition key
    most_indexes, copied     of the table; KB that all indexes together may hold
    table_points (1)         for each of these that is given, and for keeping all items
    [[spec.items]]           count, of one kind of items
    [[spec.items.attributes]]  name, make, form, least, most, values, weights; twins = [57] (rows
                             that have the value of the row before), only = {status = ["open"]}
                             (the others have no such attribute). make is
                             serial    form, and a number from `least` on
                             many      form, and one of `most` numbers from `least` on: c-017
                             one-of    values, weights
                             time      from `form` on, `least` minutes apart and a little more
                             number    least to most
                             filler    text of least to most bytes
                             form      "{status}#{placedAt}" of attributes before it
    [[spec.patterns]]        name (of the read), words, where = "customer = :customer" (a filter
                             expression; parameters are its :values), needs = [attributes], order,
                             descending, first (so many of them), units (0.5 …, eventually
                             consistent if it may be), consistent = true (must not be late),
                             points (1) for each case, cost_points (1)
    [[spec.patterns.cases]]  hidden, and each parameter; in an answer it is $parameter

Left out, and refused with a message: paths into maps and lists, values in sets. Pages of 1 MB and
adaptive capacity are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.tables import broken_tables
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.tables.design.answer import read_answer
from labs.grading.tables.design.model import TableAnswer
from labs.grading.tables.exercise.behaviour import behaviour as behaviour
from labs.grading.tables.exercise.codes import CODES as CODES
from labs.grading.tables.exercise.completions import SLOTS as SLOTS
from labs.grading.tables.exercise.completions import words as words
from labs.grading.tables.exercise.table_exercise import TableExercise, read_table_exercise
from labs.grading.tables.exercise.verdict import advise_tables, check_tables

NAME = "dynamodb-keys"
TITLE = say("Keys, indexes and reads of a table")
LANGUAGE = "yaml"  # JSON is read as well
VERSION = "1"
MAX_BYTES = 16_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"patterns": ("words",)}


def read_spec(table: Mapping[str, object], files: Files) -> TableExercise:
    return read_table_exercise(table)


def parse(text: str) -> TableAnswer:
    return read_answer(text)


def check(answer: TableAnswer, spec: TableExercise) -> Report:
    return check_tables(answer, spec)


def advise(answer: TableAnswer, spec: TableExercise) -> list[Finding]:
    return advise_tables(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_tables(text)
