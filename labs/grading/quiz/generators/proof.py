"""Is what a generator draws fair, by whatever seed? As what an author writes has to be: it can be
answered, by one answer only, and each wrong one has its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labs.grading.errors import SpecError
from labs.grading.quiz.generators.kind import Drawing, Generator, table_of
from labs.grading.quiz.proof import SEEDS, doubts_about
from labs.grading.quiz.reading import LEVELS, read_question


def doubts_about_generator(generator: Generator, seeds: Iterable[int] = SEEDS) -> Iterator[str]:
    for level in LEVELS:
        for seed in seeds:
            where = f"practice, level {level}, seed {seed}"
            try:
                yield from doubts_about_drawn(table_of(generator, seed, level), seed, where)
            except SpecError as error:  # nothing fair was drawn
                yield f"{where}: {generator.NAME}: {error}"


def doubts_about_drawn(table: Drawing, seed: int, where: str = "practice") -> tuple[str, ...]:
    """Its seed alone asks it."""
    try:
        return doubts_about(read_question(table, where), seeds=(seed,))
    except SpecError as error:
        return (str(error),)
