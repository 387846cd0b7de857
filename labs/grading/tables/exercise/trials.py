"""Each question of a lab asked of the answer's table, with every set of parameters."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.json_document import Path
from labs.grading.said import say
from labs.grading.tables.design.answer import reads_of
from labs.grading.tables.design.model import TableAnswer
from labs.grading.tables.design.read_reader import read_read
from labs.grading.tables.design.values import ValueProblem
from labs.grading.tables.exercise.flaws import Flaw, Question, cost_flaw, flaw_of
from labs.grading.tables.exercise.table_exercise import Pattern, TableExercise, Wanted
from labs.grading.tables.reading.reads import Answered, perform
from labs.grading.tables.reading.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one question: an answer, or why there is none."""

    wanted: Wanted
    answered: Answered | None
    flaw: Flaw | None


@dataclass(frozen=True, slots=True)
class Trial:
    """One pattern, with its read and all its cases. `refused`: nothing was asked at all."""

    pattern: Pattern
    asked: tuple[Asked, ...]
    path: Path
    cost: Flaw | None = None
    consistent: bool = False
    refused: Flaw | None = None


def tried(pattern: Pattern, answer: TableAnswer, store: Store, exercise: TableExercise) -> Trial:
    values = reads_of(answer.document).get(pattern.name)
    if values is None:
        words = say("Write a read of this name below Reads.")
        return untried(pattern, Flaw("dynamodb.no-read", words), ("Reads",))
    read = read_read(pattern.name, values, answer, store.table)
    if read.refusals:
        first = read.refusals[0]
        return untried(pattern, Flaw(first.code, first.message), first.path)
    asked = tuple(ask(Question(exercise, store, pattern, one, read.found)) for one in pattern.cases)
    cost = cost_of(asked, Question(exercise, store, pattern, pattern.cases[0], read.found))
    return Trial(pattern, asked, read.found.path, cost, read.found.consistent)


def untried(pattern: Pattern, flaw: Flaw, path: Path) -> Trial:
    asked = tuple(Asked(one, None, flaw) for one in pattern.cases)
    return Trial(pattern, asked, path, refused=flaw)


def ask(question: Question) -> Asked:
    try:
        answered = perform(question.read, question.store, question.wanted.parameters)
    except ValueProblem as problem:
        return Asked(question.wanted, None, Flaw("dynamodb.value", problem.message))
    return Asked(question.wanted, answered, flaw_of(question, answered))


def cost_of(asked: tuple[Asked, ...], question: Question) -> Flaw | None:
    """A wrong answer may be cheap: what it costs counts once all are right."""
    answers = [one.answered for one in asked if one.answered]
    if len(answers) == len(asked):
        dear = cost_flaw(question, answers)
        if dear and dear.code == "dynamodb.scan":
            return dear
        if not any(one.flaw for one in asked):
            return dear
    return Flaw("dynamodb.not-measured", say("Its cost counts once all its answers are right."))
