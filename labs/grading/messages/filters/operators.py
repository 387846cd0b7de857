"""One entry of a list → what it asks, or what is wrong with it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from difflib import get_close_matches

from labs.grading.json_document import Path
from labs.grading.messages.filters.dialect import EVENTBRIDGE, Dialect
from labs.grading.messages.filters.matchers import (
    COMPARED,
    AnythingBut,
    Block,
    Exact,
    Exists,
    Matcher,
    Numeric,
    Texts,
)
from labs.grading.refusal import Refusal
from labs.grading.said import joined, say
from labs.grading.wildcards.globs import Token, Wildcard

LONGEST = 300  # characters of a text
MOST_VALUES = 60  # of one list
RUN = Wildcard.RUN
IGNORE_CASE = "equals-ignore-case"
MEANT = {
    "equals": '["value"]',
    "starts-with": '{"prefix": …}',
    "begins-with": '{"prefix": …}',
    "ends-with": '{"suffix": …}',
    "greater-than": '{"numeric": [">", …]}',
    "less-than": '{"numeric": ["<", …]}',
    "not": '{"anything-but": …}',
    "contains": '{"wildcard": "*…*"}',
    "in": '["one", "other"]',
    ">": '{"numeric": [">", …]}',
    "<": '{"numeric": ["<", …]}',
    ">=": '{"numeric": [">=", …]}',
    "<=": '{"numeric": ["<=", …]}',
}


class Wrong(Exception):
    """`path` leads on from the entry."""

    def __init__(self, code: str, message: str, path: Path = (), *, at_key: bool = False) -> None:
        super().__init__(code, message)
        self.code, self.message, self.path, self.at_key = code, message, path, at_key


class MatcherReader:
    NAMES = (
        "prefix",
        "suffix",
        IGNORE_CASE,
        "anything-but",
        "numeric",
        "exists",
        "cidr",
        "wildcard",
    )

    def __init__(self, dialect: Dialect, refusals: list[Refusal]) -> None:
        self.dialect, self.refusals = dialect, refusals

    def matcher(self, value: object, path: Path) -> Matcher | None:
        """None where it would be refused: then it is among the refusals."""
        try:
            return self.operator(value) if isinstance(value, dict) else Exact(self.plain(value))
        except Wrong as wrong:
            where = (*path, *wrong.path)
            self.refusals.append(Refusal(wrong.code, wrong.message, where, wrong.at_key))
            return None

    def plain(self, value: object) -> str | int | float | bool | None:
        if isinstance(value, list):
            raise Wrong("filter.form", say("Take the inner brackets away: one list is enough."))
        if isinstance(value, float):
            words = say(
                'Write {"numeric": ["=", {value}]}: without an operator the way counts in which a '
                "number is written.",
                value=value,
            )
            raise Wrong("filter.number", words)
        if isinstance(value, str):
            return short(value)
        return self.number(value) if isinstance(value, int) else None

    def number(self, value: int | float) -> int | float:
        if not isinstance(value, bool) and abs(value) > self.dialect.largest:
            words = say("Use numbers from −{most} to {most}.", most=f"{self.dialect.largest:g}")
            raise Wrong("filter.number", words)
        return value

    def operator(self, value: dict[str, object]) -> Matcher:
        if len(value) != 1:
            words = say("Write one operator in each pair of braces: [{ … }, { … }].")
            raise Wrong("filter.operator", words)
        ((name, inner),) = value.items()
        match name:
            case "prefix" | "suffix" | "wildcard" | "equals-ignore-case":
                return self.text_test(name, inner)
            case "anything-but":
                return AnythingBut(tuple(self.excluded(inner)))
            case "numeric":
                return self.numeric(inner)
            case "exists":
                if not isinstance(inner, bool):
                    raise Wrong(
                        "filter.operator", say("Write true or false behind exists."), (name,)
                    )
                return Exists(inner)
            case "cidr":
                return self.block(inner)
        raise Wrong("filter.operator", unknown(name), (name,), at_key=True)

    def text_test(self, name: str, value: object) -> Texts:
        if (
            isinstance(value, dict)
            and list(value) == [IGNORE_CASE]
            and name in ("prefix", "suffix")
        ):
            self.only_eventbridge(name)
            inner = a_text(value[IGNORE_CASE], (name, IGNORE_CASE))
            return Texts(tokens(name, inner), ignore_case=True)
        return Texts(tokens(name, a_text(value, (name,))), name == IGNORE_CASE)

    def only_eventbridge(self, name: str) -> None:
        if self.dialect is not EVENTBRIDGE:
            words = say("Leave {name} out in this place: only EventBridge takes it.", name=name)
            raise Wrong("filter.operator", words, (name,))

    def excluded(self, value: object) -> Iterator[Exact | Texts]:
        if isinstance(value, dict):
            yield from self.excluded_texts(value)
            return
        values = value if isinstance(value, list) else [value]
        kinds = {type(one) for one in values}
        if not 0 < len(values) <= MOST_VALUES or not kinds <= {str, int} or len(kinds) > 1:
            words = say("Put text or numbers behind anything-but, one or a list of one kind.")
            raise Wrong("filter.operator", words, ("anything-but",))
        for one in values:
            yield Exact(self.plain(one))

    def excluded_texts(self, value: dict[str, object]) -> Iterator[Texts]:
        name, inner = next(iter(value.items()), ("", None))
        if len(value) != 1 or name not in ("prefix", "suffix", "wildcard", IGNORE_CASE):
            words = say(
                "Behind anything-but stands a value, a list, or one of: {names}.",
                names="prefix, suffix, wildcard, equals-ignore-case",
            )
            raise Wrong("filter.operator", words, ("anything-but",))
        if name == IGNORE_CASE:
            self.only_eventbridge(name)
        values = inner if isinstance(inner, list) else [inner]
        for one in values[:MOST_VALUES]:
            text = a_text(one, ("anything-but", name))
            yield Texts(tokens(name, text), name == IGNORE_CASE)

    def numeric(self, value: object) -> Numeric:
        form = say('Write comparisons and numbers in turn: {"numeric": [">", 0, "<=", 5]}.')
        if not isinstance(value, list) or len(value) not in (2, 4):
            raise Wrong("filter.numeric", form, ("numeric",))
        pairs = list(zip(value[::2], value[1::2], strict=True))
        for place, (sign, number) in enumerate(pairs):
            if not isinstance(sign, str) or sign not in COMPARED:
                known = joined(COMPARED, " ")
                words = say("A comparison is one of {known}.", known=known)
                raise Wrong("filter.numeric", words, ("numeric", 2 * place))
            if isinstance(number, bool) or not isinstance(number, int | float):
                words = say("Write a number without quotation marks here.")
                raise Wrong("filter.numeric", words, ("numeric", 2 * place + 1))
        if len(pairs) == 2 and not (pairs[0][0][:1] == ">" and pairs[1][0][:1] == "<"):
            words = say('Write a range as [">", least, "<", most], the lower end first.')
            raise Wrong("filter.numeric", words, ("numeric",))
        if len(pairs) == 2 and pairs[0][1] >= pairs[1][1]:
            words = say("No number is above the first and below the second: turn the range round.")
            raise Wrong("filter.numeric", words, ("numeric",))
        return Numeric(tuple((sign, self.number(number)) for sign, number in pairs))

    def block(self, value: object) -> Block:
        text = a_text(value, ("cidr",))
        try:
            return Block(ipaddress.ip_network(text, strict=False))
        except ValueError:
            words = say("Write a block of addresses here, such as 10.0.0.0/24.")
            raise Wrong("filter.operator", words, ("cidr",)) from None


def tokens(name: str, text: str) -> tuple[Token, ...]:
    if name == "prefix":
        return (text, RUN)
    if name == "suffix":
        return (RUN, text)
    return (text,) if name == IGNORE_CASE else tuple(wildcard_tokens(text))


def wildcard_tokens(text: str) -> Iterator[Token]:
    r"""`*` is any run of characters, `\*` a star, `\\` a backslash. Source: "Matching using
    wildcards"; two stars in a row are refused."""
    literal, at = "", 0
    while at < len(text):
        character = text[at]
        if character == "\\":
            if text[at + 1 : at + 2] not in ("*", "\\"):
                words = say(r"Behind a backslash stands \* or \\ in a wildcard.")
                raise Wrong("filter.wildcard", words, ("wildcard",))
            literal, at = literal + text[at + 1], at + 2
        elif character == "*":
            if text[at + 1 : at + 2] == "*":
                raise Wrong("filter.wildcard", say("One star is enough."), ("wildcard",))
            yield from (literal, RUN) if literal else (RUN,)
            literal, at = "", at + 1
        else:
            literal, at = literal + character, at + 1
    if literal:
        yield literal


def a_text(value: object, path: Path) -> str:
    if not isinstance(value, str) or not value:
        raise Wrong("filter.operator", say("Write text here, between double quotes."), path)
    return short(value)


def short(text: str) -> str:
    if len(text) > LONGEST:
        raise Wrong("filter.form", say("Write at most {most} characters.", most=LONGEST))
    return text


def unknown(name: str) -> str:
    known = joined(MatcherReader.NAMES, ", ")
    if name.lower() in MEANT:
        return say("Write {meant}: there is no “{name}”.", meant=MEANT[name.lower()], name=name)
    near = next(iter(get_close_matches(name[:40].lower(), MatcherReader.NAMES, 1, 0.6)), "")
    if near:
        return say("Write {near}: there is no “{name}”.", near=near, name=name[:40])
    return say("There is no operator “{name}”. Known: {known}.", name=name[:40], known=known)
