"""`figures.toml`: what stands in the place of the author's pictures. Reads files and nothing else.

A figure is one of four things:
file      an SVG of figures/
steps     several of them, one after the other, for what happens in time
text      Markdown of figures/: a table, or code that can be copied
(none)    only words for the author's own screenshot
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lessons.github_markdown import rewrite
from lessons.outline import Heading
from lessons.svg import Drawing, SvgError, read_svg
from lessons.toml_table import Table


@dataclass(frozen=True, slots=True)
class Frame:
    """One drawing of a figure."""

    drawing: Drawing
    alt: str  # what it shows, for those who do not see it
    caption: str = ""  # of a step


@dataclass(frozen=True, slots=True)
class Figure:
    section: str
    caption: str
    replaces: int  # which picture of the section it stands for, from 1; 0: the section has none
    frames: tuple[Frame, ...] = ()
    text: str = ""  # Markdown
    sources: tuple[str, ...] = ()  # the documents that say what it shows


def read_figure(table: Table, heading: Heading, *, folder: Path) -> Figure:
    """`folder` is the course's figures/."""
    text = read_file(table, "text", ".md", folder)
    figure = Figure(
        section=heading.slug,
        caption=table.text("caption"),
        replaces=table.number("replaces", 0, most=len(rewrite(heading.text)[1])),
        frames=(*read_frames(table, folder), *read_steps(table, folder)),
        text=text,
        sources=table.texts("sources"),
    )
    kinds = [key for key in ("file", "text", "steps") if key in table.values]
    if len(kinds) > 1:
        raise table.error(kinds[1], f"beside {kinds[0]}: a figure is one of them")
    if not kinds and not figure.replaces:
        raise table.error("", "needs file, steps or text, or the picture that it `replaces`")
    return figure


def read_frames(table: Table, folder: Path) -> tuple[Frame, ...]:
    if not (svg := read_file(table, "file", ".svg", folder)):
        return ()
    return (Frame(read_drawing(table, svg), alt=table.text("alt")),)


def read_steps(table: Table, folder: Path) -> tuple[Frame, ...]:
    return tuple(
        Frame(
            read_drawing(step, read_file(step, "file", ".svg", folder)),
            alt=step.text("alt"),
            caption=step.text("caption"),
        )
        for step in table.tables("steps")
    )


def read_drawing(table: Table, svg: str) -> Drawing:
    try:
        return read_svg(svg)
    except SvgError as error:
        raise table.error("file", f"{table.text('file')} {error}") from error


def read_file(table: Table, key: str, ending: str, folder: Path) -> str:
    """What the file says; "" where the key is not there."""
    name = table.text(key, "")
    if not name:
        return ""
    if name != Path(name).name or not (folder / name).is_file():
        raise table.error(key, f"{folder.parent.name}/figures has no file {name!r}")
    if not name.endswith(ending):
        raise table.error(key, f"must be a file that ends with {ending}")
    return (folder / name).read_text(encoding="utf-8")
