"""Payload templates (Parameters, ResultSelector, ItemSelector): JSON in which a key that ends with
`.$` has a path or an intrinsic function as its value.

Source: Amazon States Language, "Payload Template" and "Intrinsic Functions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from labs.grading.json_text import Path
from labs.grading.said import Said, say
from labs.grading.state_machines.language.functions import FUNCTIONS, LEFT_OUT, call
from labs.grading.state_machines.language.paths import JsonPath, PathError, look_up, read_path
from labs.grading.state_machines.language.suggestions import meant
from labs.grading.state_machines.language.values import Json

MOST_NESTED = 10  # intrinsic functions, as AWS takes them
NAME = re.compile(r"\s*(States\.[A-Za-z0-9]{1,30})\s*\(\s*")
TEXT = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
PLACE = re.compile(r"\$[^,()\s]*")
LITERAL = re.compile(r"(?:-?\d{1,15}(?:\.\d{1,15})?|null|true|false)(?=[\s,)]|$)")
AFTER = re.compile(r"\s*([,)])\s*")
WORDS: Mapping[str, Json] = {"null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Literal:
    value: Json


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Expression, ...]


Expression = Literal | JsonPath | Call


@dataclass(frozen=True, slots=True)
class Members:
    """An object, of which some members are computed."""

    members: Mapping[str, Template]


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Template, ...]


Template = Expression | Members | Items


class TemplateError(Exception):
    """What is wrong, and where in the template."""

    def __init__(self, words: Said, path: Path) -> None:
        super().__init__(words)
        self.words, self.path = words, path


def read_template(value: Json, path: Path = ()) -> Template:
    """TemplateError names the place."""
    if isinstance(value, dict):
        return Members(
            {
                key.removesuffix(".$"): read_member(key, one, (*path, key))
                for key, one in value.items()
            }
        )
    if isinstance(value, list):
        return Items(tuple(read_template(one, (*path, at)) for at, one in enumerate(value)))
    return Literal(value)


def read_member(key: str, value: Json, path: Path) -> Template:
    if not key.endswith(".$"):
        return read_template(value, path)
    if not isinstance(value, str):
        raise TemplateError(say("The value of a key that ends with .$ is a path in quotes."), path)
    try:
        return read_expression(value)
    except PathError as error:
        raise TemplateError(error.words, path) from None


def read_expression(text: str) -> Expression:
    """A path or a call. PathError where it is neither."""
    if not text.lstrip().startswith("States."):
        return read_path(text)
    found, at = read_call(text, 0, 1)
    if at < len(text.rstrip()):
        raise PathError(say("“{rest}” stands behind the function.", rest=text[at : at + 20]))
    return found


def read_call(text: str, at: int, depth: int) -> tuple[Call, int]:
    head = NAME.match(text, at)
    if head is None or depth > MOST_NESTED:
        raise PathError(say("“{text}” is no call of a function.", text=text[at : at + 40]))
    name, at = head[1], head.end()
    if name not in FUNCTIONS:
        raise PathError(unknown(name))
    arguments: list[Expression] = []
    more = not text.startswith(")", at)
    at += 0 if more else 1
    while more:
        argument, at = read_argument(text, at, depth)
        arguments.append(argument)
        after = AFTER.match(text, at)
        if after is None:
            rest = text[at : at + 20]
            raise PathError(say("A comma or ) was expected before “{rest}”.", rest=rest))
        more, at = after[1] == ",", after.end()
    wanted = FUNCTIONS[name][1]
    if wanted not in (-1, len(arguments)):
        raise PathError(say("{name} takes {count} arguments.", name=name, count=wanted))
    return Call(name, tuple(arguments)), at


def read_argument(text: str, at: int, depth: int) -> tuple[Expression, int]:
    if text.startswith("States.", at):
        return read_call(text, at, depth + 1)
    for form in (TEXT, PLACE, LITERAL):
        found = form.match(text, at)
        if found is None:
            continue
        if form is PLACE:
            return read_path(found[0]), found.end()
        if form is TEXT:
            return Literal(found[1].replace("\\'", "'")), found.end()
        word = found[0]
        number = float(word) if "." in word else None
        value = WORDS[word] if word in WORDS else number if number is not None else int(word)
        return Literal(value), found.end()
    words = say(
        "“{text}” is no argument: a path, a text in single quotes, or a number.",
        text=text[at : at + 20],
    )
    raise PathError(words)


def unknown(name: str) -> Said:
    if name in LEFT_OUT:
        return say("These labs have no {name}.", name=name)
    return say("There is no function {name}.{hint}", name=name, hint=meant(name, FUNCTIONS))


def calls_in(template: Template) -> int:
    """How many functions it calls."""
    if isinstance(template, Call):
        return 1 + sum(calls_in(one) for one in template.arguments)
    if isinstance(template, Items):
        return sum(calls_in(one) for one in template.items)
    return sum(map(calls_in, template.members.values())) if isinstance(template, Members) else 0


def paths_in(template: Template) -> Iterator[JsonPath]:
    """Those that it reads."""
    if isinstance(template, JsonPath):
        yield template
    elif isinstance(template, Call):
        for argument in template.arguments:
            yield from paths_in(argument)
    elif isinstance(template, Items):
        for item in template.items:
            yield from paths_in(item)
    elif isinstance(template, Members):
        for member in template.members.values():
            yield from paths_in(member)


def filled_in(template: Template, value: Json, context: Json) -> Json:
    """What comes of the template. NotThereError where a path names nothing, IntrinsicError where a
    function does not take what it is given."""
    if isinstance(template, Literal):
        return template.value
    if isinstance(template, JsonPath):
        return look_up(template, value, context)
    if isinstance(template, Call):
        return call(template.name, [filled_in(one, value, context) for one in template.arguments])
    if isinstance(template, Items):
        return [filled_in(one, value, context) for one in template.items]
    return {key: filled_in(one, value, context) for key, one in template.members.items()}
