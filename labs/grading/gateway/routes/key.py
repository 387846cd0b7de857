"""A route's key: `GET /orders/{id}`, `ANY /{proxy+}` or `$default`.

Source: API Gateway Developer Guide, "Create routes for HTTP APIs in API Gateway".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from labs.grading.said import joined, say

ANY, DEFAULT = "ANY", "$default"
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
VARIABLE = re.compile(r"\{([A-Za-z0-9_.:-]{1,60})(\+?)\}")
LITERAL = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%-]{1,80}")
MOST_SEGMENTS = 8


class BadKey(ValueError):
    """Not a route's key; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    greedy: bool = False


Segment = str | Variable


@dataclass(frozen=True)  # without slots: what is asked for every path is worked out once
class Key:
    """`method` is empty for `$default`. `segments`: what stands between the slashes."""

    text: str
    method: str = ""
    segments: tuple[Segment, ...] = ()

    @property
    def is_default(self) -> bool:
        return not self.method

    @cached_property
    def is_greedy(self) -> bool:
        last = self.segments[-1] if self.segments else ""
        return isinstance(last, Variable) and last.greedy

    @cached_property
    def fixed(self) -> tuple[Segment, ...]:
        """Without the greedy variable."""
        return self.segments[:-1] if self.is_greedy else self.segments

    def takes_method(self, method: str) -> bool:
        """ANY stands for all methods; that a method of its own comes first is no matter of this."""
        return self.is_default or self.method in (ANY, method)

    def takes_path(self, path: Sequence[str]) -> bool:
        """A greedy variable catches all child resources: one segment at least."""
        if self.is_default:
            return True
        count = len(self.fixed)
        if len(path) != count if not self.is_greedy else len(path) <= count:
            return False
        return all(takes(one, text) for one, text in zip(self.fixed, path, strict=False))

    def bound(self, path: Sequence[str]) -> dict[str, str]:
        """What each variable holds, for a path that is taken."""
        found = {
            one.name: text
            for one, text in zip(self.fixed, path, strict=False)
            if isinstance(one, Variable)
        }
        last = self.segments[-1] if self.is_greedy else ""
        if isinstance(last, Variable):
            found[last.name] = "/".join(path[len(self.fixed) :])
        return found


def takes(segment: Segment, text: str) -> bool:
    """Letters count with their case."""
    return isinstance(segment, Variable) or segment == text


def read_key(text: str) -> Key:
    """BadKey where it is none."""
    if text.strip() == DEFAULT:
        return Key(DEFAULT)
    method, blank, path = text.strip().partition(" ")
    path = path.strip()
    if not blank or not path.startswith("/"):
        raise BadKey(say("Write a method, a blank and a path, such as GET /orders, or $default."))
    if method not in (ANY, *METHODS):
        raise BadKey(say("Begin with a method in capitals: {methods}.",
                         methods=joined((ANY, *METHODS), ", ")))  # fmt: skip
    return Key(f"{method} {path}", method, read_path(path))


def read_path(path: str) -> tuple[Segment, ...]:
    if path == "/":
        return ()
    if "?" in path or "#" in path:
        raise BadKey(say("Leave the query out: a route is chosen by method and path alone."))
    if path.endswith("/"):
        raise BadKey(say("Leave the last slash out: /orders and /orders/ are two paths."))
    found = tuple(map(read_segment, path[1:].split("/")))
    if len(found) > MOST_SEGMENTS:
        raise BadKey(say("Write at most {most} parts in a path.", most=MOST_SEGMENTS))
    if any(isinstance(one, Variable) and one.greedy for one in found[:-1]):
        raise BadKey(say("Put the greedy variable at the end: nothing can follow it."))
    names = [one.name for one in found if isinstance(one, Variable)]
    if len(set(names)) < len(names):
        raise BadKey(say("Give each variable of a path a name of its own."))
    return found


def read_segment(text: str) -> Segment:
    found = VARIABLE.fullmatch(text)
    if found:
        return Variable(found[1], bool(found[2]))
    if not LITERAL.fullmatch(text) or "*" in text:
        raise BadKey(
            say(
                "Write {part} otherwise: a part of a path is a word, or one variable such as {id}.",
                part=text[:60] or "//",
                id="{id}",
            )
        )
    return text
