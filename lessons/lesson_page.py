"""A lesson's sections → its page, contents list and length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import count

from lessons.asides import background_html, notes_html, outcomes_html, recap_html
from lessons.figure_html import NO_PICTURES, Pictures, screenshot
from lessons.github_markdown import Picture
from lessons.margin_marks import mark
from lessons.marking import NO_GLOSSARY, Glossary, Marker
from lessons.outline import Heading, slugify
from lessons.phrases import ENGLISH, PHRASES, Phrases
from lessons.rendering import (
    heading_levels,
    own_figure,
    plain_text,
    render_with,
)
from lessons.source import LessonSource, SectionSource
from lessons.try_html import try_html, without_fallbacks, without_tries

CALLED = "|".join(re.escape(one.table).replace(r"\{\}", r"\d+") for one in PHRASES.values())
TABLE = re.compile(rf'(?<=role="region" )aria-label="(?:{CALLED})"')
TASK = re.compile(
    r'(?<=<span class="task" data-done=")(no|yes)("><span class="visually-hidden">)[^<]*'
)
SEPARATORS = re.compile(
    r"\A(?:\s*\n)?(?:-{3,}|\*{3,})[ \t]*(?:\n|\Z)|(?:\A|\n)(?:-{3,}|\*{3,})\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list."""

    anchor: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    html: str
    contents: tuple[Entry, ...]
    words: int
    plain: dict[str, str]  # slug → what the section says, as read: for search
    tries: tuple[dict[str, object], ...] = ()  # what can be tried, for whoever makes forms of it

    @property
    def entries(self) -> list[dict[str, object]]:
        """The contents list as rows keep it."""
        return [
            {"anchor": one.anchor, "title": one.title, "level": one.level} for one in self.contents
        ]


def render_lesson(
    lesson: LessonSource,
    *,
    kept: Pictures = NO_PICTURES,
    glossary: Glossary = NO_GLOSSARY,
    phrases: Phrases = ENGLISH,
) -> Page:
    """`kept` are the pictures of the author's that are here; `phrases` speak the lesson's
    language."""
    # A lesson called like its first heading would say it twice: the page's h1 stands for both.
    has_title = slugify(lesson.sections[0].heading.title) == slugify(lesson.title)
    below = lesson.sections[1:] if has_title else lesson.sections
    levels = heading_levels([section.heading.level for section in below])
    entries = [
        Entry(section.heading.slug, section.heading.title, level)
        for section, level in zip(below, levels, strict=True)
    ]
    bodies = [render_section(section, kept=kept, phrases=phrases) for section in lesson.sections]
    parts = [
        section_html(section, body, level=level, phrases=phrases)
        for section, body, level in zip(
            lesson.sections, bodies, [0, *levels] if has_title else levels, strict=True
        )
    ]
    around = outcomes_html(lesson.outcomes, phrases), recap_html(lesson.recap, phrases)
    words = len(plain_text(without_tries("\n".join([*around, *parts]))).split())
    marker = Marker(glossary)
    marked = [
        marker.mark(part, section.heading.slug)
        for section, part in zip(lesson.sections, parts, strict=True)
    ]
    html = "\n".join([around[0], *marked, around[1], marker.boxes()]).strip()
    return Page(
        numbered_tables(named_tasks(html, phrases), phrases),
        tuple(entries),
        words=words,
        plain={
            section.heading.slug: plain_text(
                without_fallbacks(body + beside_html(section, phrases))
            )
            for section, body in zip(lesson.sections, bodies, strict=True)
        },
        tries=tuple(one.as_json() for section in lesson.sections for one in section.tries),
    )


def numbered_tables(html: str, phrases: Phrases) -> str:
    """Through the whole page: each section's were numbered by themselves."""
    numbers = count(1)
    return TABLE.sub(lambda _: f'aria-label="{phrases.table.format(next(numbers))}"', html)


def named_tasks(html: str, phrases: Phrases) -> str:
    """What is done and what is not, for whoever does not see the sign."""
    return TASK.sub(lambda task: f"{task[1]}{task[2]}{phrases.task[task[1]]}", html)


def render_section(section: SectionSource, *, kept: Pictures, phrases: Phrases) -> str:
    def draw(number: int, picture: Picture) -> str:
        own = next((one for one in section.figures if one.replaces == number), None)
        if own is None:
            return screenshot(picture, kept=kept, phrases=phrases)
        return own_figure(own, original=picture, kept=kept, phrases=phrases)

    body = render_with(without_separators(section.heading.text), draw=draw)
    first = [own_figure(one, phrases=phrases) for one in section.figures if one.replaces == 0]
    return "".join(first) + body


def without_separators(text: str) -> str:
    """Rules at the edges of a section only part it from the next heading, which does so itself."""
    while (shorter := SEPARATORS.sub("", text.strip("\n"))) != text:
        text = shorter
    return text


def section_html(section: SectionSource, body: str, *, level: int, phrases: Phrases) -> str:
    """Heading, text, and what the portal says beside it; `level` 0 leaves the heading to the page's
    title."""
    beside = beside_html(section, phrases)
    if not level:
        margin = mark(section.heading.slug) if body.strip() else ""
        return f'<div id="{section.heading.slug}"></div>{margin}\n{body}\n{beside}'
    heading = heading_html(section.heading, level, phrases) + mark(section.heading.slug)
    if section.background:
        return "\n".join([background_html(section.background, heading, body, phrases), beside])
    return f"{heading}\n{body}\n{beside}"


def beside_html(section: SectionSource, phrases: Phrases) -> str:
    tries = (try_html(one, phrases) for one in section.tries)
    return "\n".join([notes_html(section, phrases), *tries])


def heading_html(heading: Heading, level: int, phrases: Phrases) -> str:
    slug, title = heading.slug, escape(heading.title)
    emoji = (
        f' <span class="emoji" aria-hidden="true">{escape(heading.emoji)}</span>'
        if heading.emoji
        else ""
    )
    label = phrases.link_to.format(title)
    link = f' <a class="permalink" href="#{slug}" aria-label="{label}">#</a>'
    return f'<h{level} id="{slug}">{title}{emoji}{link}</h{level}>'
