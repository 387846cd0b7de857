"""Random tables and queries, and what comes of them, worked out once more without a line of the
engine: on dicts, by going through all items. Slow, and short enough to be believed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

Item = dict[str, Any]
Test = Callable[[Item], bool]
NAMES = ("city", "kind", "nr", "weight", "note")
TEXTS = ("ale", "alto", "beta", "betamax", "zoo")
KEYS = (("city", ""), ("city", "nr"), ("kind", "weight"), ("kind", ""), ("nr", "city"))


@dataclass(frozen=True)
class Case:
    """`rows`: of the items that come; `ranks`: the sort keys in the order in which they come."""

    text: str
    items: list[Item]
    rows: set[int]
    ranks: list[Any]
    halves: int
    sort: str


def random_items(dice: Random) -> list[Item]:
    found = []
    for number in range(dice.randint(1, 25)):
        item: Item = {"id": f"i{number}", "city": dice.choice(TEXTS), "kind": dice.choice(TEXTS)}
        item |= {"nr": dice.randint(-2, 4), "weight": dice.randint(0, 40)}
        item["note"] = "n" * dice.choice((1, 700, 3000, 5000))
        for name in ("kind", "weight", "nr"):
            if dice.random() < 0.15:
                del item[name]
        found.append(item)
    return found


def random_case(dice: Random) -> Case:
    items = random_items(dice)
    partition, sort = dice.choice(KEYS)
    copied = sorted(dice.sample(NAMES, dice.randint(1, 4)))
    extra = [name for name in copied if name not in (partition, sort)]
    held = {"id", partition, sort, *extra}
    values: dict[str, Any] = {}
    wanted = dice.choice([item[partition] for item in items if partition in item] or [None])
    if wanted is None:
        wanted = 1 if partition == "nr" else "zoo"
    values[":p"] = wanted
    words, within = [f"{partition} = :p"], always
    if sort and dice.random() < 0.6:
        word, within = key_test(dice, sort, values)
        words.insert(dice.randint(0, 1), word)
    filter_words, passes = "", always
    if dice.random() < 0.7:
        names = [name for name in sorted(held | {"wage"}) if name not in (partition, sort, "")]
        filter_words, passes = filter_test(dice, names, values, 2)
    inside = [
        row for row, item in enumerate(items)
        if partition in item and (not sort or sort in item)
        and item[partition] == wanted and within(item)
    ]  # fmt: skip
    forward, limit = dice.random() < 0.5, dice.choice((None, None, 1, 3))
    if sort:
        inside.sort(key=lambda row: rank(items[row][sort]))
    inside = (inside if forward else inside[::-1])[:limit]
    seen = [{name: one for name, one in item.items() if name in held} for item in items]
    came = [row for row in inside if passes(seen[row])]
    size = sum(bytes_of(seen[row]) for row in inside)
    text = written(partition, sort, extra, words, filter_words, values, forward, limit)
    ranks = [items[row].get(sort) for row in came]
    return Case(text, items, set(came), ranks, max(1, math.ceil(size / 4096)), sort)


def always(_item: Item) -> bool:
    return True


def rank(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def bytes_of(item: Item) -> int:
    sizes = {True: lambda one: len(one), False: lambda one: 1 + math.ceil(digits(one) / 2)}
    return sum(len(name) + sizes[isinstance(one, str)](one) for name, one in item.items())


def digits(number: int) -> int:
    return len(str(abs(number)).strip("0"))


def random_value(dice: Random, name: str) -> Any:
    if name in ("nr", "weight"):
        return dice.randint(-2, 40) if name == "weight" else dice.randint(-2, 4)
    return dice.choice(TEXTS)


def put(values: dict[str, Any], value: Any) -> str:
    name = f":v{len(values)}"
    values[name] = value
    return name


def key_test(dice: Random, name: str, values: dict[str, Any]) -> tuple[str, Test]:
    first, second = random_value(dice, name), random_value(dice, name)
    kind = dice.choice(("=", "<", ">=", "BETWEEN", "begins_with"))
    if kind == "BETWEEN":
        word = f"{name} BETWEEN {put(values, first)} AND {put(values, second)}"
        return word, lambda item: rank(first) <= rank(item[name]) <= rank(second)
    if kind == "begins_with" and isinstance(first, str):
        start = first[:2]
        return f"begins_with({name}, {put(values, start)})", lambda item: item[name].startswith(
            start
        )
    sign = kind if kind != "begins_with" else "<="
    word = f"{name} {sign} {put(values, first)}"
    return word, lambda item: ordered(sign, item[name], first)


def ordered(sign: str, left: Any, right: Any) -> bool:
    if isinstance(left, str) != isinstance(right, str):
        return False
    a, b = rank(left), rank(right)
    return {"=": a == b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def filter_test(
    dice: Random, names: list[str], values: dict[str, Any], depth: int
) -> tuple[str, Test]:
    if depth and dice.random() < 0.5:
        left, first = filter_test(dice, names, values, depth - 1)
        if dice.random() < 0.25:
            return f"NOT ({left})", lambda item: not first(item)
        right, second = filter_test(dice, names, values, depth - 1)
        if dice.random() < 0.5:
            return f"({left}) AND ({right})", lambda item: first(item) and second(item)
        return f"({left} OR {right})", lambda item: first(item) or second(item)
    return plain_test(dice, names, values)


def plain_test(dice: Random, names: list[str], values: dict[str, Any]) -> tuple[str, Test]:
    name = dice.choice(names)
    value = random_value(dice, dice.choice((name, "nr", "city")))
    match dice.choice(("=", "<>", "<", "exists", "missing", "in", "contains", "not")):
        case "exists":
            return f"attribute_exists({name})", lambda item: name in item
        case "missing":
            return f"NOT attribute_exists({name})", lambda item: name not in item
        case "in":
            other = random_value(dice, name)
            word = f"{name} IN ({put(values, value)}, {put(values, other)})"
            return word, lambda item: same(item, name, value) or same(item, name, other)
        case "contains":
            return (
                f"contains({name}, {put(values, 'eta')})",
                lambda item: isinstance(item.get(name), str) and "eta" in item[name],
            )
        case "<>":
            return f"{name} <> {put(values, value)}", lambda item: not same(item, name, value)
        case "not":
            return f"NOT {name} = {put(values, value)}", lambda item: not same(item, name, value)
        case "<":
            word = f"{name} < {put(values, value)}"
            return word, lambda item: name in item and ordered("<", item[name], value)
    return f"{name} = {put(values, value)}", lambda item: same(item, name, value)


def same(item: Item, name: str, value: Any) -> bool:
    return name in item and ordered("=", item[name], value)


def written(
    partition: str, sort: str, extra: list[str], words: list[str], filter_words: str,
    values: dict[str, Any], forward: bool, limit: int | None,
) -> str:  # fmt: skip
    kinds = {name: "N" if name in ("nr", "weight") else "S" for name in ("id", partition, sort)}
    defined = "".join(
        f"    - {{AttributeName: {name}, AttributeType: {kind}}}\n"
        for name, kind in kinds.items() if name
    )  # fmt: skip
    key = f"{{AttributeName: {partition}, KeyType: HASH}}"
    key += f", {{AttributeName: {sort}, KeyType: RANGE}}" if sort else ""
    projection = f"INCLUDE, NonKeyAttributes: [{', '.join(extra)}]" if extra else "KEYS_ONLY"
    given = ", ".join(
        f'"{name}": {{{"S" if isinstance(one, str) else "N"}: "{one}"}}'
        for name, one in values.items()
    )
    more = f"    FilterExpression: {filter_words}\n" if filter_words else ""
    more += f"    Limit: {limit}\n" if limit else ""
    return (
        f"Table:\n  AttributeDefinitions:\n{defined}"
        "  KeySchema: [{AttributeName: id, KeyType: HASH}]\n"
        f"  GlobalSecondaryIndexes:\n    - IndexName: one\n      KeySchema: [{key}]\n"
        f"      Projection: {{ProjectionType: {projection}}}\n"
        f"Reads:\n  asked:\n    Operation: Query\n    IndexName: one\n"
        f"    KeyConditionExpression: {' AND '.join(words)}\n"
        f"    ExpressionAttributeValues: {{{given}}}\n"
        f"    ScanIndexForward: {str(forward).lower()}\n{more}"
    )
