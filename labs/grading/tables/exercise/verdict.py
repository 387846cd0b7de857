"""An answer against its lab: the table filled, each read asked with each set of parameters, and
what it missed said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from labs.grading.json_document import JsonDocument
from labs.grading.refusal import Refusal
from labs.grading.report import Case, Demand, Finding, Outcome, Report
from labs.grading.said import Said, joined, say
from labs.grading.tables.design.answer import reads_of
from labs.grading.tables.design.model import Table, TableAnswer
from labs.grading.tables.design.parts import Parts
from labs.grading.tables.design.read_reader import read_read
from labs.grading.tables.design.table_reader import ReadTable, read_table
from labs.grading.tables.exercise.codes import CODES, CURES
from labs.grading.tables.exercise.flaws import Flaw
from labs.grading.tables.exercise.table_exercise import TableExercise
from labs.grading.tables.exercise.trials import Trial, tried
from labs.grading.tables.exercise.whole import Whole, asked_of_table
from labs.grading.tables.reading.reads import Answered, listed, units
from labs.grading.tables.reading.store import put_items

REFUSED = say("AWS would not create this table.")
TITLE = say("Question by question")


def check_tables(answer: TableAnswer, exercise: TableExercise) -> Report:
    read, refusals = read_whole(answer, exercise)
    if refusals:
        return refused_report(refusals, exercise, answer.document)
    store = put_items(read.found, exercise.items)
    trials = [tried(one, answer, store, exercise) for one in exercise.patterns]
    findings = [said_of(one, answer.document) for one in refused_reads(answer, read.found)]
    kept, *others = asked_of_table(store, exercise)
    findings.append(of_table(kept, exercise, answer.document))
    findings += [one for trial in trials for one in findings_of(trial, answer.document)]
    findings += [of_table(one, exercise, answer.document) for one in others]
    outcomes = [one for trial in trials for one in outcomes_of(trial)]
    return Report(tuple(findings), outcomes=tuple(outcomes), outcomes_title=TITLE)


def advise_tables(answer: TableAnswer, exercise: TableExercise) -> list[Finding]:
    """What AWS would refuse, while one types."""
    if not exercise.advice:
        return []
    read, refusals = read_whole(answer, exercise)
    if not refusals:
        refusals = refused_reads(answer, read.found)
    return [said_of(one, answer.document) for one in refusals]


def refused_reads(answer: TableAnswer, table: Table) -> list[Refusal]:
    reads = reads_of(answer.document)
    return [
        refusal
        for name, values in reads.items()
        for refusal in read_read(name, values, answer, table).refusals
    ]


def read_whole(answer: TableAnswer, exercise: TableExercise) -> tuple[ReadTable, list[Refusal]]:
    """The table, and what is refused of it or stands where nothing belongs."""
    value = answer.document.value
    top = Parts(value if isinstance(value, dict) else {}, ())
    top.know("Table", "Reads")
    reads = Parts(reads_of(answer.document), ("Reads",), top.refusals)
    reads.know(*(one.name for one in exercise.patterns))
    read = read_table(dict(top.inner("Table").values))
    return read, [*top.refusals, *read.refusals]


def said_of(refusal: Refusal, document: JsonDocument) -> Finding:
    return refusal.finding(document, why=CODES[refusal.code].explanation)


def refused_report(
    refusals: list[Refusal], exercise: TableExercise, document: JsonDocument
) -> Report:
    """What it is refused for, then one finding in the place of every check."""
    code = "dynamodb.not-created"
    decided = Finding(code, False, exercise.points, CODES[code].explanation)
    return Report((*(said_of(one, document) for one in refusals), decided), refused=REFUSED)


# --- Findings -------------------------------------------------------------------------------------


def findings_of(trial: Trial, document: JsonDocument) -> Iterator[Finding]:
    pattern = trial.pattern
    if trial.refused:
        yield untried(trial, document)
        return
    for one in trial.asked:
        right = say("{pattern}, with {parameters}: the right items come.", pattern=pattern.name,
                    parameters=listed(one.wanted.parameters))  # fmt: skip
        wrong = say("{pattern}, with {parameters}: {story}", pattern=pattern.name,
                    parameters=listed(one.wanted.parameters),
                    story=one.flaw.words if one.flaw else "")  # fmt: skip
        code = one.flaw.code if one.flaw else "dynamodb.missing-items"
        yield finding(
            code, one.flaw, (right, wrong), pattern.points, trial, document,
            demand=Demand.ALLOW, hidden=one.wanted.hidden,
        )  # fmt: skip
    costs = trial.cost
    story = costs.words if costs else ""
    most = units(pattern.halves)
    right = say("{pattern}: at most {units} read units.", pattern=pattern.name, units=most)
    wrong = say("{pattern}: {story}", pattern=pattern.name, story=story)
    code = costs.code if costs else "dynamodb.units"
    yield finding(code, costs, (right, wrong), pattern.cost_points, trial, document,
                  demand=Demand.REFUSE)  # fmt: skip
    if pattern.consistent:
        yield fresh(trial, document)


def untried(trial: Trial, document: JsonDocument) -> Finding:
    """One finding in the place of all that would have been asked. What AWS says of a refused read
    stands where it is refused."""
    flaw = trial.refused or Flaw("dynamodb.no-read", "")
    words = say("{pattern}: {story}", pattern=trial.pattern.name, story=flaw.words)
    found = finding(flaw.code, flaw, (words, words), trial.pattern.whole, trial, document,
                    demand=Demand.ALLOW)  # fmt: skip
    if flaw.code == "dynamodb.no-read":
        return found
    return replace(
        found, message=say("{pattern}: AWS refuses this read.", pattern=trial.pattern.name)
    )


def fresh(trial: Trial, document: JsonDocument) -> Finding:
    right = say("{pattern}: it sees what was written just before.", pattern=trial.pattern.name)
    wrong = say(
        "{pattern}: what was written a moment ago may be missing in its answer.",
        pattern=trial.pattern.name,
    )
    code = "dynamodb.eventual"
    flaw = None if trial.consistent else Flaw(code, wrong)
    return finding(code, flaw, (right, wrong), trial.pattern.cost_points, trial, document,
                   demand=Demand.ALLOW)  # fmt: skip


def finding(
    code: str,
    flaw: Flaw | None,
    words: tuple[Said, Said],
    points: int,
    trial: Trial,
    document: JsonDocument,
    *,
    demand: Demand,
    hidden: bool = False,
) -> Finding:
    """`words`: if it holds, and if not."""
    if flaw is None:
        return Finding(code, True, points, words[0], demand=demand, hidden=hidden,
                       section=CODES[code].section)  # fmt: skip
    told = code != "dynamodb.not-measured"
    return Finding(
        code,
        False,
        points,
        words[1],
        at=document.position(trial.path) if told else None,
        demand=demand,
        cases=(Case(words[1]),) if told else (),
        counterexample={"pattern": trial.pattern.name, **flaw.facts},
        section=CODES[code].section,
        hidden=hidden,
        why=CODES[code].explanation,
        cure=CURES.get(code, ""),
    )


def of_table(whole: Whole, exercise: TableExercise, document: JsonDocument) -> Finding:
    flaw, points = whole.flaw, exercise.bounds.points
    code = flaw.code if flaw else whole.code
    section = CODES[code].section
    if flaw is None:
        return Finding(code, True, points, whole.words, demand=Demand.REFUSE, section=section)
    return Finding(
        code,
        False,
        points,
        flaw.words,
        at=document.position(whole.path),
        demand=Demand.REFUSE,
        cases=(Case(flaw.words),),
        counterexample=dict(flaw.facts),
        section=section,
        why=CODES[code].explanation,
        cure=CURES.get(code, ""),
    )


# --- The table on the page ------------------------------------------------------------------------


def outcomes_of(trial: Trial) -> Iterator[Outcome]:
    pattern = trial.pattern
    shown = [one for one in trial.asked if not one.wanted.hidden]
    for number, one in enumerate(shown, start=1):
        answered = one.answered
        cheap = answered is None or answered.halves <= pattern.halves
        yield Outcome(
            name=f"{pattern.name} {number}" if len(shown) > 1 else pattern.name,
            what=joined([pattern.words, listed(one.wanted.parameters)], ": "),
            expected=say(
                "items: {items}, read units: at most {units}",
                items=len(one.wanted.rows),
                units=units(pattern.halves),
            ),
            yours=counted(answered) if answered else say("no answer"),
            because=one.flaw.words if one.flaw else "",
            passed=one.flaw is None and cheap,
        )


def counted(answered: Answered) -> Said:
    return say(
        "items: {items}, read units: {units}",
        items=len(answered.rows),
        units=units(answered.halves),
    )
