"""`tries.toml`: small experiments in the text. A reader changes what stands there and asks again.

What a kind is, and what it answers, is not known here: `start` holds the texts that the kind reads,
and labs/tries.py makes a form of them. Reads files and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons.annotations import optional_toml
from lessons.outline import slugify
from lessons.toml_table import SourceError, Table

NAME = re.compile(r"[A-Za-z][A-Za-z0-9:/_-]{0,80}")
Texts = tuple[tuple[str, str], ...]  # name → text, in the order in which they are shown


@dataclass(frozen=True, slots=True)
class Idea:
    """What else to try: what the texts are then, and what is answered."""

    text: str  # Markdown
    start: Texts
    answer: str
    place: str  # in the file, for whoever reads that it is not so


@dataclass(frozen=True, slots=True)
class Try:
    section: str
    slug: str  # of its address; one in the course
    kind: str
    title: str
    text: str  # Markdown
    fallback: str  # Markdown, where nothing can be tried: on paper, or before the labs are there
    start: Texts
    answer: str  # what is answered to `start`, in English
    ideas: tuple[Idea, ...]
    place: str

    def as_json(self) -> dict[str, object]:
        """As a lesson's row keeps it: what a page needs to show it and to answer."""
        return {
            "slug": self.slug,
            "kind": self.kind,
            "title": self.title,
            "start": [list(pair) for pair in self.start],
        }


def read_tries(folder: Path, sections: Collection[str]) -> tuple[Try, ...]:
    table = optional_toml(folder, "tries.toml")
    tries: list[Try] = []
    for entry in table.tables("tries"):
        found = read_try(entry, folder / "tries")
        if found.section not in sections:
            raise entry.error("section", f"the course has no section {found.section!r}")
        if any(found.slug == other.slug for other in tries):
            raise entry.error("slug", f"another one is called {found.slug!r}")
        tries.append(found)
    table.finish()
    check_files(folder, table)
    return tuple(tries)


def read_try(table: Table, folder: Path) -> Try:
    slug = table.text("slug")
    if slug != slugify(slug):
        raise table.error("slug", f"write it as {slugify(slug)!r}")
    start = (*read_files(table, folder), *read_fields(table))
    if not start:
        raise table.error("", "needs fields, or files, that a reader can change")
    return Try(
        section=table.text("section"),
        slug=slug,
        kind=table.text("kind"),
        title=table.text("title"),
        text=table.text("text"),
        fallback=table.text("fallback"),
        start=start,
        answer=table.text("answer"),
        ideas=tuple(read_idea(idea, dict(start), folder) for idea in table.tables("ideas")),
        place=place_of(table),
    )


def place_of(table: Table) -> str:
    return str(table.error("answer", "")).removesuffix(": ")


def texts_in(table: Table, key: str) -> dict[str, str]:
    """The texts of a table within this one."""
    values = table.get(key, dict, "a table of texts", {})
    for name, value in values.items():
        if not NAME.fullmatch(name) or not isinstance(value, str):
            raise table.error(f"{key}.{name}", "is not a name with a text")
    return dict(values)


def read_fields(table: Table) -> Texts:
    return tuple(texts_in(table, "fields").items())


def read_files(table: Table, folder: Path) -> Iterator[tuple[str, str]]:
    for name, file in texts_in(table, "files").items():
        path = folder / file
        if file != path.name or not path.is_file():
            raise table.error(f"files.{name}", f"tries has no file {file!r}")
        yield name, path.read_text(encoding="utf-8").rstrip("\n")


def read_idea(table: Table, start: Mapping[str, str], folder: Path) -> Idea:
    """`set` gives a field another text, `files` one that stands in a file, `replace` a part."""
    texts = dict(start)
    for name, text in (*read_files(table, folder), *texts_in(table, "set").items()):
        texts[known_text(table, name, name, start)] = text
    for name, change in table.get("replace", dict, "a table", {}).items():
        key = f"replace.{name}"
        known_text(table, key, name, start)
        texts[name] = replaced(table, key, start[name], change)
    if texts == dict(start):
        raise table.error("", "changes nothing: needs set, files or replace")
    return Idea(
        text=table.text("text"),
        start=tuple(texts.items()),
        answer=table.text("answer"),
        place=place_of(table),
    )


def known_text(table: Table, key: str, name: str, start: Mapping[str, str]) -> str:
    if name not in start:
        raise table.error(key, f"there is no {name!r}; there are {', '.join(start)}")
    return name


def replaced(table: Table, key: str, text: str, change: object) -> str:
    match change:
        case [str(old), str(new)]:
            pass
        case _:
            raise table.error(key, "is not two texts: what stands there, and what shall")
    if text.count(old) != 1:
        raise table.error(key, f"{old!r} stands there {text.count(old)} times, not once")
    return text.replace(old, new)


def check_files(folder: Path, table: Table) -> None:
    tries: Any = table.values.get("tries", ())
    entries = [one for entry in tries for one in (entry, *entry.get("ideas", ()))]
    named = {file for entry in entries for file in entry.get("files", {}).values()}
    for path in sorted((folder / "tries").glob("*")):
        if path.name not in named:
            raise SourceError(f"{table.file}: nothing names tries/{path.name}")
