"""glossary.toml → the words of a course and what they mean. Reads files and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lessons.annotations import optional_toml
from lessons.outline import slugify
from lessons.toml_table import Table

LONGEST = 240  # characters: it is read beside something else


@dataclass(frozen=True)
class TermSource:
    name: str
    also: tuple[str, ...]  # abbreviations and other forms
    text: str  # what it means, without marks
    section: str  # where it is taught
    not_in: tuple[str, ...] = ()  # sections that mean something else by the same word

    @cached_property
    def slug(self) -> str:
        return slugify(self.name)

    @property
    def forms(self) -> tuple[str, ...]:
        """As it may stand in a text; what is written small is found in capitals, too."""
        is_a_word = self.name[1:] == self.name[1:].lower()
        return (self.name.lower() if is_a_word else self.name, *self.also)


def other_names(name: str, also: Sequence[str]) -> list[str]:
    """Of the forms those that say more than the name: abbreviations and what they stand for."""
    return [form for form in also if form != form.lower() and form.lower() != name.lower()]


def read_glossary(folder: Path, sections: Collection[str]) -> tuple[TermSource, ...]:
    """In the order of the alphabet; `sections` are the slugs of all. Raises SourceError."""
    table = optional_toml(folder, "glossary.toml")
    terms: list[TermSource] = []
    taken: dict[str, str] = {}  # form → the name whose it is
    for row in table.tables("terms"):
        term = read_term(row, sections)
        for form in sorted({term.slug, *term.forms}):
            if form in taken:
                raise row.error("term", f"“{form}” is “{taken[form]}” already")
            taken[form] = term.name
        terms.append(term)
    table.finish()
    return tuple(sorted(terms, key=lambda term: term.name.lower()))


def read_term(table: Table, sections: Collection[str]) -> TermSource:
    term = TermSource(
        name=table.text("term"),
        also=table.texts("also"),
        text=table.text("text"),
        section=table.text("section"),
        not_in=table.texts("not_in"),
    )
    if not term.slug or not all(form.strip() for form in term.also):
        raise table.error("term", "has a form without a letter")
    if len(term.text) > LONGEST:
        raise table.error("text", f"has {len(term.text)} characters; {LONGEST} are the most")
    for key, slugs in (("section", (term.section,)), ("not_in", term.not_in)):
        for slug in slugs:
            if slug not in sections:
                raise table.error(key, f"the course has no section {slug!r}")
    return term
