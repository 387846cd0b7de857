"""An expression cut into words, with the place of each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from labs.grading.said import say

TOKEN = re.compile(r"(<=|>=|<>|[=<>(),])|([:#]?[A-Za-z_][A-Za-z0-9_]*)")
SPACE = re.compile(r"\s*")
LITERAL = re.compile(r"['\"0-9-]")
MOST_TOKENS = 300  # AWS: 300 operators, or 4 KB
LONGEST = 4096


class ExpressionError(Exception):
    """Not an expression. `at`: so many characters after its beginning."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message, at)
        self.message, self.at = message, at


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    at: int

    @property
    def word(self) -> str:
        """A word of the language, in capitals; names and values are none."""
        return self.text.upper() if self.text[:1] not in (":", "#") else ""


def tokens_of(text: str) -> list[Token]:
    """Raises ExpressionError at what is neither a sign nor a name."""
    if len(text) > LONGEST:
        words = say("An expression has at most {most} characters.", most=LONGEST)
        raise ExpressionError(words, 0)
    found: list[Token] = []
    at = past_space(text, 0)
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise strange(text, at)
        if len(found) == MOST_TOKENS:
            words = say("An expression has at most {most} words and signs.", most=MOST_TOKENS)
            raise ExpressionError(words, at)
        found.append(Token(match[0], at))
        at = past_space(text, match.end())
    return found


def past_space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at


def strange(text: str, at: int) -> ExpressionError:
    sign = text[at]
    if LITERAL.match(sign):
        words = say(
            "Write a name like :value here, and what it stands for in ExpressionAttributeValues: "
            "an expression holds no values. A name with a hyphen is written as #name."
        )
    elif sign in ".[":
        words = say("Name an attribute alone: items here hold nothing inside of others.")
    else:
        words = say("An expression has no {sign}.", sign=sign)
    return ExpressionError(words, at)
