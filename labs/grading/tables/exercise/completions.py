"""The words of tables and their reads."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (Slot("text", "", ("settings",), asked=True),)
SETTINGS = (
    ("AttributeDefinitions", say("the attributes of keys, with their types")),
    ("AttributeName", ""),
    ("AttributeType", "S, N, B"),
    ("KeySchema", say("the partition key, and behind it the sort key")),
    ("KeyType", "HASH, RANGE"),
    ("GlobalSecondaryIndexes", say("indexes with keys of their own")),
    ("LocalSecondaryIndexes", say("the table's partition key with another sort key")),
    ("IndexName", ""),
    ("Projection", say("what is copied into the index")),
    ("ProjectionType", "KEYS_ONLY, INCLUDE, ALL"),
    ("NonKeyAttributes", say("the names that INCLUDE copies")),
    ("Reads", ""),
    ("Operation", "GetItem, BatchGetItem, Query, Scan"),
    ("Key", say("the whole key of one item")),
    ("Keys", say("the whole keys of several items")),
    ("KeyConditionExpression", say("one partition, one stretch of its sort key")),
    ("FilterExpression", say("throws away what was read")),
    ("ExpressionAttributeNames", say("what each #name stands for")),
    ("ExpressionAttributeValues", say("what each :value stands for")),
    ("ProjectionExpression", say("which attributes come")),
    ("ScanIndexForward", say("false: backwards")),
    ("Limit", say("so many items are looked at")),
    ("ConsistentRead", say("true: with strong consistency")),
    ("Select", "ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES, SPECIFIC_ATTRIBUTES, COUNT"),
    ("BETWEEN", ""),
    ("begins_with", ""),
    ("attribute_exists", ""),
    ("attribute_not_exists", ""),
    ("contains", ""),
)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else {"settings": SETTINGS}
