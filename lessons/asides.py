"""What the portal says beside the author's words → HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from lessons.annotations import Annotation, Background, Source
from lessons.rendering import clean, render
from lessons.source import SectionSource

WORDS_ABOUT = {
    "correction": "Correction",
    "dated": "Since these notes were written",
    "addition": "Worth knowing",
}
TONES = {"correction": "warn", "dated": "info", "addition": "info"}


def notes_html(section: SectionSource) -> str:
    return "\n".join(annotation_html(note) for note in section.annotations)


def annotation_html(note: Annotation) -> str:
    quote = f"<p><q>{escape(plain(note.quote))}</q></p>" if note.quote else ""
    title = f'<p class="callout-title">Note from the portal: {WORDS_ABOUT[note.about].lower()}</p>'
    tone = TONES[note.about]
    return (
        f'<aside class="callout annotation" data-tone="{tone}" data-about="{note.about}"><div>'
        f"{title}{quote}{render(note.text)}{source_html(note.source)}</div></aside>"
    )


def source_html(source: Source | None) -> str:
    """“Source: the document, checked Nov 2026”."""
    if source is None:
        return ""
    link = clean(f'<a href="{escape(source.url)}">{escape(source.title)}</a>')
    words = "checked" if source.checked else "as of"
    return f'<p class="source">Source: {link}, {words} {source.day:%b %Y}</p>'


def background_html(background: Background, heading: str, body: str) -> str:
    """A whole section, marked at its head: here the author's words stop."""
    mark = "Background from the course, not from the author’s notes"
    return (
        f'<section class="background" aria-labelledby="{background.slug}">\n{heading}\n'
        f'<p class="background-mark">{mark}</p>\n{body}\n{source_html(background.source)}</section>'
    )


def outcomes_html(lines: Sequence[str]) -> str:
    return list_html("outcomes", "After this lesson you can", lines)


def recap_html(lines: Sequence[str]) -> str:
    return list_html("recap", "To remember", lines)


def list_html(name: str, title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = render("\n".join(f"- {line}" for line in lines))
    return (
        f'<section class="{name}" aria-label="{title}"><p class="{name}-title">{title}</p>\n'
        f"{items}</section>"
    )


def plain(quote: str) -> str:
    """Without marks, and without quotes of its own."""
    return re.sub(r"[*`]{1,2}", "", quote).strip('“”"')
