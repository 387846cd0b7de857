"""Answers that were right once: what a kind must read, or refuse, without breaking."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def garbled(dice: Random, right: str, words: Sequence[str]) -> str:
    """A right answer with lines lost, doubled, moved, or with other words."""
    lines = right.splitlines()
    for _ in range(dice.randint(1, 5)):
        garble(dice, lines, words)
    return "\n".join(lines)


def garble(dice: Random, lines: list[str], words: Sequence[str]) -> None:
    at = dice.randrange(len(lines))
    match dice.randint(0, 5):
        case 0 if len(lines) > 1:
            del lines[at]
        case 1:
            lines.insert(at, dice.choice(lines))
        case 2:
            lines[at] = " " * dice.randint(0, 8) + lines[at].strip()
        case 3:
            lines[at] = lines[at].replace(dice.choice(words), dice.choice(words))
        case _:
            name, colon, _value = lines[at].partition(":")
            lines[at] = f"{name}{colon} {dice.choice(words)}"
