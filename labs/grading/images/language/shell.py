"""A small reader of what stands behind RUN: commands one after the other, as `sh` separates them.
Nothing of it is ever run.

Source: POSIX.1-2024, Shell Command Language, 2.3 "Token Recognition". Conditions, loops and
functions are refused: a build's steps are commands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from labs.grading.said import say

TOKEN = re.compile(
    r"[ \t]+|(?P<comment>#[^\n]*)|(?P<between>&&|\|\||;|\||&(?!>)|\n)"
    r"|(?P<redirect>(?:\d|&)?>>?(?:&\d)?|<)"
    r"|(?P<word>(?:[^\s\"'\\|&;<>()`$]|\\.|\"(?:[^\"\\]|\\.)*\"|'[^']*'"
    r"|\$\([^()`\n]*\)|\$\{[^{}\n]*\}|\$)+)",
    re.DOTALL,
)
ASSIGNED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
REFUSED = ("if", "for", "while", "until", "case", "function", "{", "}", "[[", "do", "then", "eval")
MOST_COMMANDS = 25


class Unreadable(Exception):
    """`message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Command:
    """Its words as they stand there, quotation marks and all. `before`: what stands between it and
    the one before: "&&", "||", ";", "|", "" for the first. `target`: the file that its output
    goes to. `assigned`: variables for this command."""

    words: tuple[str, ...]
    before: str
    target: str = ""
    assigned: tuple[tuple[str, str], ...] = ()


def read_commands(text: str) -> tuple[Command, ...]:
    """Unreadable where it is no list of plain commands."""
    found: list[Command] = []
    tokens = tokens_of(text)
    between, words, target, place = "", list[str](), "", ""
    for kind, token in [*tokens, ("between", ";")]:
        if kind == "redirect":
            place = token
        elif kind == "word" and place:
            target, place = (token if place[0] in ">1&" else target), ""
        elif kind == "word":
            words.append(token)
        else:
            if words:
                found.append(command_of(words, between, target))
            words, target, place = [], "", ""
            between = ";" if token in ("\n", "&") else token
        if len(found) > MOST_COMMANDS:
            raise Unreadable(say("More than {most} commands in one RUN.", most=MOST_COMMANDS))
    return tuple(found)


def tokens_of(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            sign = text[at]
            raise Unreadable(say("{sign} is not read here: write plain commands.", sign=sign))
        at = match.end()
        kind = match.lastgroup
        if kind == "comment" or kind is None or (kind == "redirect" and "&" in match[0][1:]):
            continue
        found.append((kind, match[0]))
    return found


def command_of(words: list[str], before: str, target: str) -> Command:
    assigned: list[tuple[str, str]] = []
    while words and (found := ASSIGNED.fullmatch(words[0])):
        assigned.append((found[1], found[2]))
        words = words[1:]
    if words and words[0] in REFUSED:
        raise Unreadable(say("{word} is not read here: write plain commands.", word=words[0]))
    return Command(tuple(words), before, target, tuple(assigned))
