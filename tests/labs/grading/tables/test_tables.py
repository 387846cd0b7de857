"""DynamoDB API Reference, "CreateTable"; Developer Guide, "Secondary indexes"."""

from __future__ import annotations

import pytest

from labs.grading.tables.reading.store import item_size
from tests.labs.grading.tables.answers import ITEMS, TABLE, refused_table, store_of

SPARE = "    - {AttributeName: z, AttributeType: S}\n"
SORT = "    - {AttributeName: nr, KeyType: RANGE}\n"


def test_a_sound_table_is_created() -> None:
    assert refused_table(TABLE) == []
    extra = "Table:\n  TableName: orders\n  BillingMode: PAY_PER_REQUEST"
    assert refused_table(TABLE.replace("Table:", extra)) == []


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (TABLE.replace("    - {AttributeName: id, AttributeType: S}\n", ""),
         "dynamodb.undeclared", "AttributeDefinitions: id"),
        (TABLE.replace("  KeySchema:\n", f"{SPARE}  KeySchema:\n", 1),
         "dynamodb.unused-definition", "Take z out"),
        (TABLE.replace("who, KeyType: HASH}\n", "who, KeyType: RANGE}\n", 1),
         "dynamodb.key-schema", "one HASH"),
        (TABLE.replace("nr, KeyType: RANGE", "who, KeyType: RANGE", 1),
         "dynamodb.key-schema", "cannot be both"),
        (TABLE.replace(SORT, ""), "dynamodb.local-index", "a sort key"),
        (TABLE.replace("[{AttributeName: who, K", "[{AttributeName: nr, K"),
         "dynamodb.local-index", "With nr it is a global one"),
        (TABLE.replace(", {AttributeName: id, KeyType: RANGE}", ""),
         "dynamodb.local-index", "of its own"),
        (TABLE.replace("KEYS_ONLY}", "KEYS_ONLY, NonKeyAttributes: [status]}"),
         "dynamodb.projection", "Leave NonKeyAttributes out"),
        (TABLE.replace(", NonKeyAttributes: [status]", ""), "dynamodb.projection", "is copied"),
        (TABLE.replace("KEYS_ONLY", "SOME"), "dynamodb.form", "KEYS_ONLY, INCLUDE"),
        (TABLE.replace("{ProjectionType: KEYS_ONLY}", "{}"), "dynamodb.form", "ProjectionType"),
        (TABLE.replace("by-who-and-id", "by-id"), "dynamodb.form", "here twice"),
        (TABLE.replace("by-id", "x"), "dynamodb.form", "3 to 255"),
        (TABLE.replace("KeyType: HASH", "KeyTypes: HASH"), "dynamodb.form", "Write KeyType"),
        (TABLE.replace("AttributeType: N", "AttributeType: Number"), "dynamodb.form", "S, N, B"),
        (TABLE.replace("Attributes: [status]", "Attributes: 5"), "dynamodb.form", "list of names"),
        ("Table: {KeySchema: 5}", "dynamodb.form", "Write a list below KeySchema"),
        ("Table: {AttributeDefinitions: []}", "dynamodb.key-schema", "one HASH"),
        ("Table: {GlobalSecondaryIndexes: ["
         + ",".join("{IndexName: abc}" for _ in range(21)) + "]}", "dynamodb.form", "20 of these"),
    ],
)  # fmt: skip
def test_what_create_table_refuses(text: str, code: str, words: str) -> None:
    assert any(code == found and words in message for found, message in refused_table(text))


def test_the_later_of_two_items_with_one_key_stays() -> None:
    store = store_of(items=[*ITEMS, ITEMS[2] | {"id": "late"}])
    assert [(one.row, one.by) for one in store.lost] == [(2, 7)]
    assert [store.items[row]["id"] for row in store.base["c-2"]] == ["late", "o-5"]


def test_an_item_without_the_tables_key_or_of_another_type_is_refused() -> None:
    bare = {key: value for key, value in ITEMS[0].items() if key != "who"}
    store = store_of(items=[bare, ITEMS[1] | {"nr": "noon"}, ITEMS[2] | {"id": 7}])
    assert [(one.attribute, one.missing) for one in store.lost] == [
        ("who", True), ("nr", False), ("id", False),
    ]  # fmt: skip


def test_an_item_without_the_key_of_an_index_is_not_in_the_index() -> None:
    bare = {key: value for key, value in ITEMS[0].items() if key != "id"}
    store = store_of(items=[bare, ITEMS[1]])
    assert store.kept == (0, 1)
    assert store.indexes["by-id"] == {"o-1": [1]}


def test_items_of_a_partition_lie_by_their_sort_key() -> None:
    """Numbers by value and not as texts, texts by their bytes: "Query operations"."""
    items = [{"id": f"{number}", "who": "c", "nr": number} for number in (10, 9, -3, 100)]
    store = store_of(items=items)
    assert [store.items[row]["nr"] for row in store.base["c"]] == [-3, 9, 10, 100]
    (rows,) = store.indexes["by-who-and-id"].values()
    assert [store.items[row]["id"] for row in rows] == ["-3", "10", "100", "9"]


def test_the_size_of_an_item_is_that_of_its_names_and_values() -> None:
    """ "DynamoDB item sizes and formats": texts by bytes, a number takes a byte for two digits and
    one more, null and true take one."""
    assert item_size({"name": "Zoë"}) == 4 + 4
    assert item_size({"n": 1234, "m": 7}) == 1 + 3 + 1 + 2
    assert item_size({"yes": True, "no": None}) == 3 + 1 + 2 + 1
