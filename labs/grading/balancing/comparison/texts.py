"""What one part of a request can be, as far as conditions tell: atoms.

An atom is a combination of values that one text fits together, with a text for it: one that looks
like somebody's where there is any, or else the shortest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from labs.grading.balancing.rules.patterns import elements, fits
from labs.grading.balancing.rules.rule import HEADER, HOST, PATH, QUERY, Value
from labs.grading.wildcards.automata import Element, Elements, combinations
from labs.grading.wildcards.budget import Budget

STEPS = 70_000  # of one search for atoms, about a microsecond each; a lab's takes some hundreds
WIDE = 1024  # bits; without unions a long number costs little
UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NEVER = {
    HOST: UPPER + "/?#@:&=%*\\\"' ",
    PATH: "?# ",
    HEADER: UPPER,
    QUERY: UPPER + "&# ",
}
IN_KEY = NEVER[QUERY] + "="
FRESH = "xyzqkjwvuabcdefghilmnoprst0123456789_"
NO_CHARACTER = "\u2022"  # where patterns name all of these
MOST_TEXTS = 4  # plain ones of an atom
MOST_FITS = 20_000  # of plain texts and values; a lab takes some hundreds
ANYTHING = Element(loop=True)


@dataclass(frozen=True, slots=True)
class Atom:
    """`fits`: the values that each of the texts fits, bit by bit. The plainest comes first; the
    last holds a character that no value names, where there is such a text: two addresses made of it
    that are equal are equal for all texts of the atom."""

    fits: int
    texts: tuple[str, ...]

    def among(self, values: Sequence[Value]) -> frozenset[Value]:
        """Those that fit; `values` as the atoms were asked for."""
        return frozenset(one for i, one in enumerate(values) if self.fits >> i & 1)


def atoms(
    kind: str, values: tuple[Value, ...], plain: tuple[str, ...], budget: Budget
) -> tuple[Atom, ...]:
    """Every combination that can occur. `plain`: texts that look like somebody's, the plainest
    first. OutOfBudget where there are too many; what was found before costs the same."""
    found, steps = counted_atoms(kind, values, plain)
    budget.spend(steps)
    return found


@lru_cache(maxsize=512)
def counted_atoms(
    kind: str, values: tuple[Value, ...], plain: tuple[str, ...]
) -> tuple[tuple[Atom, ...], int]:
    """The atoms, and the steps that it took to find them."""
    fresh = fresh_character([*(value.text for value in values), *(value.key for value in values)])
    holds_fresh = (ANYTHING, *literal(fresh), ANYTHING)
    ways = [*(elements_of_value(kind, value) for value in values), holds_fresh]
    budget = Budget(STEPS, WIDE)
    found = combinations(ways, within=within(kind), budget=budget)
    marked = 1 << len(values)
    shortest: dict[int, str] = {}
    probes: dict[int, str] = {}
    for mask, text in found:  # the shortest comes first
        shortest.setdefault(mask & ~marked, text)
        if mask & marked:
            probes.setdefault(mask & ~marked, text)
    known = familiar(kind, values, (*plain, *PLAIN[kind], *made_of(kind, values)))
    every = tuple(
        Atom(mask, (*known.get(mask, [text])[:MOST_TEXTS], probes.get(mask, text)))
        for mask, text in shortest.items()
    )
    return every, STEPS - budget.left


def fresh_character(patterns: Sequence[str]) -> str:
    used = set("".join(patterns).lower())
    return next((character for character in FRESH if character not in used), NO_CHARACTER)


def elements_of_value(kind: str, value: Value) -> Elements:
    """A query's pair is one text, `key=value`."""
    if kind == PATH:
        return elements(value.text, never=NEVER[PATH])
    text = elements(value.text.lower(), never=NEVER[kind])
    if kind != QUERY:
        return text
    return (*elements((value.key or "*").lower(), never=IN_KEY), *literal("="), *text)


def within(kind: str) -> Elements:
    """What every text of this kind fits."""
    if kind == PATH:
        return (*literal("/"), *run(NEVER[PATH]))
    if kind == QUERY:
        return (*some(IN_KEY), *literal("="), *run(NEVER[QUERY]))
    return some(NEVER[kind])


def run(never: str) -> Elements:
    return (Element(never=frozenset(never), loop=True),)


def some(never: str) -> Elements:
    return (Element(never=frozenset(never)), *run(never))


def literal(text: str) -> Elements:
    return tuple(Element(frozenset((character,))) for character in text)


def text_fits(kind: str, value: Value, text: str) -> bool:
    if kind != QUERY:
        return fits(value.text, text, ignore_case=kind != PATH)
    key, _equals, rest = text.partition("=")
    return fits(value.key or "*", key, ignore_case=True) and fits(
        value.text, rest, ignore_case=True
    )


def familiar(kind: str, values: Sequence[Value], plain: Iterable[str]) -> dict[int, list[str]]:
    """Of each combination the plain texts. They are for the eye alone, so where many values are
    named, not all of them are tried."""
    found: dict[int, list[str]] = {}
    for text in islice(dict.fromkeys(plain), MOST_FITS // max(1, len(values))):
        if possible(kind, text):
            mask = sum(1 << i for i, one in enumerate(values) if text_fits(kind, one, text))
            found.setdefault(mask, []).append(text)
    return found


def possible(kind: str, text: str) -> bool:
    if not text or set(text) & set(NEVER[kind]):
        return False
    if kind == QUERY:
        return "=" in text[1:]
    return text.startswith("/") or kind != PATH


PLAIN = {
    HOST: ("example.com", "www.example.com", "example.org"),
    PATH: ("/", "/about", "/about/us"),
    HEADER: ("something",),
    QUERY: ("page=2",),
}
IN_PLACE_OF_RUNS = {HOST: ("www", ""), PATH: ("", "1", "a/b"), HEADER: ("", "1"), QUERY: ("1", "")}


def made_of(kind: str, values: Iterable[Value]) -> Iterator[str]:
    """Texts near to what the values say."""
    for value in values:
        key = value.key or "key"
        for filling in IN_PLACE_OF_RUNS[kind]:
            text = value.text.replace("*", filling).replace("?", "a")
            if kind == QUERY:
                yield f"{key.replace('*', filling).replace('?', 'a')}={text}".lower()
            elif kind == PATH:
                yield from (text, text.rstrip("/") or "/", f"{text}s", text.lower(), text.upper())
            else:
                yield text.lower()
