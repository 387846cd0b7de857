from __future__ import annotations

from random import Random

import pytest

from labs.grading.behaviour import words_of
from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade, read_answer
from labs.grading.kinds import KINDS, dynamodb_keys
from labs.grading.report import Finding, Report
from labs.grading.tables.exercise.codes import CODES, CURES
from tests.labs.grading.garbling import garbled

KIND = KINDS["dynamodb-keys"]
ATTRIBUTES = [
    {"name": "id", "make": "serial", "form": "o-", "least": 1},
    {"name": "who", "make": "many", "form": "c-", "most": 6, "twins": [9]},
    {"name": "when", "make": "time", "form": "2026-10-01T08:00", "least": 60, "twins": [9]},
    {"name": "status", "make": "one-of", "values": ["open", "sent"], "weights": [1, 4]},
    {"name": "since", "make": "form", "form": "{when}", "only": {"status": ["open"]}},
    {"name": "total", "make": "number", "least": 5, "most": 90},
    {"name": "lines", "make": "filler", "least": 1500, "most": 1600},
]
LATEST = {
    "name": "latest",
    "words": "The three latest of a customer",
    "where": "who = :who",
    "order": "when",
    "descending": True,
    "first": 3,
    "needs": ["id", "total"],
    "units": 0.5,
    "cases": [{"who": "c-001"}, {"who": "c-004"}, {"who": "c-002", "hidden": True}],
}
ONE = {
    "name": "one",
    "words": "One order",
    "where": "id = :id",
    "needs": ["lines"],
    "units": 1,
    "consistent": True,
    "cases": [{"id": "o-5"}],
}
TABLE = {
    "seed": 4,
    "label": "{id}",
    "hottest": 40,
    "most_indexes": 1,
    "copied": 20,
    "items": [{"count": 60, "attributes": ATTRIBUTES}],
    "patterns": [ONE, LATEST],
}
RIGHT = """\
Table:
  AttributeDefinitions:
    - {AttributeName: id, AttributeType: S}
    - {AttributeName: who, AttributeType: S}
    - {AttributeName: when, AttributeType: S}
  KeySchema:
    - {AttributeName: id, KeyType: HASH}
  GlobalSecondaryIndexes:
    - IndexName: by-who
      KeySchema:
        - {AttributeName: who, KeyType: HASH}
        - {AttributeName: when, KeyType: RANGE}
      Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [total]}
Reads:
  one:
    Operation: GetItem
    Key: {id: {S: $id}}
    ConsistentRead: true
  latest:
    Operation: Query
    IndexName: by-who
    KeyConditionExpression: who = :w
    ExpressionAttributeValues: {":w": {S: $who}}
    ScanIndexForward: false
    Limit: 3
"""
INCLUDE = "INCLUDE, NonKeyAttributes: [total]"
FILTERED = """\
    FilterExpression: "#s = :s"
    ExpressionAttributeNames: {"#s": status}
    ScanIndexForward: false
"""
BY_WHO_AND_WHEN = RIGHT.replace(
    "    - {AttributeName: id, KeyType: HASH}\n",
    "    - {AttributeName: who, KeyType: HASH}\n    - {AttributeName: when, KeyType: RANGE}\n",
).replace(
    "who, KeyType: HASH}\n        - {AttributeName: when, KeyType: RANGE", "id, KeyType: HASH"
)


def report(text: str, **changes: object) -> Report:
    return grade(KIND, table=TABLE | changes, files={}, text=text)


def failed(text: str, **changes: object) -> dict[str, Finding]:
    return {one.code: one for one in reversed(report(text, **changes).findings) if not one.passed}


def without(line: str) -> str:
    return "".join(one for one in RIGHT.splitlines(keepends=True) if line not in one)


def scanned(read: str = "Operation: Query\n    IndexName: by-who\n") -> str:
    text = without("Limit").replace(read, "Operation: Scan\n").replace("KeyCond", "Cond")
    return text.replace("ConditionExpression", "FilterExpression").replace(
        "    ScanIndexForward: false\n", ""
    )


def test_sensible_keys_score_everything() -> None:
    assert failed(RIGHT) == {}
    assert report(RIGHT).percent == 100


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (without("    ScanIndexForward"), "dynamodb.missing-items", "comes in its place"),
        (without("    Limit"), "dynamodb.extra-items", "instead of 3"),
        (RIGHT.replace("Limit: 3", "Limit: 2"), "dynamodb.missing-items", "2 instead of 3"),
        (RIGHT.replace(INCLUDE, "KEYS_ONLY"), "dynamodb.missing-attributes", "without total"),
        (RIGHT.replace(INCLUDE, "ALL"), "dynamodb.units", "Read units: 1, at most 0.5"),
        (RIGHT.replace(INCLUDE, "ALL"), "dynamodb.copies", "Most of it is in by-who"),
        (without("ConsistentRead"), "dynamodb.eventual", "a moment ago may be missing"),
        (RIGHT.replace("$who}}\n", '$who}, ":s": sent}\n').replace("    ScanIndexForward: false\n",
                       FILTERED).replace("[total]", "[total, status]"),
         "dynamodb.limit-before-filter", "Limit ended the read after 3 items"),
        (scanned(), "dynamodb.scan", "60 here and every one that will be added"),
        (BY_WHO_AND_WHEN, "dynamodb.overwrites", "o-9 is overwritten by o-10: both have the key"),
        (BY_WHO_AND_WHEN, "dynamodb.item-key", "who, when"),
        (RIGHT.replace("when, AttributeType: S", "when, AttributeType: N"), "dynamodb.not-kept",
         "its when is not of the type"),
        (RIGHT.replace("id, KeyType: HASH}", "since, KeyType: HASH}").replace(
            "{AttributeName: id,", "{AttributeName: since,"), "dynamodb.not-kept",
         "has no since"),
        (RIGHT.replace("when", "since"), "dynamodb.missing-items", "it has no since"),
        (RIGHT.replace("  latest:", "  newest:"), "dynamodb.form", "There is no newest"),
        (RIGHT[: RIGHT.index("  latest:")], "dynamodb.no-read", "latest: Write a read"),
        (RIGHT.replace("{S: $who}", "{N: $who}"), "dynamodb.value", "is no value of type N"),
    ],
)  # fmt: skip
def test_what_is_missed_is_told_by_an_item(text: str, code: str, words: str) -> None:
    found = failed(text)
    assert code in found, list(found)
    assert any(words in one for one in (found[code].message, *map(str, found[code].cases)))
    assert found[code].section == CODES[code].section or not found[code].points


def test_a_share_of_items_under_one_key_is_bounded_in_table_and_global_indexes() -> None:
    found = failed(RIGHT.replace("who, KeyType", "status, KeyType").replace(
        "who, AttributeType", "status, AttributeType"), hottest=60)  # fmt: skip
    assert "of by-who: status = sent" in found["dynamodb.hot-key"].message
    assert "dynamodb.hot-key" in failed(RIGHT, hottest=1)


def test_more_indexes_than_the_lab_allows_are_too_many() -> None:
    assert (
        "Indexes: 1, at most 0"
        in failed(RIGHT, most_indexes=0)["dynamodb.too-many-indexes"].message
    )


def test_a_wrong_answer_earns_nothing_for_being_cheap() -> None:
    found = failed(RIGHT.replace("Limit: 3", "Limit: 1"))
    assert "counts once" in found["dynamodb.not-measured"].message
    assert not found["dynamodb.not-measured"].cases


def test_an_answer_without_reads_earns_nothing() -> None:
    assert report(RIGHT[: RIGHT.index("Reads")]).percent == 0


def test_what_aws_would_refuse_is_told_while_one_types() -> None:
    spec = exercise_of(KIND, table=TABLE, files={}).spec
    for text, code in (
        (RIGHT.replace("KeyType: RANGE", "KeyType: SORT"), "dynamodb.form"),
        (without("who, AttributeType"), "dynamodb.undeclared"),
        (RIGHT.replace("who = :w", "status = :w"), "dynamodb.reserved-word"),
    ):
        assert code in [one.code for one in dynamodb_keys.advise(read_answer(KIND, text), spec)]
    assert dynamodb_keys.advise(read_answer(KIND, RIGHT), spec) == []


def test_a_table_that_is_refused_is_not_asked() -> None:
    found = report(without("when, AttributeType"))
    assert found.refused
    assert found.max_points == report(RIGHT).max_points


def test_every_code_that_can_be_mended_says_how() -> None:
    assert set(CURES) <= set(CODES)
    for one in failed(BY_WHO_AND_WHEN).values():
        assert one.cure or not one.points or one.code == "dynamodb.not-measured"


def test_mistakes_are_counted_by_their_question() -> None:
    found = failed(RIGHT.replace(INCLUDE, "ALL"))["dynamodb.units"]
    key = dynamodb_keys.behaviour(found, RIGHT)
    assert words_of(key) == "takes read units for latest: 1"
    hot = failed(RIGHT, hottest=1)["dynamodb.hot-key"]
    assert dynamodb_keys.behaviour(hot, RIGHT) == ""


def test_items_are_the_same_every_time_and_under_other_names() -> None:
    first, second = (KIND.read_spec(TABLE, {}) for _ in range(2))
    assert first == second
    renamed = [ATTRIBUTES[0], ATTRIBUTES[1] | {"name": "buyer"}, *ATTRIBUTES[2:]]
    other = KIND.read_spec(
        TABLE | {"items": [{"count": 60, "attributes": renamed}], "patterns": [ONE]}, {}
    )
    assert [one["buyer"] for one in other.items] == [one["who"] for one in first.items]
    assert report(BY_WHO_AND_WHEN) == report(BY_WHO_AND_WHEN)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"items": []}, "items"),
        ({"items": [{"count": 900, "attributes": ATTRIBUTES}]}, "count"),
        ({"items": [{"count": 9, "attributes": []}]}, "attributes"),
        ({"items": [{"count": 9, "attributes": [ATTRIBUTES[0] | {"make": "luck"}]}]}, "make"),
        ({"items": [{"count": 9, "attributes": [ATTRIBUTES[2] | {"form": "noon"}]}]}, "form"),
        ({"items": [{"count": 9, "attributes": [ATTRIBUTES[3] | {"weights": [1]}]}]}, "weights"),
        ({"items": [{"count": 9, "attributes": [ATTRIBUTES[5] | {"most": 1}]}]}, "most"),
        ({"items": [{"count": 9, "attributes": [{"name": "a", "make": "one-of"}]}]}, "values"),
        ({"patterns": []}, "patterns"),
        ({"patterns": [ONE | {"cases": []}]}, "cases"),
        ({"patterns": [ONE | {"where": "id = 5"}]}, "where"),
        ({"patterns": [ONE | {"cases": [{"number": "o-5"}]}]}, "id: is missing"),
        ({"patterns": [ONE | {"cases": [{"id": 5.5}]}]}, "neither text"),
        ({"patterns": [ONE | {"units": 0.3}]}, "halves"),
        ({"patterns": [LATEST | {"order": "since"}]}, "without since"),
        ({"patterns": [LATEST | {"order": "status", "where": "id <> :who"}]}, "one rank"),
        ({"surplus": 1}, "unknown key"),
    ],
)
def test_a_wrong_spec_is_named(changes: dict, words: str) -> None:
    with pytest.raises(SpecError, match=words):
        KIND.read_spec(TABLE | changes, {})


WORDS = ["who", "by-who", "status", ":w", "$who", "0", "3", "{}", "[]", "- ", "Scan", "null", '"']
WORDS += ["true", "HASH", "LocalSecondaryIndexes", "who = :w AND when < :w", "NOT", "ALL", "{S: 5}"]


def test_no_answer_breaks_the_check() -> None:
    dice = Random(8)
    exercise = exercise_of(KIND, table=TABLE, files={})
    for _ in range(300):
        try:
            exercise.grade(garbled(dice, RIGHT, WORDS))
        except AnswerError:
            continue
