"""Which combinations of patterns can one text match, with the shortest text for each combination.

All patterns run at once as one bit-parallel automaton (one bit a position, one Python integer for
all of them); a breadth-first search over its states meets every combination with its shortest
witness first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from labs.grading.iam.comparison.budget import Budget, OutOfBudget
from labs.grading.iam.language.globs import Token, Variable, Wildcard

WIDEST = 20_000  # bits; no policy is that long
WIDE = 128  # bits; a wider automaton pays for the length of its numbers
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
    automaton = Automaton([*patterns, within] if within is not None else patterns)
    if automaton.width > WIDEST:
        raise OutOfBudget
    must = 1 << len(patterns) if within is not None else 0
    found: dict[int, str] = {}
    for state, text in states(automaton, automaton.starts[-1] if must else 0, budget):
        accepted = automaton.accepted(state)
        if accepted & must == must:
            found.setdefault(accepted & ~must, text)
    return list(found.items())


def states(automaton: Automaton, least: int, budget: Budget) -> Iterator[tuple[int, str]]:
    """Every reachable state with its shortest text. Below `least` nothing is left of the last
    pattern."""
    steps = [(character, *automaton.moves(character)) for character in automaton.alphabet()]
    cost = len(steps) * (1 + automaton.width // WIDE)
    seen = {automaton.initial}
    queue = deque([(automaton.initial, "")])
    while queue:
        state, text = queue.popleft()
        yield state, text
        budget.spend(cost)
        for character, advance, stay in steps:
            after = automaton.closed(((state & advance) << 1) | (state & stay))
            if after >= least and after not in seen:
                seen.add(after)
                queue.append((after, text + character))


def fits(text: str, pattern: Elements) -> bool:
    """Does the whole text match this one pattern?"""
    automaton = Automaton([pattern])
    state = automaton.initial
    for character in text:
        advance, stay = automaton.moves(character)
        state = automaton.closed(((state & advance) << 1) | (state & stay))
    return bool(automaton.accepted(state))
