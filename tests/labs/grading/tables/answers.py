"""A small table and its reads, for tests: orders of customers."""

from __future__ import annotations

from labs.grading.tables.design.answer import read_answer
from labs.grading.tables.design.model import Read, Table, TableAnswer
from labs.grading.tables.design.read_reader import read_read
from labs.grading.tables.design.table_reader import read_table
from labs.grading.tables.reading.store import Store, put_items

ITEMS = [
    {
        "id": f"o-{number}",
        "who": f"c-{number % 3}",
        "nr": number,
        "status": status,
        "text": "x" * 900,
    }
    for number, status in enumerate(["open", "sent", "sent", "open", "sent", "sent", "open"])
]
TABLE = """\
Table:
  AttributeDefinitions:
    - {AttributeName: who, AttributeType: S}
    - {AttributeName: nr, AttributeType: N}
    - {AttributeName: id, AttributeType: S}
  KeySchema:
    - {AttributeName: who, KeyType: HASH}
    - {AttributeName: nr, KeyType: RANGE}
  GlobalSecondaryIndexes:
    - IndexName: by-id
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [status]}
  LocalSecondaryIndexes:
    - IndexName: by-who-and-id
      KeySchema: [{AttributeName: who, KeyType: HASH}, {AttributeName: id, KeyType: RANGE}]
      Projection: {ProjectionType: KEYS_ONLY}
"""
OF_A_CUSTOMER = """\
    Operation: Query
    KeyConditionExpression: who = :w
    ExpressionAttributeValues: {":w": {S: $who}}
"""


def answer_with(read: str, table: str = TABLE) -> TableAnswer:
    return read_answer(f"{table}Reads:\n  asked:\n{read}")


def table_of(answer: TableAnswer) -> Table:
    value = answer.document.value
    assert isinstance(value, dict)
    return read_table(value["Table"]).found


def store_of(table: str = TABLE, items: list[dict[str, object]] = ITEMS) -> Store:  # type: ignore[assignment]
    return put_items(table_of(read_answer(table)), items)  # type: ignore[arg-type]


def read_of(read: str, table: str = TABLE) -> Read:
    """Must not be refused."""
    answer = answer_with(read, table)
    value = answer.document.value
    assert isinstance(value, dict)
    found = read_read("asked", value["Reads"]["asked"], answer, table_of(answer))
    assert found.refusals == ()
    return found.found


def refused(read: str, table: str = TABLE) -> list[tuple[str, str]]:
    """Codes and messages of what AWS would refuse of the read."""
    answer = answer_with(read, table)
    value = answer.document.value
    assert isinstance(value, dict)
    found = read_read("asked", value["Reads"]["asked"], answer, table_of(answer))
    return [(one.code, one.message) for one in found.refusals]


def refused_table(text: str) -> list[tuple[str, str]]:
    value = read_answer(text).document.value
    assert isinstance(value, dict)
    return [(one.code, one.message) for one in read_table(value["Table"]).refusals]
