"""One condition as `create-rule` takes it or `describe-rules` prints it.

Source: Elastic Load Balancing API Reference, "RuleCondition". `Values` beside the field is the
older form, for hosts, paths and methods; what is printed has both, and both must say the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.balancing.rules.fields import (
    Object,
    a_list,
    a_text,
    an_object,
    listed,
    needed,
    refuse_unknown,
    texts,
)
from labs.grading.balancing.rules.rule import (
    FIELDS,
    HEADER,
    HOST,
    METHOD,
    PATH,
    QUERY,
    SOURCE,
    Condition,
    Value,
    network_of,
)
from labs.grading.errors import RuleError
from labs.grading.json_document import Path
from labs.grading.said import say

CONFIGS = {
    HOST: "HostHeaderConfig",
    PATH: "PathPatternConfig",
    METHOD: "HttpRequestMethodConfig",
    HEADER: "HttpHeaderConfig",
    QUERY: "QueryStringConfig",
    SOURCE: "SourceIpConfig",
}
OLDER = (HOST, PATH, METHOD)  # their values may stand beside the field
MOST_VALUES = 50  # of one condition; AWS takes 5 of a whole rule
REGEX = "RegexValues"


def read_condition(given: object, path: Path) -> Condition:
    condition = an_object(given, path)
    name = field_of(condition, path)
    refuse_unknown(condition, path, ("Field", "Values", REGEX, CONFIGS[name]))
    refuse_regex(condition, path)
    configured = configured_values(condition, path, name)
    beside = beside_values(condition, path, name)
    if configured and beside and set(configured) != set(beside):
        raise RuleError(
            (*path, "Values"),
            say("Remove Values: {config} says something else.", config=CONFIGS[name]),
            at_key=True,
        )
    values = configured or beside
    if not values:
        raise RuleError(path, say("Give {config} with its Values.", config=CONFIGS[name]))
    return Condition(name, values, header_name(condition, path, name), path)


def field_of(condition: Object, path: Path) -> str:
    """`Field`; where it is left out, what the one configuration is for."""
    if "Field" not in condition:
        found = [name for name, config in CONFIGS.items() if config in condition]
        if len(found) == 1:
            return found[0]
        raise RuleError(path, say("Field is missing here: {names}.", names=listed(FIELDS)))
    name = a_text(condition["Field"], (*path, "Field"))
    if name not in FIELDS:
        message = say("There is no field {name}. Known: {names}.", name=name, names=listed(FIELDS))
        raise RuleError((*path, "Field"), message)
    return name


def refuse_regex(config: Object, path: Path) -> None:
    if config.get(REGEX):
        raise RuleError(
            (*path, REGEX),
            say("Use Values with * and ?: regular expressions are not judged here."),
            at_key=True,
        )


def configured_values(condition: Object, path: Path, name: str) -> tuple[Value, ...]:
    key = CONFIGS[name]
    if key not in condition:
        return ()
    here = (*path, key)
    config = an_object(condition[key], here)
    known = ("Values", "HttpHeaderName") if name == HEADER else ("Values", REGEX)
    refuse_unknown(config, here, (*known, REGEX))
    refuse_regex(config, here)
    return values_of(needed(config, here, "Values"), (*here, "Values"), name)


def beside_values(condition: Object, path: Path, name: str) -> tuple[Value, ...]:
    if not condition.get("Values"):  # printed as an empty list where the form has none
        return ()
    here = (*path, "Values")
    if name not in OLDER:
        message = say("Put the Values of {field} into {config}.", field=name, config=CONFIGS[name])
        raise RuleError(here, message, at_key=True)
    return values_of(condition["Values"], here, name)


def values_of(given: object, path: Path, name: str) -> tuple[Value, ...]:
    if len(a_list(given, path)) > MOST_VALUES:
        raise RuleError(path, say("A rule has at most 5 values."))
    if name == QUERY:
        return tuple(query_values(given, path))
    found = tuple(Value(text, path=place) for text, place in texts(given, path))
    for value in found:
        refuse_long(value.text, value.path)
        if name == SOURCE:
            refuse_address(value)
    return found


def query_values(given: object, path: Path) -> Iterator[Value]:
    pairs = a_list(given, path)
    if not pairs:
        raise RuleError(path, say("At least one value is needed here."))
    for index, one in enumerate(pairs):
        here = (*path, index)
        if isinstance(one, str):
            raise RuleError(here, say('Write a pair: {"Key": "…", "Value": "…"}.'))
        pair = an_object(one, here)
        refuse_unknown(pair, here, ("Key", "Value"))
        text = a_text(needed(pair, here, "Value"), (*here, "Value"))
        key = a_text(pair["Key"], (*here, "Key")) if "Key" in pair else ""
        refuse_long(text, here)
        refuse_long(key, here)
        yield Value(text, key, here)


def refuse_long(text: str, path: Path) -> None:
    if len(text) > 128:
        raise RuleError(path, say("A value has at most 128 characters."))


def refuse_address(value: Value) -> None:
    try:
        network_of(value.text)
    except ValueError:
        raise RuleError(
            value.path,
            say("Write a block of addresses, such as 203.0.113.0/24; one address ends in /32."),
        ) from None


def header_name(condition: Object, path: Path, name: str) -> str:
    if name != HEADER:
        return ""
    here = (*path, CONFIGS[HEADER])
    config = an_object(condition[CONFIGS[HEADER]], here)
    found = a_text(needed(config, here, "HttpHeaderName"), (*here, "HttpHeaderName"))
    if len(found) > 40:
        message = say("The name of a header has at most 40 characters.")
        raise RuleError((*here, "HttpHeaderName"), message)
    return found
