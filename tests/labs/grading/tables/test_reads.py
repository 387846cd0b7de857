"""What reads answer, cost, and when AWS refuses them."""

from __future__ import annotations

import pytest

from labs.grading.errors import AnswerError
from labs.grading.tables.design.answer import read_answer
from labs.grading.tables.design.values import ValueProblem
from labs.grading.tables.reading.reads import Answered, perform, units
from tests.labs.grading.tables.answers import (
    ITEMS,
    OF_A_CUSTOMER,
    TABLE,
    answer_with,
    read_of,
    refused,
    store_of,
)

GET = "    Operation: GetItem\n    Key: {who: {S: $who}, nr: {N: $nr}}\n"
BY_ID = """\
    Operation: Query
    IndexName: by-id
    KeyConditionExpression: id = :i
    ExpressionAttributeValues: {":i": {S: $id}}
"""


def answered(read: str, items: list | None = None, **parameters: object) -> Answered:
    return perform(read_of(read), store_of(items=ITEMS if items is None else items), parameters)


def ids(read: str, **parameters: object) -> list[object]:
    return [ITEMS[row]["id"] for row in answered(read, **parameters).rows]


def sized(*sizes: int) -> list[dict[str, object]]:
    """Items of so many bytes, all of one customer."""
    bare = len("whoc") + len("nr") + 2 + len("id" + "a") + len("text")
    return [
        {"who": "c", "nr": number + 1, "id": "abcdefgh"[number], "text": "x" * (size - bare)}
        for number, size in enumerate(sizes)
    ]


def cost(read: str, *sizes: int, **parameters: object) -> str:
    return units(answered(read, sized(*sizes), **parameters).halves)


# "DynamoDB read and write operations": a unit is one strongly consistent read of up to 4 KB, or two
# eventually consistent ones.


@pytest.mark.parametrize(
    ("size", "eventual", "consistent"),
    [(100, "0.5", "1"), (4096, "0.5", "1"), (4097, "1", "2"), (10_000, "1.5", "3")],
)
def test_get_item_rounds_up_to_4_kb(size: int, eventual: str, consistent: str) -> None:
    assert cost(GET, size, who="c", nr=1) == eventual
    assert cost(GET + "    ConsistentRead: true\n", size, who="c", nr=1) == consistent


def test_an_item_that_is_not_there_costs_as_well() -> None:
    assert cost(GET, 100, who="c", nr=77) == "0.5"
    assert cost(OF_A_CUSTOMER, 100, who="nobody") == "0.5"


def test_a_query_adds_up_before_it_rounds_and_a_batch_after() -> None:
    """The guide's own: 1.5 KB and 6.5 KB in a batch are 4 + 8 KB."""
    assert cost(OF_A_CUSTOMER, *[1000] * 8, who="c") == "1"
    batch = "    Operation: BatchGetItem\n    Keys: [{who: c, nr: 1}, {who: c, nr: 2}]\n"
    assert cost(batch, 1536, 6656) == "1.5"
    assert cost(batch + "    ConsistentRead: true\n", 1536, 6656) == "3"


def test_a_filter_and_a_projection_save_nothing() -> None:
    more = "    FilterExpression: id = :i\n    ProjectionExpression: id\n"
    read = (OF_A_CUSTOMER + more).replace('{":w": {S: $who}}', '{":w": $who, ":i": b}')
    found = answered(read, sized(*[2000] * 6), who="c")
    assert (len(found.rows), found.read, units(found.halves)) == (1, 6, "1.5")


def test_an_index_reads_its_own_smaller_copies() -> None:
    small = OF_A_CUSTOMER + "    IndexName: by-who-and-id\n"
    assert cost(small, *[3000] * 6, who="c") == "0.5"
    assert cost(OF_A_CUSTOMER, *[3000] * 6, who="c") == "2.5"


def test_a_local_index_fetches_what_it_does_not_hold_item_by_item() -> None:
    """ "Local secondary indexes": each fetched item is rounded up to 4 KB."""
    read = OF_A_CUSTOMER + "    IndexName: by-who-and-id\n"
    assert cost(read + '    ProjectionExpression: "id, nr"\n', *[1000] * 4, who="c") == "0.5"
    names = '    ProjectionExpression: "#t"\n    ExpressionAttributeNames: {"#t": text}\n'
    assert cost(read + names, *[1000] * 4, who="c") == "2.5"
    assert cost(read + "    Select: ALL_ATTRIBUTES\n", *[1000] * 4, who="c") == "2.5"


def test_a_query_is_sorted_and_a_limit_counts_what_is_looked_at() -> None:
    assert ids(OF_A_CUSTOMER, who="c-0") == ["o-0", "o-3", "o-6"]
    back = OF_A_CUSTOMER + "    ScanIndexForward: false\n"
    assert ids(back, who="c-0") == ["o-6", "o-3", "o-0"]
    assert ids(back + "    Limit: 2\n", who="c-0") == ["o-6", "o-3"]
    sent = OF_A_CUSTOMER.replace("$who}", '$who}, ":s": sent')
    sent += '    FilterExpression: "#s = :s"\n    ExpressionAttributeNames: {"#s": status}\n'
    assert ids(sent, who="c-1") == ["o-1", "o-4"]
    found = answered(sent + "    Limit: 1\n", who="c-0")
    assert (found.rows, found.more) == ((), True)


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        ("who = :w AND nr > :a", '":a": 3', ["o-6"]),
        ("nr >= :a AND who = :w", '":a": {N: 3}', ["o-3", "o-6"]),
        ("who = :w AND nr BETWEEN :a AND :b", '":a": 0, ":b": {N: "3"}', ["o-0", "o-3"]),
        ("(who = :w) AND (nr < :a)", '":a": 3', ["o-0"]),
        ("who = :w AND :a = nr", '":a": 6', ["o-6"]),
    ],
)
def test_the_key_conditions_of_the_guide(condition: str, values: str, expected: list[str]) -> None:
    read = OF_A_CUSTOMER.replace("who = :w", condition).replace("$who}", "$who}, " + values)
    assert ids(read, who="c-0") == expected


def test_a_key_that_begins_with_a_text_and_parameters_in_a_text() -> None:
    read = BY_ID.replace("by-id", "by-who-and-id").replace(
        "id = :i", "who = :w AND begins_with(id, :i)"
    )
    read = read.replace("$id}", '"o-${n}"}, ":w": "c-$n"')
    assert ids(read, n=1) == ["o-1"]


def test_get_and_batch_find_items_by_their_whole_key() -> None:
    assert ids(GET, who="c-1", nr=4) == ["o-4"]
    batch = "    Operation: BatchGetItem\n    Keys: [{who: c-1, nr: 4}, {who: c-0, nr: 0}]\n"
    found = answered(batch)
    assert sorted(found.rows) == [0, 4]
    assert not found.ordered


def test_a_scan_looks_at_everything() -> None:
    found = answered("    Operation: Scan\n    FilterExpression: who = :w\n"
                     '    ExpressionAttributeValues: {":w": c-1}\n')  # fmt: skip
    assert (sorted(found.rows), found.read, found.ordered) == ([1, 4], 7, False)


@pytest.mark.parametrize(
    ("read", "code", "words"),
    [
        (OF_A_CUSTOMER.replace("who = :w", "status = :w"), "dynamodb.reserved-word", "#status"),
        (OF_A_CUSTOMER.replace("who = :w", "who > :w"), "dynamodb.key-condition", "by ="),
        (OF_A_CUSTOMER.replace("who = :w", "who <> :w"), "dynamodb.key-condition", "for the sort"),
        (OF_A_CUSTOMER.replace("who = :w", "who = :w OR who = :w"),
         "dynamodb.key-condition", "AND"),
        (OF_A_CUSTOMER.replace("who = :w", "NOT who = :w"), "dynamodb.key-condition", "AND"),
        (OF_A_CUSTOMER.replace("who = :w", "who = :w AND nr > :w AND nr < :w"),
         "dynamodb.key-condition", "one condition for each key"),
        (OF_A_CUSTOMER.replace("who = :w", "who = :w AND id = :w"), "dynamodb.key-condition",
         "Take id out"),
        (OF_A_CUSTOMER.replace("    KeyConditionExpression: who = :w\n", ""),
         "dynamodb.key-condition", "a Query needs one"),
        (OF_A_CUSTOMER.replace("who = :w", "who = :x"), "dynamodb.placeholder", "what :x stands"),
        (OF_A_CUSTOMER + '    ExpressionAttributeNames: {"#a": nr}\n', "dynamodb.placeholder",
         "Take #a out"),
        (OF_A_CUSTOMER + "    FilterExpression: nr = :w\n", "dynamodb.filter-on-key", "Ask for nr"),
        (OF_A_CUSTOMER + "    IndexName: nowhere\n", "dynamodb.unknown-index", "by-id"),
        (BY_ID + "    ConsistentRead: true\n", "dynamodb.consistent-index", "eventually"),
        (BY_ID + '    ProjectionExpression: "id, nr, wage"\n', "dynamodb.not-projected", "wage"),
        (BY_ID + "    Select: ALL_ATTRIBUTES\n", "dynamodb.not-projected", "ALL_ATTRIBUTES"),
        (BY_ID + "    Select: SPECIFIC_ATTRIBUTES\n", "dynamodb.form", "exactly where"),
        (OF_A_CUSTOMER + "    Select: ALL_PROJECTED_ATTRIBUTES\n", "dynamodb.form", "index only"),
        (OF_A_CUSTOMER + '    ProjectionExpression: "id, id"\n', "dynamodb.form", "once"),
        (GET.replace(", nr: {N: $nr}", ""), "dynamodb.item-key", "who, nr"),
        (GET + "    IndexName: by-id\n", "dynamodb.form", "no IndexName here"),
        (GET + "    Limit: 1\n", "dynamodb.form", "no Limit here"),
        ("    Operation: GetItem\n", "dynamodb.form", "Write the item's key"),
        ("    Operation: BatchGetItem\n", "dynamodb.form", "1 to 100 keys"),
        ("    Operation: Select\n", "dynamodb.form", "GetItem, BatchGetItem, Query, Scan"),
        (OF_A_CUSTOMER + "    Limit: 0\n", "dynamodb.form", "from 1"),
        (OF_A_CUSTOMER + "    Limit: true\n", "dynamodb.form", "from 1"),
        (OF_A_CUSTOMER + "    ScanIndexForward: no\n", "dynamodb.form", "true or false"),
        (OF_A_CUSTOMER + "    ExpressionAttributeNames: {a: 5}\n", "dynamodb.form", "#name"),
    ],
)  # fmt: skip
def test_what_a_read_is_refused_for(read: str, code: str, words: str) -> None:
    found = refused(read)
    assert any(code == one and words in message for one, message in found), found


@pytest.mark.parametrize(
    ("read", "parameters", "words"),
    [
        (OF_A_CUSTOMER, {"who": 7}, ""),
        (GET, {"who": "c", "nr": "noon"}, "no value of type N"),
        (GET.replace("{N: $nr}", "$nr"), {"who": "c", "nr": "noon"}, "is of type S"),
        (OF_A_CUSTOMER.replace("$who", "$whom"), {"who": "c"}, r"no \$whom here. Known: \$who"),
        (OF_A_CUSTOMER.replace("{S: $who}", "{L: []}"), {"who": "c"}, "with its type"),
        (OF_A_CUSTOMER.replace("{S: $who}", "[1]"), {"who": "c"}, "not a list"),
        (OF_A_CUSTOMER.replace("{S: $who}", "{S: true}"), {"who": "c"}, "no value of type S"),
        (OF_A_CUSTOMER.replace("{S: $who}", "{BOOL: 1}"), {"who": "c"}, "no value of type BOOL"),
        (OF_A_CUSTOMER.replace("{S: $who}", "{NULL: true}"), {"who": "c"}, "is of type NULL"),
    ],
)
def test_values_have_the_type_of_their_key(read: str, parameters: dict, words: str) -> None:
    if not words:
        assert answered(read, **parameters).rows == ()
        return
    with pytest.raises(ValueProblem, match=words):
        answered(read, **parameters)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("- 1", (1, 1), "Begin with"),
        ("Table: {}\nReads: [1]\n", (2, 1), "each below its name"),
        ("Table: {}\nReads:\n  a: 5\n", (3, 3), "settings of a"),
        (
            f"{TABLE}Reads:\n  a:\n    KeyConditionExpression: #s = :v\n",
            (19, 5),
            "quotation marks",
        ),
        (f"{TABLE}Reads:\n  a:\n    FilterExpression: a = :v AND #s = :v\n", (19, 5), "quotation"),
        (f"{TABLE}Reads:\n  a:\n    FilterExpression: a = 5\n", (19, 27), "holds no values"),
        (f"{TABLE}Reads:\n  a:\n    FilterExpression: [a]\n", (19, 5), "as one text"),
        (
            "Table: {}\nReads:\n" + "".join(f"  a{n}: {{}}\n" for n in range(21)),
            (2, 1),
            "20 at most",
        ),
    ],
)
def test_what_cannot_be_read_says_where(text: str, position: tuple[int, int], words: str) -> None:
    with pytest.raises(AnswerError, match=words) as caught:
        read_answer(text)
    assert (caught.value.line, caught.value.column) == position


def test_json_is_read_as_well() -> None:
    assert answer_with(OF_A_CUSTOMER).expressions
    text = '{"Table": {}, "Reads": {"a": {"FilterExpression": "a = :v"}}}'
    assert list(read_answer(text).expressions) == [("Reads", "a", "FilterExpression")]
