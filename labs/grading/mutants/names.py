"""Names taken apart, and put together wrongly: a part left out, empty, or that of another item."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.mutants import Mutant
from labs.grading.names.exercise.answers import Answer, read_names

Parts = dict[str, dict[str, str]]


def broken_names(text: str) -> Iterator[Mutant]:
    answer = texts_of(read_names(text))
    for item, parts in answer.items():
        yield written(f"without {item}", {**answer, item: {}})
        for part, value in parts.items():
            yield written(
                f"{item} without {part}",
                {**answer, item: {name: one for name, one in parts.items() if name != part}},
            )
            for other in other_values(answer, item, part):
                yield written(
                    f"{item}, {part}: {other or 'none'} for {value or 'none'}",
                    {**answer, item: {**parts, part: other}},
                )


def other_values(answer: Parts, item: str, part: str) -> list[str]:
    """The same part of other items, other parts of the same item, and nothing."""
    found = [parts.get(part, "") for parts in answer.values()]
    found += list(answer[item].values())
    return [one for one in dict.fromkeys([*found, ""]) if one != answer[item][part]]


def texts_of(answer: Answer) -> Parts:
    return {
        name: {part: given.text for part, given in item.parts.items()}
        for name, item in answer.items()
    }


def written(name: str, answer: Parts) -> Mutant:
    lines = []
    for item, parts in answer.items():
        lines.append(f"{item}:")
        lines += [f'  {part}: "{value}"' for part, value in parts.items()]
    return Mutant(name, "\n".join(lines) + "\n")
