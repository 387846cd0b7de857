"""Things sorted wrongly: one left out, or put into another box that the solution uses."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.mutants import Mutant
from labs.grading.sorting.answers import read_choices


def broken_sorting(text: str) -> Iterator[Mutant]:
    answer = {name: choice.box for name, choice in read_choices(text).items()}
    for item, box in answer.items():
        yield written(f"without {item}", {**answer, item: ""})
        for other in dict.fromkeys(answer.values()):
            if other != box:
                yield written(f"{item}: {other} for {box}", {**answer, item: other})


def written(name: str, answer: dict[str, str]) -> Mutant:
    return Mutant(name, "".join(f'"{item}": "{box}"\n' for item, box in answer.items()))
