"""What is wrong with what a read answered, or costs, told by the item or the values that show
it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from labs.grading.said import Said, joined, say
from labs.grading.tables.design.model import Read
from labs.grading.tables.exercise.table_exercise import Pattern, TableExercise, Wanted
from labs.grading.tables.reading.reads import Answered, units
from labs.grading.tables.reading.store import Lost, Store


@dataclass(frozen=True, slots=True)
class Flaw:
    code: str
    words: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One pattern with one set of parameters, and the read that answers it."""

    exercise: TableExercise
    store: Store
    pattern: Pattern
    wanted: Wanted
    read: Read


def flaw_of(asked: Question, answered: Answered) -> Flaw | None:
    """The first that there is."""
    return (
        wrong_items(asked, answered)
        or wrong_order(asked, answered)
        or wrong_attributes(asked, answered)
    )


def wrong_items(asked: Question, answered: Answered) -> Flaw | None:
    wanted, came = set(asked.wanted.rows), set(answered.rows)
    missing = [row for row in asked.wanted.rows if row not in came]
    if missing:
        return missing_item(asked, answered, missing[0])
    extra = [row for row in answered.rows if row not in wanted]
    if not extra:
        return None
    item = asked.exercise.called(extra[0])
    words = say(
        "{item} comes as well, and does not belong to the answer (items: {came} instead of "
        "{wanted}).",
        item=item,
        came=len(answered.rows),
        wanted=len(wanted),
    )
    return Flaw("dynamodb.extra-items", words, {"item": item})


def missing_item(asked: Question, answered: Answered, row: int) -> Flaw:
    item = asked.exercise.called(row)
    read, came = answered.read, len(answered.rows)
    code = "dynamodb.missing-items"
    if lost := next((one for one in asked.store.lost if one.row == row), None):
        code = lost_code(lost)
        words = say("{item} is missing, because the table does not hold it.", item=item)
    elif absent := absent_keys(asked, row):
        words = say("{item} is missing: it has no {name}, so it is not in the index.", item=item,
                    name=absent[0])  # fmt: skip
    elif answered.more and asked.read.filter:
        code = "dynamodb.limit-before-filter"
        words = say(
            "{item} is missing. Limit ended the read after {read} items, and the filter left "
            "{came} of them: Limit counts before the filter.",
            item=item,
            read=read,
            came=came,
        )
    else:
        words = replaced_or_short(asked, answered, item)
    return Flaw(code, words, {"item": item})


def lost_code(lost: Lost) -> str:
    return "dynamodb.not-kept" if lost.by is None else "dynamodb.overwrites"


def absent_keys(asked: Question, row: int) -> list[str]:
    """Keys of the index that the item does not have."""
    index = asked.store.table.indexes.get(asked.read.index)
    item = asked.store.items[row]
    return [name for name in index.key.names if name not in item] if index else []


def replaced_or_short(asked: Question, answered: Answered, item: str) -> Said:
    strangers = [one for one in answered.rows if one not in asked.wanted.rows]
    if strangers:
        other = asked.exercise.called(strangers[0])
        return say("{item} is missing, and {other} comes in its place.", item=item, other=other)
    return say(
        "{item} is missing (items: {came} instead of {wanted}).",
        item=item,
        came=len(answered.rows),
        wanted=len(asked.wanted.rows),
    )


def wrong_order(asked: Question, answered: Answered) -> Flaw | None:
    by = asked.pattern.order
    if not by or len(answered.rows) < 2:
        return None
    came = [asked.store.items[row].get(by) for row in answered.rows]
    right = [asked.store.items[row].get(by) for row in asked.wanted.rows]
    if came == right and answered.ordered:
        return None
    if not answered.ordered:
        words = say("The items come in no order: only a Query sorts, and only in one partition.")
        return Flaw("dynamodb.order", words)
    first = next(number for number, one in enumerate(came) if one != right[number])
    item = asked.exercise.called(answered.rows[first])
    words = say(
        "{item} comes as number {place}; by {attribute} another belongs there.",
        item=item,
        place=first + 1,
        attribute=by,
    )
    return Flaw("dynamodb.order", words, {"item": item, "attribute": by})


def wrong_attributes(asked: Question, answered: Answered) -> Flaw | None:
    shown = answered.attributes
    if shown is None:
        return None
    for row in answered.rows:
        item = asked.store.items[row]
        lacking = [one for one in asked.pattern.needs if one in item and one not in shown]
        if lacking:
            words = say(
                "{item} comes without {names}.",
                item=asked.exercise.called(row),
                names=joined(lacking, ", "),
            )
            return Flaw("dynamodb.missing-attributes", words, {"attribute": lacking[0]})
    return None


# --- What it costs --------------------------------------------------------------------------------


def cost_flaw(asked: Question, answers: Sequence[Answered]) -> Flaw | None:
    """Of all the cases of one pattern; the dearest is told."""
    pattern = asked.pattern
    if asked.read.operation == "Scan":
        count = max(one.read for one in answers)
        words = say(
            "Scan looks at all items, {count} here and every one that will be added, to find "
            "{found}.",
            count=count,
            found=max(len(one.rows) for one in answers),
        )
        return Flaw("dynamodb.scan", words, {"read": count})
    dearest = max(answers, key=lambda one: one.halves)
    if dearest.halves <= pattern.halves:
        return None
    words = say(
        "Read units: {units}, at most {most}. Items read: {read}, items that come: {found}.",
        units=units(dearest.halves),
        most=units(pattern.halves),
        read=dearest.read,
        found=len(dearest.rows),
    )
    return Flaw("dynamodb.units", words, {"units": units(dearest.halves)})
