"""The words of a lab that are to be translated, as its files have them: values are not put in.
What else there is of it is what answers are judged by, and no translation can touch it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from labs.capstone_parts import STORY
from labs.grading.kind import Kind, Worded
from labs.grading.toml_table import FILE, Table
from labs.source import (
    PLACEHOLDER,
    PROSE,
    LabSource,
    read_files,
    read_hints,
    read_lab,
    read_text,
    read_toml,
    values_of,
    variant_rows,
)

Row = Mapping[str, object]
Texts = Mapping[str, tuple[str, ...]]  # list of [spec] → the keys of its texts


@dataclass(frozen=True, slots=True)
class Original:
    lab: LabSource
    hints: tuple[str, ...]
    prose: Mapping[str, str]  # by the file's name
    rows: Mapping[str, tuple[Row, ...]]  # the lists of [spec] that hold texts
    values: tuple[Mapping[str, str], ...]  # of each variant
    judged: frozenset[str]  # names of values that answers are judged by

    @property
    def texts(self) -> Texts:
        return texts_of(self.lab.kind_module)

    def words(self) -> Iterator[str]:
        yield from (self.lab.title, self.lab.summary, *self.lab.objectives, *self.hints)
        yield from self.prose.values()
        yield from self.lab.capstone.words if self.lab.capstone else ()
        for name, keys in self.texts.items():
            for row in self.rows[name]:
                yield from (text for key in keys for text in texts_at(row, key).values())


def read_original(folder: Path, lab: LabSource) -> Original:
    table = toml_in(folder, FILE)
    spec, texts = table.mapping("spec"), texts_of(lab.kind_module)
    return Original(
        lab=lab,
        hints=read_hints(table),
        prose={name: read_text(folder / name, name) for name in PROSE},
        rows={name: rows_in(spec, name) for name in texts},
        values=tuple(values_of(row) for row in variant_rows(table)),
        judged=frozenset(judged_names(read_files(folder), spec, texts)),
    )


def words_of(original: Original) -> str:
    """A short name for all of them."""
    return hashlib.sha256("\0".join(original.words()).encode()).hexdigest()[:12]


def words_in(folder: Path) -> str:
    """The same of a lab's folder: what `of` says once a translation follows its original."""
    return words_of(read_original(folder, read_lab(folder)))


def toml_in(folder: Path, file: str) -> Table:
    return read_toml(read_text(folder / file, file), file=file)


def texts_of(kind: Kind) -> Texts:
    return kind.TEXTS if isinstance(kind, Worded) else {}


def first_of(row: Row, keys: Sequence[str]) -> str:
    """The first text that the row has: what a translation calls it by."""
    return next((str(row[key]) for key in keys if row.get(key)), "")


def texts_at(row: Row, key: str) -> Mapping[str, str]:
    """What stands there: a text, by "", or a table of texts, each by its own key."""
    value = row.get(key, "")
    if isinstance(value, Mapping):
        return {name: str(text) for name, text in value.items()}
    return {"": str(value)}


def rows_in(spec: Mapping[str, object], name: str) -> tuple[Row, ...]:
    return tuple(cast("list[Row]", spec.get(name, [])))


def judged_names(
    files: Mapping[str, str], spec: Mapping[str, object], texts: Texts
) -> Iterator[str]:
    """Of the values that stand elsewhere than in texts for learners."""
    bare = dict(spec) | {
        name: [{key: row[key] for key in row if key not in keys} for row in rows_in(spec, name)]
        for name, keys in texts.items()
    }
    yield from PLACEHOLDER.findall(json.dumps(bare, default=str))
    for name, text in files.items():
        if name not in (FILE, STORY, *PROSE):
            yield from PLACEHOLDER.findall(text)
