"""What the portal says beside the author's words → HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from lessons.annotations import Annotation, Background, Source
from lessons.phrases import ENGLISH, Phrases
from lessons.rendering import clean, render
from lessons.source import SectionSource

TONES = {"correction": "warn", "dated": "info", "addition": "info"}


def notes_html(section: SectionSource, phrases: Phrases = ENGLISH) -> str:
    return "\n".join(annotation_html(note, phrases) for note in section.annotations)


def annotation_html(note: Annotation, phrases: Phrases) -> str:
    quote = f"<p><q>{escape(plain(note.quote))}</q></p>" if note.quote else ""
    title = f'<p class="callout-title">{phrases.note.format(phrases.about[note.about])}</p>'
    tone = TONES[note.about]
    return (
        f'<aside class="callout annotation" data-tone="{tone}" data-about="{note.about}"><div>'
        f"{title}{quote}{render(note.text)}{source_html(note.source, phrases)}</div></aside>"
    )


def source_html(source: Source | None, phrases: Phrases) -> str:
    """“Source: the document, checked Nov 2026”."""
    if source is None:
        return ""
    link = clean(f'<a href="{escape(source.url)}">{escape(source.title)}</a>')
    words = phrases.checked if source.checked else phrases.as_of
    return f'<p class="source">{words.format(link, phrases.month(source.day))}</p>'


def background_html(background: Background, heading: str, body: str, phrases: Phrases) -> str:
    """A whole section, marked at its head: here the author's words stop."""
    return (
        f'<section class="background" aria-labelledby="{background.slug}">\n{heading}\n'
        f'<p class="background-mark">{phrases.background}</p>\n{body}\n'
        f"{source_html(background.source, phrases)}</section>"
    )


def outcomes_html(lines: Sequence[str], phrases: Phrases = ENGLISH) -> str:
    return list_html("outcomes", phrases.outcomes, lines)


def recap_html(lines: Sequence[str], phrases: Phrases = ENGLISH) -> str:
    return list_html("recap", phrases.recap, lines)


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
