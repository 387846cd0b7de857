"""annotations.toml → what the portal says beside the author's words, never inside them: notes on a
section, and sections of background of its own (background/<slug>.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lessons.outline import Heading, find_headings, slugify
from lessons.toml_table import Table, read_toml

BACKGROUND = "background"
ABOUT = ("correction", "dated", "addition", BACKGROUND)


@dataclass(frozen=True, slots=True)
class Source:
    """A document that says it, too."""

    title: str
    url: str  # https
    day: date
    checked: bool  # against the document, on that day; else that was so as far as we knew


@dataclass(frozen=True, slots=True)
class Annotation:
    section: str
    about: str  # one of ABOUT, without "background"
    quote: str  # the words it is about, "" when it is about none in particular
    text: str  # Markdown
    source: Source | None


@dataclass(frozen=True, slots=True)
class Background:
    """A section of the course's own, for what the notes leave out and labs need."""

    after: str  # the section of the notes that it stands after
    slug: str
    title: str
    text: str  # Markdown, without headings
    source: Source | None


@dataclass(frozen=True, slots=True)
class Notes:
    annotations: tuple[Annotation, ...]
    backgrounds: tuple[Background, ...]


def read_annotations(folder: Path, headings: Mapping[str, Heading]) -> Notes:
    table = optional_toml(folder, "annotations.toml")
    annotations: list[Annotation] = []
    backgrounds: list[Background] = []
    taken = set(headings)
    for note in table.tables("notes"):
        heading = known(note.text("section"), headings, note, "section")
        if (about := note.text("about", choices=ABOUT)) == BACKGROUND:
            backgrounds.append(read_background(note, heading, folder, taken))
            taken.add(backgrounds[-1].slug)
        else:
            annotations.append(read_annotation(note, heading, about))
    table.finish()
    check_files(table, folder, backgrounds)
    return Notes(tuple(annotations), tuple(backgrounds))


def read_annotation(table: Table, heading: Heading, about: str) -> Annotation:
    note = Annotation(
        section=heading.slug,
        about=about,
        quote=table.text("quote", ""),
        text=table.text("text"),
        source=read_source(table),
    )
    if note.quote not in heading.text and note.quote != heading.title:
        raise table.error("quote", f"the section does not say {note.quote!r} (any more)")
    return note


def read_background(table: Table, heading: Heading, folder: Path, taken: set[str]) -> Background:
    slug = table.text("slug")
    if slug != slugify(slug):
        raise table.error("slug", f"write it as {slugify(slug)!r}")
    if slug in taken:
        raise table.error("slug", f"there is another section {slug!r}")
    return Background(
        after=heading.slug,
        slug=slug,
        title=table.text("title"),
        text=read_text(table, folder / "background" / f"{slug}.md"),
        source=read_source(table),
    )


def read_text(table: Table, path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8").strip()
    except FileNotFoundError as error:
        raise table.error("slug", f"background/{path.name} is missing") from error
    except UnicodeDecodeError as error:
        raise table.error("slug", f"background/{path.name} is not UTF-8 text") from error
    if not text:
        raise table.error("slug", f"background/{path.name} is empty")
    if any(find_headings(text.split("\n"))):
        raise table.error(
            "slug", f"background/{path.name} has a heading: a background is one section"
        )
    return text


def read_source(table: Table) -> Source | None:
    """`source` with `document` and `checked`, or `as_of` where nobody looked into the document."""
    url, title = table.text("source", ""), table.text("document", "")
    days = {key: table.get(key, date, "a date", None) for key in ("checked", "as_of")}
    if not (url or title or any(days.values())):
        return None
    if not url.startswith("https://"):
        raise table.error("source", "must be an https address")
    if not title:
        raise table.error("document", "a source has the title of its document")
    if bool(days["checked"]) == bool(days["as_of"]):
        raise table.error("checked", "a source has one date: checked, or as_of")
    return Source(title, url, days["checked"] or days["as_of"], checked=bool(days["checked"]))


def check_files(table: Table, folder: Path, backgrounds: list[Background]) -> None:
    named = {f"{one.slug}.md" for one in backgrounds}
    for path in sorted((folder / "background").glob("*.md")):
        if path.name not in named:
            raise table.error("", f"no note names background/{path.name}")


def known(slug: str, headings: Mapping[str, Heading], table: Table, key: str) -> Heading:
    if slug not in headings:
        raise table.error(
            key, f"the notes have no heading {slug!r}; `manage.py check_notes` lists them"
        )
    return headings[slug]


def optional_toml(folder: Path, name: str) -> Table:
    file = f"{folder.name}/{name}"
    return read_toml(folder / name, file=file) if (folder / name).exists() else Table({}, file=file)
