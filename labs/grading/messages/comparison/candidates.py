"""Values of one field among which every difference between the tests on it shows."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from labs.grading.messages.comparison.fields import ADDRESS, LISTED, NUMBER, Field
from labs.grading.messages.filters.matchers import (
    AnythingBut,
    Block,
    Exact,
    Matcher,
    Numeric,
    Texts,
    Value,
    address_of,
    kind_of,
)
from labs.grading.wildcards.automata import Element, Elements, combinations, elements_of
from labs.grading.wildcards.budget import Budget

STEPS = 60_000  # of one search for texts; a lab's takes some hundreds
SOMETHING: Elements = (Element(), Element(loop=True))
SOMEBODY = ("203.0.113.10", "198.51.100.7")
FILLINGS = ("", "a", "-1", "1.1.1", "0.1", "7")


def candidates(field: Field, matchers: Sequence[Matcher]) -> Iterator[Value]:
    """The plainest first. OutOfBudget where the texts are too tangled."""
    parts = list(parts_of(matchers))
    yield from field.plain
    if field.kind == LISTED:
        return
    if field.kind == NUMBER:
        yield from (one for one in numbers(field, parts) if fits_number(field, one))
        return
    texts = (*near(parts), *addresses(parts))
    if field.kind == ADDRESS:
        yield from (one for one in texts if isinstance(address_of(one), ipaddress.IPv4Address))
        return
    yield from texts
    yield from every_text(parts)


def is_sure(field: Field, matchers: Sequence[Matcher]) -> bool:
    """Are the candidates enough to say that there is no difference? Blocks of addresses and
    patterns of text at one field are looked at by examples alone."""
    parts = list(parts_of(matchers))
    patterns = any(isinstance(one, Texts) for one in parts)
    if field.kind in (LISTED, NUMBER) or not patterns:
        return True
    return field.kind != ADDRESS and not any(isinstance(one, Block) for one in parts)


def parts_of(matchers: Iterable[Matcher]) -> Iterator[Matcher]:
    for one in matchers:
        if isinstance(one, AnythingBut):
            yield from one.tests
        else:
            yield one


def fits_number(field: Field, number: float) -> bool:
    return field.least is None or number >= field.least


def numbers(field: Field, parts: Sequence[Matcher]) -> Iterator[int | float]:
    """Every number that is named, one between each two, one below all and one above."""
    named = set(named_numbers(parts)) | ({float(field.least)} if field.least is not None else set())
    ends = sorted(named)
    if not ends:
        return
    between = [middle(low, high, whole=field.whole) for low, high in pairwise(ends)]
    for one in (*ends, *between, ends[0] - 1, ends[-1] + 1):
        if one is not None and (one == int(one) or not field.whole):
            yield int(one) if one == int(one) else one


def named_numbers(parts: Sequence[Matcher]) -> Iterator[float]:
    for one in parts:
        if isinstance(one, Numeric):
            yield from (float(number) for _sign, number in one.comparisons)
        elif isinstance(one, Exact) and kind_of(one.value) == "number":
            yield float(one.value)  # type: ignore[arg-type]


def middle(low: float, high: float, *, whole: bool) -> float | None:
    if whole:
        return low // 1 + 1 if low // 1 + 1 < high else None
    return low + 1 if low + 1 < high else (low + high) / 2


def addresses(parts: Sequence[Matcher]) -> Iterator[str]:
    """Usual ones, and the first of every stretch of addresses that blocks and names cut out."""
    yield from SOMEBODY
    starts: set[int] = {0}
    for one in parts:
        if isinstance(one, Block) and one.network.version == 4:
            starts |= {int(one.network[0]), int(one.network[-1]) + 1}
        elif isinstance(one, Exact) and isinstance(address_of(one.value), ipaddress.IPv4Address):
            named = int(ipaddress.IPv4Address(str(one.value)))
            starts |= {named, named + 1}
    yield from (str(ipaddress.IPv4Address(one)) for one in sorted(starts) if one < 2**32)


def near(parts: Sequence[Matcher]) -> Iterator[str]:
    """Texts that look like what the tests say."""
    for one in parts:
        if isinstance(one, Exact) and isinstance(one.value, str):
            yield from (one.value, one.value.lower(), one.value.upper())
        elif isinstance(one, Texts):
            for filling in FILLINGS:
                text = "".join(part if isinstance(part, str) else filling for part in one.tokens)
                yield from (text, text.lower(), text.upper())


def every_text(parts: Sequence[Matcher]) -> Iterator[str]:
    """A text for every combination of patterns that one text can fit."""
    patterns = list(dict.fromkeys(elements(one) for one in parts if is_text(one)))
    if patterns:
        found = combinations(patterns, within=SOMETHING, budget=Budget(STEPS))
        yield from (text for _mask, text in found)


def is_text(part: Matcher) -> bool:
    return isinstance(part, Texts) or (isinstance(part, Exact) and isinstance(part.value, str))


def elements(part: Matcher) -> Elements:
    if isinstance(part, Texts):
        return elements_of(part.tokens, ignore_case=part.ignore_case)
    return elements_of((str(part.value),)) if isinstance(part, Exact) else ()
