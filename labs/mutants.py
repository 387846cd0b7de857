"""Does a lab see what is wrong? Its solution, broken in one place after the other, must not score
100 %, unless the engine proves that nothing changed, or `mutants.toml` says why it is right:

    [right]
    "without rule 3" = "The other two rules admit the same."

A name may hold `*` for any text. Every explanation must be needed: an error, if what it is about
does not score 100 %, or does not exist.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from labs.grading.errors import AnswerError, SpecError, Undecided
from labs.grading.grade import read_answer
from labs.grading.mutants import Breaker, Mutant, chosen
from labs.grading.report import RelationName, Report
from labs.grading.toml_table import Table
from labs.source import LabSource, VariantSource

EXPLANATIONS = "mutants.toml"


@dataclass(frozen=True, slots=True)
class Broken:
    """A mutant and what was said of it; no report: it could not be read."""

    mutant: Mutant
    report: Report | None

    @property
    def survives(self) -> bool:
        return self.report is not None and self.report.passed

    @property
    def is_proved(self) -> bool:
        """The comparison found no case that fares differently."""
        relation = self.report.relation if self.report else None
        return relation is not None and relation.name == RelationName.EQUAL


@dataclass(frozen=True, slots=True)
class Toll:
    """What became of all mutants of a lab."""

    broken: tuple[Broken, ...]
    explained: Mapping[str, str]

    @property
    def survivors(self) -> tuple[Broken, ...]:
        return tuple(one for one in self.broken if one.survives)

    @property
    def proved(self) -> tuple[Broken, ...]:
        return tuple(one for one in self.survivors if one.is_proved)

    def doubts(self) -> Iterator[str]:
        for one in self.survivors:
            if not one.is_proved and not self.explanations_of(one):
                yield (
                    f"“{one.mutant.name}” scores 100 %: let the lab ask for it, or say in "
                    f"{EXPLANATIONS} why it is right:\n{one.mutant.text}"
                )
        for name in self.explained:
            yield from self.doubts_about(name)

    def explanations_of(self, one: Broken) -> list[str]:
        return [name for name in self.explained if means(name, one.mutant)]

    def doubts_about(self, name: str) -> Iterator[str]:
        meant = [one for one in self.broken if means(name, one.mutant)]
        if not meant:
            yield f"{EXPLANATIONS}: there is no mutant “{name}”"
        for one in meant:
            if not one.survives:
                yield f"{EXPLANATIONS}: “{one.mutant.name}” scores less: nothing to explain"


def means(name: str, mutant: Mutant) -> bool:
    pattern = ".*".join(re.escape(part) for part in name.split("*"))
    return re.fullmatch(pattern, mutant.name) is not None


def break_solution(lab: LabSource) -> Toll:
    """The solution of the first variant: the others differ in their values alone."""
    variant = lab.variants[0]
    kind = lab.kind_module
    if not isinstance(kind, Breaker):
        return Toll((), read_explanations(variant))
    spec = kind.read_spec(variant.table, variant.files)
    found = chosen(kind.mutants(variant.solution), variant.solution)
    broken = (Broken(one, judged(lab, one, spec)) for one in found)
    return Toll(tuple(broken), read_explanations(variant))


def judged(lab: LabSource, mutant: Mutant, spec: object) -> Report | None:
    """Without the score that begins at the starter: all that counts is whether it passes."""
    try:
        return lab.kind_module.check(read_answer(lab.kind_module, mutant.text), spec)
    except (AnswerError, Undecided):
        return None


def read_explanations(variant: VariantSource) -> Mapping[str, str]:
    try:
        table = Table(tomllib.loads(variant.files.get(EXPLANATIONS, "")), path="")
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"{EXPLANATIONS}: {error}") from error
    right = table.table("right")
    found = {name: right.text(name) for name in right.values}
    table.finish()
    return found
