"""The rules of a Choice state, read."""

from __future__ import annotations

from typing import Any

from labs.grading.json_text import JsonDocument, Path
from labs.grading.said import filled, say
from labs.grading.state_machines.language.choice_rules import (
    MATCHES,
    OPERATORS,
    PRESENT,
    READERS,
    TESTS,
    Combination,
    Comparison,
    Rule,
)
from labs.grading.state_machines.language.fields import Fields
from labs.grading.state_machines.language.paths import JsonPath

WORDS = ("And", "Or", "Not")
LONGEST_PATTERN = 500  # characters
KNOWN = ("Variable", *WORDS, *OPERATORS, "Next", "Comment")
NEEDS = {
    "String": say("{operator} compares with text, in double quotes."),
    "Numeric": say("{operator} compares with a number, without quotes."),
    "Boolean": say("{operator} compares with true or false, without quotes."),
    "Timestamp": say("{operator} compares with a time stamp, such as “2026-01-05T09:00:00Z”."),
}


def read_rule(document: JsonDocument, path: Path, value: object, *, top: bool) -> Rule:
    """`top`: it stands in Choices itself, and has a Next."""
    fields = Fields(document, path, value, say("A rule of Choices"))
    fields.known(KNOWN)
    if not top and "Next" in fields.values:
        raise fields.error(say("Next belongs to the whole rule, not into And, Or or Not."), "Next")
    found = [key for key in fields.values if key in WORDS or key in OPERATORS]
    if len(found) != 1:
        words = say("A rule has one comparison, such as NumericGreaterThan, or one And, Or, Not.")
        raise fields.error(words, found[1] if found else "")
    [name] = found
    return combination(fields, name) if name in WORDS else comparison(fields, name)


def combination(fields: Fields, word: str) -> Combination:
    document, path = fields.document, (*fields.path, word)
    if "Variable" in fields.values:
        raise fields.error(say("Variable stands inside of {word}.", word=word), "Variable")
    if word == "Not":
        return Combination(word, (read_rule(document, path, fields.values[word], top=False),))
    rules = fields.items(word)
    if not rules:
        raise fields.error(say("{word} is a list of rules, at least one.", word=word), word)
    return Combination(
        word,
        tuple(read_rule(document, (*path, at), rule, top=False) for at, rule in enumerate(rules)),
    )


def comparison(fields: Fields, name: str) -> Comparison:
    fields.needed("Variable")
    return Comparison(fields.path_at("Variable"), name, operand(fields, name))


def operand(fields: Fields, name: str) -> Any | JsonPath:
    value = fields.values[name]
    if name.endswith("Path"):
        return fields.path_at(name)
    if name in TESTS or name == PRESENT:
        if not isinstance(value, bool):
            raise fields.error(say("{name} is true or false, without quotes.", name=name), name)
        return value
    kind = next(one for one in READERS if name.startswith(one))
    if READERS[kind](value) is None:
        raise fields.error(filled(NEEDS[kind], operator=name), name)
    if name == MATCHES:
        of_fair_length(fields, name)
    return value


def of_fair_length(fields: Fields, name: str) -> None:
    if len(fields.values[name]) > LONGEST_PATTERN:
        words = say("A pattern has at most {most} characters.", most=LONGEST_PATTERN)
        raise fields.error(words, name)
