"""A listener rule as it is decided: conditions, one action, a priority.

Source: User Guide for Application Load Balancers, "Listener rules for your Application Load
Balancer", "Condition types for listener rules" and "Action types for listener rules".
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import gcd

from labs.grading.json_document import Path

HOST, PATH, METHOD = "host-header", "path-pattern", "http-request-method"
HEADER, QUERY, SOURCE = "http-header", "query-string", "source-ip"
FIELDS = (HOST, PATH, METHOD, HEADER, QUERY, SOURCE)
LAST_PRIORITY = 50_000
PORTS = {"HTTP": 80, "HTTPS": 443}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Value:
    """One text that is compared. `key` only in a query string: "" stands for any key."""

    text: str
    key: str = ""
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """True where any of its values fits. `kind` is what AWS calls its field."""

    kind: str
    values: tuple[Value, ...]
    header: str = ""
    path: Path = field(default=(), compare=False)

    @property
    def place(self) -> tuple[str, str]:
        """What of a request it looks at: the field, and which header."""
        return self.kind, self.header.lower()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(value.text for value in self.values)


@dataclass(frozen=True, slots=True)
class Forward:
    """To target groups by weight; `sticky` is how many seconds a visitor stays with one, 0: not at
    all."""

    groups: tuple[tuple[str, int], ...]
    sticky: int = 0

    def effect(self) -> Forward:
        """The same in its simplest form: two actions with one effect are equal."""
        weights: dict[str, int] = {}
        for name, weight in self.groups:
            weights[name] = weights.get(name, 0) + weight
        used = {name: weight for name, weight in weights.items() if weight}
        if len(used) <= 1:
            name = next(iter(used or weights))
            return Forward(((name, 1 if used else 0),))
        common = gcd(*used.values())
        groups = tuple(sorted((name, weight // common) for name, weight in used.items()))
        return Forward(groups, self.sticky)


@dataclass(frozen=True, slots=True)
class Redirect:
    """`protocol`, `host`, `port`, `path` (with its first slash) and `query` may hold `#{…}`."""

    status: int
    protocol: str = "#{protocol}"
    host: str = "#{host}"
    port: str = "#{port}"
    path: str = "/#{path}"
    query: str = "#{query}"

    @property
    def changes_nothing(self) -> bool:
        """All four parts that AWS wants one changed of are as they came."""
        return replace(self, status=0, query="") == Redirect(0, query="")


@dataclass(frozen=True, slots=True)
class Fixed:
    status: int


Action = Forward | Redirect | Fixed


@dataclass(frozen=True, slots=True)
class Rule:
    """`priority` None: the default rule, which comes last and has no conditions."""

    priority: int | None
    conditions: tuple[Condition, ...]
    action: Action
    path: Path = field(default=(), compare=False)
    action_path: Path = field(default=(), compare=False)
    priority_path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Listener:
    """Where requests arrive, and what becomes of those that meet no rule. `dual`: the balancer has
    IPv6 addresses too, so that a visitor may come from one."""

    protocol: str = "HTTPS"
    port: int = 443
    default: Action = Fixed(404)
    dual: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """In the order in which they are tried; the last is the default rule."""

    ordered: tuple[Rule, ...]

    @classmethod
    def of(cls, rules: Sequence[Rule], default: Action) -> Rules:
        """`default`: the listener's, where none of the rules is the default rule."""
        written = [rule for rule in rules if rule.priority is None]
        numbered = sorted(
            (rule for rule in rules if rule.priority is not None),
            key=lambda rule: rule.priority or 0,
        )
        last = written[:1] or [Rule(None, (), default)]
        return cls((*numbered, *last))


@lru_cache(maxsize=1024)
def network_of(text: str) -> Network:
    """ValueError where it is no block of addresses. Bits behind the prefix are cleared."""
    if "/" not in text:
        raise ValueError("no prefix length")
    return ipaddress.ip_network(text, strict=False)
