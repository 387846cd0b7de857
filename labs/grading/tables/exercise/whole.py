"""What a lab asks of the table as a whole: that it keeps all items, spreads them, and copies no
more than it has to.

Source: DynamoDB Developer Guide, "Best practices for designing and using partition keys
effectively in DynamoDB", "General guidelines for secondary indexes in DynamoDB".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from labs.grading.json_document import Path
from labs.grading.said import Said, say
from labs.grading.tables.exercise.flaws import Flaw, lost_code
from labs.grading.tables.exercise.table_exercise import TableExercise
from labs.grading.tables.reading.store import Lost, Partitions, Store

KB = 1024


@dataclass(frozen=True, slots=True)
class Whole:
    """One thing asked: `words` say it, `flaw` what is wrong with it, `path` where."""

    code: str
    words: str
    flaw: Flaw | None
    path: Path = field(default=("Table",))


def asked_of_table(store: Store, exercise: TableExercise) -> Iterator[Whole]:
    """First whether all items are kept: whatever is lost is missing in every answer."""
    bounds = exercise.bounds
    kept, schema = say("The table keeps all items."), ("Table", "KeySchema")
    yield Whole("dynamodb.overwrites", kept, lost_flaw(store, exercise), schema)
    if bounds.hottest is not None:
        yield spread(store, bounds.hottest)
    if bounds.indexes is not None:
        count = len(store.table.indexes)
        words = say("Indexes: {count}, at most {most}.", count=count, most=bounds.indexes)
        flaw = Flaw("dynamodb.too-many-indexes", words, {"indexes": count})
        yield Whole(flaw.code, words, flaw if count > bounds.indexes else None)
    if bounds.copied is not None:
        yield copied(store, bounds.copied)


def lost_flaw(store: Store, exercise: TableExercise) -> Flaw | None:
    if not store.lost:
        return None
    first = store.lost[0]
    facts: dict[str, str | int] = {"item": exercise.called(first.row), "lost": len(store.lost)}
    return Flaw(lost_code(first), lost_words(first, store, exercise), facts)


def lost_words(lost: Lost, store: Store, exercise: TableExercise) -> Said:
    item = exercise.called(lost.row)
    if lost.by is not None:
        key = ", ".join(f"{one} = {store.items[lost.row][one]}" for one in store.table.key.names)
        return say(
            "{item} is overwritten by {other}: both have the key {key} ({count} items are lost).",
            item=item,
            other=exercise.called(lost.by),
            key=key,
            count=len(store.lost),
        )
    if lost.missing:
        return say("{item} is refused: it has no {name}, which is in the table's key.",
                   item=item, name=lost.attribute)  # fmt: skip
    return say("{item} is refused: its {name} is not of the type that is defined.", item=item,
               name=lost.attribute)  # fmt: skip


def spread(store: Store, most: int) -> Whole:
    """The largest share of the items under one partition key, in the table and each global
    index. What is written to an index's hot partition slows down the table, too."""
    places: list[tuple[str, str, Partitions]] = [("", store.table.key.partition, store.base)]
    places += [
        (name, one.key.partition, store.indexes[name])
        for name, one in store.table.indexes.items()
        if not one.local
    ]
    worst = max((share(store, *place) for place in places), key=lambda one: one[0])
    percent, index, attribute, value = worst
    path: Path = store.table.indexes[index].path if index else ("Table", "KeySchema")
    where = index or say("the table")
    words = say("{percent} % of the items at most lie under one partition key.", percent=most)
    flaw = Flaw(
        "dynamodb.hot-key",
        say(
            "{percent} % of all items lie under one partition key of {where}: {key}. At most "
            "{most} % may.",
            percent=percent,
            where=where,
            key=f"{attribute} = {value}",
            most=most,
        ),
        {"attribute": attribute, "percent": percent},
    )
    return Whole(flaw.code, words, flaw if percent > most else None, path)


def share(
    store: Store, index: str, attribute: str, partitions: Partitions
) -> tuple[int, str, str, str]:
    if not partitions:
        return 0, index, attribute, ""
    value, rows = max(partitions.items(), key=lambda one: len(one[1]))
    return -(-100 * len(rows) // max(1, len(store.kept))), index, attribute, str(value)


def copied(store: Store, most: int) -> Whole:
    size, largest = 0, ("", 0)
    for name, index in store.table.indexes.items():
        here = sum(store.size(row, index) for rows in store.indexes[name].values() for row in rows)
        size += here
        largest = max(largest, (name, here), key=lambda one: one[1])
    kb = -(-size // KB)
    words = say("The indexes hold copies of {size} KB, at most {most}.", size=kb, most=most)
    flaw = Flaw(
        "dynamodb.copies",
        say(
            "The indexes hold copies of {size} KB, at most {most}. Most of it is in {index}.",
            size=kb,
            most=most,
            index=largest[0],
        ),
        {"index": largest[0], "size": kb},
    )
    name = largest[0]
    path: Path = store.table.indexes[name].path if name else ("Table",)
    return Whole(flaw.code, words, flaw if kb > most else None, path)
