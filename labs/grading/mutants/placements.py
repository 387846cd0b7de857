"""Placements, broken: something left out, one instance more or less, another zone or role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from labs.grading.mutants import Mutant
from labs.grading.placement.answers.entries import values_of
from labs.grading.placement.answers.reader import read_placement

Parts = Mapping[str, str]
Answer = Mapping[str, Parts]


def broken_placements(text: str) -> Iterator[Mutant]:
    items = read_placement(text).items
    answer = {
        name: {part: given.text for part, given in item.parts.items()}
        for name, item in items.items()
    }
    words = sorted({value for parts in answer.values() for value in all_values(parts)})
    for name in answer:
        yield written(f"without {name}", {one: it for one, it in answer.items() if one != name})
        yield from broken_parts(answer, name, words)


def broken_parts(answer: Answer, name: str, words: list[str]) -> Iterator[Mutant]:
    for part, value in answer[name].items():
        yield written(f"{name} without {part or value}", changed(answer, name, part, ""))
        for other in other_values(value, words):
            text = f"{name}, {part}: {other} for {value}"
            yield written(text, changed(answer, name, part, other))


def all_values(parts: Parts) -> Iterator[str]:
    for part, value in parts.items():
        yield from (one for one in (part, *values_of(value)) if one and not one.isdigit())


def other_values(value: str, words: list[str]) -> Iterator[str]:
    """One more, one less; of a list one less; and every other word of the answer."""
    if value.isdigit():
        yield from (str(number) for number in (int(value) - 1, int(value) + 1, 0) if number >= 0)
        return
    several = values_of(value)
    if len(several) > 1:
        for left_out in range(len(several)):
            yield ", ".join(one for place, one in enumerate(several) if place != left_out)
        return
    yield from (word for word in words if word != value)


def changed(answer: Answer, name: str, part: str, value: str) -> Answer:
    parts = {one: value if one == part else text for one, text in answer[name].items()}
    return {**answer, name: {one: text for one, text in parts.items() if text}}


def written(name: str, answer: Answer) -> Mutant:
    lines = []
    for item, parts in answer.items():
        alone = parts.get("", "")
        lines.append(f"{item}: {alone}".rstrip())
        lines += [f"  {part}: {value}" for part, value in parts.items() if part]
    return Mutant(name, "\n".join(lines) + "\n")
