"""Listener rules, broken: a rule, a condition or a value left out, another order, pattern, group,
weight or part of a redirect."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import Path, read_json
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, at, cut, put, written

EVERYTHING_TO = {
    "Conditions": [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/*"]}}],
    "Actions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "418"}}],
}
OTHER_STATUS = {"HTTP_301": "HTTP_302", "HTTP_302": "HTTP_301"}
OTHER_PARTS = {
    "Protocol": ("HTTP", "#{protocol}"),
    "Port": ("80", "8443", "#{port}"),
    "Host": ("#{host}", "other.example.com"),
    "Path": ("/", "/#{path}/", "/old/#{path}"),
    "Query": ("", "a=b", "#{query}"),
}


def broken_rules(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    rules = tree["Rules"] if isinstance(tree, dict) else tree
    for number, rule in enumerate(rules):
        name = f"rule {rule['Priority']}"
        yield written(f"without {name}", cut(rules, (number,)))
        yield from reordered(rules, number, name)
        yield from broken_conditions(rules, number, name)
        yield from broken_action(rules, (number, "Actions", 0), name)
    for place in (1, 50_000):
        more = {"Priority": place, **EVERYTHING_TO}
        yield written(f"418 for everything at {place}", [*rules, more])


def reordered(rules: Json, number: int, name: str) -> Iterator[Mutant]:
    """Before each other rule, and after it."""
    for other, rule in enumerate(rules):
        mine, theirs = rules[number]["Priority"], rule["Priority"]
        if other != number and "default" not in (mine, theirs):
            swapped = put(rules, (number, "Priority"), theirs)
            yield written(f"{name} at {theirs}", put(swapped, (other, "Priority"), mine))


def broken_conditions(rules: Json, number: int, name: str) -> Iterator[Mutant]:
    conditions = rules[number].get("Conditions", [])
    for place, condition in enumerate(conditions):
        path: Path = (number, "Conditions", place)
        field = condition.get("Field", "")
        if len(conditions) > 1:
            yield written(f"{name} without its {field}", cut(rules, path))
        for values in value_lists(condition):
            yield from broken_values(rules, (*path, *values), f"{name}, {field}")


def value_lists(condition: Json) -> Iterator[Path]:
    for key, config in condition.items():
        if key == "Values" and config:
            yield (key,)
        elif isinstance(config, dict) and "Values" in config:
            yield key, "Values"


def broken_values(rules: Json, path: Path, name: str) -> Iterator[Mutant]:
    values = at(rules, path)
    for place, value in enumerate(values):
        if len(values) > 1:
            yield written(f"{name} without {value}", cut(rules, (*path, place)))
        if isinstance(value, dict):
            for key, text in value.items():
                for other in other_texts(text):
                    yield written(f"{name}: {key} {other}", put(rules, (*path, place, key), other))
        else:
            for other in other_texts(value):
                yield written(f"{name}: {other} for {value}", put(rules, (*path, place), other))


def other_texts(text: str) -> Iterator[str]:
    """Wider, narrower, another one."""
    if "/" in text[1:] and text.rpartition("/")[2].isdigit():  # a block of addresses
        address, _slash, length = text.partition("/")
        yield from (f"{address}/{max(0, int(length) - 1)}", f"{address}/32", "198.51.100.0/24")
        return
    yield f"{text}*"
    yield f"{text}x"
    if text.endswith("/*"):
        yield from (text[:-2], f"{text[:-2]}*")
    if text.startswith("*."):
        yield from (text[2:], f"*{text[2:]}")
    if text.upper() != text:
        yield text.upper()
    if text.isupper():
        yield {"GET": "POST", "POST": "GET"}.get(text, "GET")


def broken_action(rules: Json, path: Path, name: str) -> Iterator[Mutant]:
    action = at(rules, path)
    if "TargetGroupArn" in action:
        arn = (*path, "TargetGroupArn")
        yield written(f"{name} to another group", put(rules, arn, "other-group"))
    for place, group in enumerate(action.get("ForwardConfig", {}).get("TargetGroups", [])):
        where = (*path, "ForwardConfig", "TargetGroups", place)
        arn, share = (*where, "TargetGroupArn"), (*where, "Weight")
        yield written(f"{name}: group {place} another", put(rules, arn, "other-group"))
        for other in (0, group.get("Weight", 1) + 1):
            yield written(f"{name}: weight {place} is {other}", put(rules, share, other))
    yield from broken_redirect(rules, (*path, "RedirectConfig"), name)
    if "FixedResponseConfig" in action:
        status = (*path, "FixedResponseConfig", "StatusCode")
        yield written(f"{name} answers 418", put(rules, status, "418"))


def broken_redirect(rules: Json, path: Path, name: str) -> Iterator[Mutant]:
    config = at(rules, path[:-1]).get("RedirectConfig")
    if config is None:
        return
    other_code = OTHER_STATUS[config["StatusCode"]]
    yield written(f"{name}: the other code", put(rules, (*path, "StatusCode"), other_code))
    for key, others in OTHER_PARTS.items():
        if key in config:
            yield written(f"{name}: no {key}", cut(rules, (*path, key)))
        for other in others:
            yield written(f"{name}: {key} {other}", put(rules, (*path, key), other))
