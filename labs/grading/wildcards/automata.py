"""Which combinations of patterns can one text match, with the shortest text for each combination.

All patterns run at once as one bit-parallel automaton (one bit a position, one Python integer for
all of them); a breadth-first search over its states meets every combination with its shortest
witness first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from labs.grading.wildcards.budget import Budget, OutOfBudget
from labs.grading.wildcards.globs import Token, Variable, Wildcard

WIDEST = 20_000  # bits; no policy is that long
MOST_RULES = 200  # of one union; without the others the search is longer, and as exact
FRESH = "xyzabcdefghijklmnopqrstuvwuXYZ0123456789_"


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a pattern: a character out of a set, once or any number of times (`loop`).

    `only` is the set; None stands for every character except those in `never`.
    """

    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()
    loop: bool = False

    @property
    def named(self) -> frozenset[str]:
        """The characters that it tells apart from the others."""
        return self.never | (self.only or frozenset())

    def takes(self, other: Element) -> bool:
        """Does it accept every character that the other one accepts?"""
        if other.only is not None:
            return all(map(self.accepts, other.only))
        return self.only is None and self.never <= other.never

    def accepts(self, character: str) -> bool:
        return character in self.only if self.only is not None else character not in self.never


Elements = tuple[Element, ...]


def elements_of(tokens: Iterable[Token], *, never: str = "", ignore_case: bool = False) -> Elements:
    """A pattern without variables; its wildcards do not take the characters in `never`."""
    excluded = frozenset(never)
    elements: list[Element] = []
    for token in tokens:
        assert not isinstance(token, Variable)
        if isinstance(token, Wildcard):
            elements.append(Element(never=excluded, loop=token is Wildcard.RUN))
        else:
            elements += [Element(letters(character, ignore_case)) for character in token]
    return tuple(elements)


def letters(character: str, ignore_case: bool) -> frozenset[str]:
    if not ignore_case:
        return frozenset((character,))
    return frozenset(
        letter for letter in (character, character.lower(), character.upper()) if len(letter) == 1
    )


class Automaton:
    """The patterns side by side: pattern i owns the bits from `starts[i]` to `finals[i]`."""

    def __init__(self, patterns: Sequence[Elements]) -> None:
        self.patterns = patterns
        self.starts: list[int] = []
        self.finals: list[int] = []
        self.loops = 0
        at = 0
        for pattern in patterns:
            self.starts.append(1 << at)
            for offset, element in enumerate(pattern):
                self.loops |= element.loop << (at + offset)
            at += len(pattern)
            self.finals.append(1 << at)
            at += 1
        self.width = at
        self.initial = self.closed(sum(self.starts))

    def closed(self, state: int) -> int:
        """A loop may be skipped."""
        while True:
            wider = state | ((state & self.loops) << 1)
            if wider == state:
                return state
            state = wider

    def moves(self, character: str) -> tuple[int, int]:
        """The positions that advance and the positions that stay on this character."""
        advance = stay = at = 0
        for pattern in self.patterns:
            for element in pattern:
                if element.accepts(character):
                    if element.loop:
                        stay |= 1 << at
                    else:
                        advance |= 1 << at
                at += 1
            at += 1
        return advance, stay

    def accepted(self, state: int) -> int:
        """Bit i is set when pattern i has matched."""
        return sum(1 << index for index, final in enumerate(self.finals) if state & final)

    def alphabet(self) -> list[str]:
        """One character for each way in which a character can move the automaton,
        plain ones first."""
        special = {
            character
            for pattern in self.patterns
            for element in pattern
            for character in element.named
        }
        other = next((character for character in FRESH if character not in special), "\u2022")
        seen: dict[tuple[int, int], str] = {}
        for character in (other, *sorted(special)):
            seen.setdefault(self.moves(character), character)
        return list(seen.values())


def combinations(
    patterns: Sequence[Elements], *, within: Elements | None = None, budget: Budget
) -> list[tuple[int, str]]:
    """Every reachable combination (bit i: pattern i matches) with its shortest text.
    `within` limits the texts to those that this pattern matches.
    """
    return union_combinations([(pattern,) for pattern in patterns], within=within, budget=budget)


def union_combinations(
    unions: Sequence[Sequence[Elements]], *, within: Elements | None = None, budget: Budget
) -> list[tuple[int, str]]:
    """The same for unions of patterns: bit i is set when any pattern of union i matches. What a
    union has matched for good needs no further look at its other patterns, so that a dozen of
    `*a*` in one statement cost no more than one."""
    search = UnionSearch(unions, within)
    if search.automaton.width > WIDEST:
        raise OutOfBudget
    return search.run(budget)


class UnionSearch:
    def __init__(self, unions: Sequence[Sequence[Elements]], within: Elements | None) -> None:
        patterns = [pattern for union in unions for pattern in union]
        self.automaton = Automaton([*patterns, within] if within is not None else patterns)
        self.alphabet = self.automaton.alphabet()
        self.steps = [(letter, *self.automaton.moves(letter)) for letter in self.alphabet]
        self.must = self.automaton.finals[-1] if within is not None else 0
        # Without a bit of the limiting pattern no text can be completed.
        self.low = self.automaton.starts[-1].bit_length() - 1 if within is not None else -1
        self.finals: list[int] = []
        self.rules: list[Rule] = []
        index = 0
        for union in unions:
            places = self.automaton.starts[index : index + len(union)]
            self.finals.append(sum(self.automaton.finals[index : index + len(union)]))
            self.rules += rules_of(union, [place.bit_length() - 1 for place in places])
            index += len(union)
        self.touched = sum_of(rule.seen for rule in self.rules)

    def simplified(self, state: int) -> int:
        """The state without the positions that can add nothing to those beside them."""
        if state & self.touched:
            for rule in self.rules:
                if state & rule.seen:
                    state = state & ~rule.dropped | rule.kept
        return state

    def matched(self, state: int) -> int:
        return sum(1 << index for index, finals in enumerate(self.finals) if state & finals)

    def run(self, budget: Budget) -> list[tuple[int, str]]:
        automaton, found = self.automaton, dict[int, str]()
        cost = len(self.steps) * (1 + automaton.width // budget.wide)
        start = self.simplified(automaton.initial)
        seen, queue = {start}, deque([(start, "")])
        while queue:
            state, text = queue.popleft()
            if state & self.must == self.must:
                found.setdefault(self.matched(state), text)
            budget.spend(cost)
            for character, after in self.successors(state):
                if after not in seen:
                    seen.add(after)
                    queue.append((after, text + character))
        return list(found.items())

    def successors(self, state: int) -> Iterator[tuple[str, int]]:
        for character, advance, stay in self.steps:
            after = self.automaton.closed(((state & advance) << 1) | (state & stay))
            if self.low < 0 or after >> self.low:
                yield character, self.simplified(after)


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a state has any of the positions `seen`, the positions `dropped` may go and `kept`
    stands for them."""

    seen: int
    dropped: int
    kept: int


def rules_of(union: Sequence[Elements], places: Sequence[int]) -> Iterator[Rule]:
    """What remains to be matched at two positions of a union is compared by its text: the same rest
    needs one position, and a rest that begins with a run of any characters covers every rest that
    only has more before it. So a dozen of `*a*` in one statement cost no more than one.
    `places`: the bit of each pattern's first position."""
    rests: dict[tuple[Element | None, int], int] = {}
    at: dict[int, list[tuple[Elements, int, int]]] = {}  # pattern, its first bit, the offset
    for pattern, place in zip(union, places, strict=True):
        identity = rests.setdefault((None, -1), len(rests))
        at.setdefault(identity, []).append((pattern, place, len(pattern)))
        for offset in range(len(pattern) - 1, -1, -1):
            identity = rests.setdefault((pattern[offset], identity), len(rests))
            at.setdefault(identity, []).append((pattern, place, offset))
    shared = [found for _, found in sorted(at.items(), reverse=True) if len(found) > 1]
    for found in shared[:MOST_RULES]:
        positions = sum_of(1 << (place + offset) for _, place, offset in found)
        covered = sum_of(
            positions_covered(pattern, offset) << place for pattern, place, offset in found
        )
        kept = positions & -positions
        yield Rule(positions, (positions | covered) & ~kept, kept)


def positions_covered(pattern: Elements, run: int) -> int:
    """The positions just before a run from where every text is one that the run takes as well."""
    covered = 0
    if run == len(pattern) or not pattern[run].loop:
        return covered
    for offset in range(run - 1, -1, -1):
        if not pattern[run].takes(pattern[offset]):
            break
        covered |= 1 << offset
    return covered


def sum_of(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def fits(text: str, pattern: Elements) -> bool:
    """Does the whole text match this one pattern?"""
    automaton = Automaton([pattern])
    state = automaton.initial
    for character in text:
        advance, stay = automaton.moves(character)
        state = automaton.closed(((state & advance) << 1) | (state & stay))
    return bool(automaton.accepted(state))
