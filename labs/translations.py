"""A lab in another language, as far as somebody translated it: files beside the original.

lab.de.toml        title and summary; objectives, [[hints]] and the texts of [spec], as far as they
                   are translated; there `of` of each table says which one it is: the first text of
                   the original's (the kind's `TEXTS`); [[variants]] for values that are words
[capstone]         title and summary, where the lab begins one
brief.de.md, explanation.de.md, story.de.md

Nothing is judged by them: they are words for the words of the original, and whatever has none is
read in English. `of` says which words were translated, so that a translation that is behind its
original is known and said. What it says of something that the original has no longer is left out:
no author is stopped by a translation. SpecError names file and key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from labs.capstone_parts import STORY
from labs.grading.errors import SpecError
from labs.grading.toml_table import REQUIRED, Table
from labs.originals import Original, Row, first_of, read_original, texts_at, toml_in, words_of
from labs.source import (
    OF_TRANSLATION,
    PROSE,
    LabSource,
    TranslatedLab,
    TranslatedVariant,
    put_in,
    read_catalog,
    read_lab,
    read_text,
)
from lessons.phrases import ORIGINAL, PHRASES

T = TypeVar("T")
Values = tuple[Mapping[str, str], ...]  # of each variant


def read_catalog_with_translations(folder: Path) -> list[LabSource]:
    return [with_translations(folder / lab.slug, lab) for lab in read_catalog(folder)]


def read_with_translations(folder: Path) -> LabSource:
    return with_translations(folder, read_lab(folder))


def with_translations(folder: Path, lab: LabSource) -> LabSource:
    """The lab and what there is of it in other languages."""
    try:
        languages = languages_in(folder)
        if not languages:
            return lab
        original = read_original(folder, lab)
        found = tuple(read_translation(folder, original, one) for one in languages)
    except SpecError as error:
        raise SpecError(f"{lab.slug}: {error}") from error
    return replace(lab, translations=found)


def languages_in(folder: Path) -> list[str]:
    found = set()
    for path in sorted(folder.iterdir()):
        if match := OF_TRANSLATION.fullmatch(path.name):
            language = match["toml"] or match["prose"]
            if language == ORIGINAL or language not in PHRASES:
                known = ", ".join(one for one in PHRASES if one != ORIGINAL)
                raise SpecError(f"{path.name}: there is no such language here; there is {known}")
            found.add(language)
    return sorted(found)


def read_translation(folder: Path, original: Original, language: str) -> TranslatedLab:
    file = f"lab.{language}.toml"
    if not (folder / file).exists():
        raise SpecError(f"{file} is missing: it says which words were translated")
    return Translator(folder, original, language, toml_in(folder, file)).translate()


class Translator:
    """Reads one translation. What does not fit is an error where the words are those that were
    translated; else the original went on, and it is left out."""

    def __init__(self, folder: Path, original: Original, language: str, table: Table) -> None:
        self.folder, self.original = folder, original
        self.language, self.table = language, table
        self.is_behind = table.text("of") != words_of(original)
        self.left_out: list[str] = []

    def as_far_as(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except SpecError as error:
            if not self.is_behind:
                raise
            self.left_out.append(str(error))
            return otherwise

    def translate(self) -> TranslatedLab:
        lab, table = self.original.lab, self.table
        title = table.text("title")
        summary = table.text("summary", REQUIRED if lab.summary else "")
        objectives: tuple[str, ...] = self.as_far_as(self.objectives, ())
        variants = self.variants()
        capstone: tuple[str, ...] = self.as_far_as(self.capstone, ())
        self.as_far_as(table.finish, None)
        return TranslatedLab(
            language=self.language,
            title=title,
            summary=summary,
            objectives=objectives,
            variants=variants,
            is_behind=self.is_behind,
            left_out=tuple(self.left_out),
            capstone=capstone,
        )

    def objectives(self) -> tuple[str, ...]:
        found = self.table.texts("objectives")
        self.check_number("objectives", found, self.original.lab.objectives)
        return found

    def capstone(self) -> tuple[str, ...]:
        """Title, summary and story; nothing where one of them is not translated."""
        table, original = self.table.table("capstone"), self.original.lab.capstone
        found = table.text("title", ""), table.text("summary", ""), self.prose(STORY)
        if any(found) and not (original and original.title):
            raise table.error("title", "the original begins no capstone")
        return found if all(found) else ()

    def hints(self) -> tuple[str, ...]:
        found = tuple(one.text("text") for one in self.table.tables("hints"))
        self.check_number("hints", found, self.original.hints)
        self.check_values("hints", found)
        return found

    def check_number(self, key: str, found: Sequence[object], wanted: Sequence[object]) -> None:
        """None at all are not translated yet."""
        if found and len(found) != len(wanted):
            words = f"there are {len(found)}; the original has {len(wanted)}, in its order"
            raise self.table.error(key, words)

    def check_values(self, key: str, texts: Sequence[str]) -> None:
        for text in texts:
            put_in(text, self.original.values[0], f"{self.table.file}: {key}")

    def prose(self, name: str) -> str:
        """The text of `brief.md` in this language; "" where nobody translated it."""
        file = name.replace(".md", f".{self.language}.md")
        if not (self.folder / file).exists():
            return ""
        text = read_text(self.folder / file, file)
        put_in(text, self.original.values[0], file)
        return text

    def variants(self) -> tuple[TranslatedVariant, ...]:
        brief, explanation = (self.as_far_as(partial(self.prose, name), "") for name in PROSE)
        hints: tuple[str, ...] = self.as_far_as(self.hints, ())
        words = dict(self.words())
        found = self.as_far_as(self.values, self.original.values)
        return tuple(
            TranslatedVariant(
                brief=put_in(brief, own, ""),
                explanation=put_in(explanation, own, ""),
                hints=tuple(put_in(hint, own, "") for hint in hints),
                words={put_in(key, english, ""): put_in(words[key], own, "") for key in words},
            )
            for english, own in zip(self.original.values, found, strict=True)
        )

    def values(self) -> Values:
        """With those that are words in this language, too."""
        rows = tuple(self.row_values(row) for row in self.table.tables("variants"))
        self.check_number("variants", rows, self.original.values)
        originals = self.original.values
        return tuple({**one, **own} for one, own in zip(originals, rows or originals, strict=True))

    def row_values(self, row: Table) -> dict[str, str]:
        for name, _value in row.items():
            if name not in self.original.values[0]:
                raise row.error(name, "the original has no such value")
            if name in self.original.judged:
                raise row.error(name, "answers are judged by it, so it is the same everywhere")
        return {name: row.text(name) for name in row.values}

    def words(self) -> Iterator[tuple[str, str]]:
        """The texts of [spec] → the same in this language."""
        spec = self.table.table("spec")
        for name, keys in self.original.texts.items():
            for table in spec.tables(name):
                nothing: dict[str, str] = {}
                found = self.as_far_as(partial(self.row_words, table, name, keys), nothing)
                yield from found.items()
                table.asked |= set(table.values)

    def row_words(self, table: Table, name: str, keys: Sequence[str]) -> dict[str, str]:
        rows = [row for row in self.original.rows[name] if first_of(row, keys) == table.text("of")]
        if not rows:
            raise table.error("of", f"no {keys[0]} of the original is “{table.text('of')}”")
        words: dict[str, str] = {}
        for key in keys:
            for inner, text in self.texts_of(table, key, rows[0]).items():
                originals = [texts_at(row, key).get(inner, "") for row in rows]
                if text and not all(originals):
                    raise table.error(key, "the original has none")
                self.check_values(f"{table.path}.{key}", [text])
                words |= {original: text for original in originals if text}
        table.finish()
        return words

    def texts_of(self, table: Table, key: str, row: Row) -> Mapping[str, str]:
        """As `texts_at` has them of the original."""
        if not isinstance(row.get(key), Mapping):
            return {"": table.text(key, "")}
        inner = table.table(key)
        return {name: inner.text(name) for name in inner.values}
