"""The places of a request that conditions look at, and of each what can stand there: options.

Between two options no condition sees a difference; so a search over options sees all requests.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from labs.grading.balancing.comparison.templates import Templates
from labs.grading.balancing.comparison.texts import atoms
from labs.grading.balancing.routing.request import SOMEBODY, Request, query_pairs, query_text
from labs.grading.balancing.rules.rule import (
    HEADER,
    HOST,
    METHOD,
    PATH,
    QUERY,
    SOURCE,
    Condition,
    Network,
    Rule,
    Value,
    network_of,
)
from labs.grading.wildcards.budget import Budget

Pairs = tuple[tuple[str, str], ...]
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "PURGE")
PEOPLE = (SOMEBODY, "203.0.113.9", "198.51.100.23", "10.0.0.5", "2001:db8::10")
FAR_CHEAP, FAR_DEAR = 2, 3  # what an option costs that is not the usual one


@dataclass(frozen=True, slots=True)
class Option:
    """`holds`: the rules that this lets through, bit by bit. `what` stands in the request. `alike`:
    of each address that is made of it, the first one that it equals."""

    holds: int
    cost: int
    what: str | Pairs
    alike: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    kind: str
    header: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions of all rules at one place, each with the bit of its rule."""

    conditions: tuple[tuple[int, Condition], ...]
    every: int  # all bits

    @property
    def values(self) -> tuple[Value, ...]:
        found = {(one.key, one.text): one for _b, c in self.conditions for one in c.values}
        return tuple(found.values())

    def truths(self, holds: Callable[[Value], bool]) -> int:
        """Of each condition whether it holds, bit by bit."""
        return sum(
            1 << number
            for number, (_bit, condition) in enumerate(self.conditions)
            if any(holds(value) for value in condition.values)
        )

    def rules(self, truths: int) -> int:
        """The rules that are left."""
        found = self.every
        for number, (bit, _condition) in enumerate(self.conditions):
            if not truths >> number & 1:
                found &= ~bit
        return found


@dataclass(frozen=True, slots=True)
class World:
    """What there is beside the conditions. `usual`: requests whose parts look like somebody's."""

    templates: Templates
    dual: bool
    usual: Sequence[Request]
    budget: Budget


def places_of(rules: Sequence[Rule], world: World) -> list[Place]:
    asked: dict[tuple[str, str], list[tuple[int, Condition]]] = {(HOST, ""): [], (PATH, ""): []}
    if world.templates.of(QUERY):
        asked[QUERY, ""] = []
    for number, rule in enumerate(rules):
        for condition in rule.conditions:
            asked.setdefault(condition.place, []).append((1 << number, condition))
    every = (1 << len(rules)) - 1
    return [
        Place(kind, header, tuple(options_at(kind, Asked(tuple(found), every), world)))
        for (kind, header), found in sorted(asked.items())
    ]


def options_at(kind: str, asked: Asked, world: World) -> Iterator[Option]:
    if kind in (HOST, PATH):
        return text_options(kind, asked, world)
    if kind == METHOD:
        return method_options(asked)
    if kind == SOURCE:
        return source_options(asked, world.dual)
    return repeated_options(kind, asked, world)


def text_options(kind: str, asked: Asked, world: World) -> Iterator[Option]:
    plain = tuple(dict.fromkeys(one.host if kind == HOST else one.path for one in world.usual))
    values = (*asked.values, *world.templates.exactly(kind))
    for atom in atoms(kind, values, plain, world.budget):
        holds = asked.rules(asked.truths(atom.among(values).__contains__))
        seen: set[tuple[int, ...]] = set()
        for text in atom.texts:
            alike = world.templates.alike(kind, text)
            if alike not in seen:
                seen.add(alike)
                cost = 0 if kind == HOST and text in plain else len(text)
                yield Option(holds, cost, text, alike)


def method_options(asked: Asked) -> Iterator[Option]:
    named = {value.text for value in asked.values}
    other = next((one for one in METHODS if one not in named), "X" * 41)
    for method in dict.fromkeys((*(one for one in METHODS if one in named), *sorted(named), other)):
        truths = asked.truths({one for one in asked.values if one.text == method}.__contains__)
        cost = 0 if method == "GET" else FAR_CHEAP
        yield Option(asked.rules(truths), cost, method)


def source_options(asked: Asked, dual: bool) -> Iterator[Option]:
    """One address of each stretch between two ends of blocks."""
    blocks = [network_of(value.text) for value in asked.values]
    for address in (*PEOPLE[:-1], *stretches(blocks, 4)):
        yield source_option(asked, address)
    for address in (PEOPLE[-1], *stretches(blocks, 6)) if dual else ():
        yield source_option(asked, address)


def source_option(asked: Asked, address: str) -> Option:
    found = ipaddress.ip_address(address)
    truths = asked.truths(lambda value: found in network_of(value.text))
    cost = PEOPLE.index(address) if address in PEOPLE else len(PEOPLE)
    return Option(asked.rules(truths), cost, address)


def stretches(blocks: Iterable[Network], version: int) -> Iterator[str]:
    bits = 32 if version == 4 else 128
    ends = {0, 1 << bits}
    for block in blocks:
        if block.version == version:
            ends |= {int(block.network_address), int(block.broadcast_address) + 1}
    for first, after in pairwise(sorted(ends)):
        number = first + 7 if after - first > 8 else first
        yield str(ipaddress.IPv4Address(number) if version == 4 else ipaddress.IPv6Address(number))


def repeated_options(kind: str, asked: Asked, world: World) -> Iterator[Option]:
    """What may be sent several times, or not at all: every combination of truths that lines of a
    header, or pairs of a query, come to together."""
    values = asked.values
    single: dict[int, str] = {}
    for atom in atoms(kind, values, (), world.budget):
        truths = asked.truths(atom.among(values).__contains__)
        if truths not in single or len(atom.texts[0]) < len(single[truths]):
            single[truths] = atom.texts[0]
    found: dict[int, tuple[str, ...]] = {0: ()}
    for truths, text in sorted(single.items(), key=lambda row: len(row[1])):
        world.budget.spend(len(found))
        for before, texts in list(found.items()):
            found.setdefault(before | truths, (*texts, text))
    for truths, texts in found.items():
        yield from repeated(kind, asked.rules(truths), texts, single.get(0, ""), world.templates)


def repeated(
    kind: str, holds: int, texts: tuple[str, ...], another: str, templates: Templates
) -> Iterator[Option]:
    """`another`: a line that changes no truth."""
    cost = sum(FAR_DEAR + len(text) for text in texts)
    if kind == HEADER:
        yield Option(holds, cost, tuple(("", text) for text in texts))
        return
    pairs = tuple(pair for text in texts for pair in query_pairs(text))
    yield Option(holds, cost, pairs, templates.alike(QUERY, query_text(pairs)))
    more = query_pairs(another or (texts[0] if texts else ""))
    if templates.queries and more:  # the same truths, and unlike every constant
        longer = templates.unlike(pairs, more)
        alike = templates.alike(QUERY, query_text(longer))
        yield Option(holds, cost + len(query_text(longer)), longer, alike)
