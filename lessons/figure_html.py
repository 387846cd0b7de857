"""A figure, or a picture of the author's, → its HTML.

A page asks no other host for anything. So what the author keeps elsewhere is a link until
`manage.py fetch_figures` has brought it here; then it is the picture itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from lessons.figures import Figure, Frame
from lessons.github_markdown import Picture
from lessons.phrases import ENGLISH, Phrases

ELSEWHERE = '<a target="_blank" rel="noopener noreferrer" href="{}">{}</a>'


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture of the author's that is kept here."""

    url: str
    width: int
    height: int


Pictures = Mapping[str, Kept]  # by the address where the author keeps them
NO_PICTURES: Pictures = {}


def screenshot(
    picture: Picture,
    *,
    words: str = "",
    kept: Pictures = NO_PICTURES,
    phrases: Phrases = ENGLISH,
) -> str:
    """The picture itself, if it is here; else one line that leads to it."""
    words = words or picture.alt.strip() or phrases.picture
    here = kept.get(picture.src)
    if here:
        caption = f"<figcaption>{escape(words)}</figcaption>"
        return f'<figure class="screenshot">{image(here, words)}{caption}</figure>'
    if not picture.src.startswith("https://"):
        return f'<p class="screenshot">{escape(words)}</p>'
    link = ELSEWHERE.format(escape(picture.src), phrases.open_screenshot)
    return f'<p class="screenshot">{escape(words)} · {link}</p>'


def image(here: Kept, words: str) -> str:
    return (
        f'<a href="{escape(here.url)}"><img src="{escape(here.url)}" alt="{escape(words)}" '
        f'width="{here.width}" height="{here.height}" loading="lazy"></a>'
    )


def show(
    figure: Figure,
    *,
    body: str = "",
    original: Picture | None = None,
    kept: Pictures = NO_PICTURES,
    phrases: Phrases = ENGLISH,
) -> str:
    """`body` is the HTML of the figure's text. The author's picture stays one click away."""
    if original and not figure.frames and not figure.text:
        return screenshot(original, words=figure.caption, kept=kept, phrases=phrases)
    caption = f"<figcaption>{escape(figure.caption)}{link_to(original, kept, phrases)}</figcaption>"
    if figure.text:
        # A region that scrolls is called by what is in it: a page has several tables
        named = body.replace('aria-label="Table 1"', f'aria-label="{escape(figure.caption)}"')
        return f'<figure class="told">{named}{caption}</figure>'
    if len(figure.frames) > 1:
        return f'<figure class="drawing" data-steps>{steps(figure.frames)}{caption}</figure>'
    return f'<figure class="drawing">{svg(figure.frames[0])}{caption}</figure>'


def link_to(original: Picture | None, kept: Pictures, phrases: Phrases) -> str:
    if original is None:
        return ""
    here = kept.get(original.src)
    if here:
        return f' <a href="{escape(here.url)}">{phrases.screenshot}</a>'
    return " " + ELSEWHERE.format(escape(original.src), phrases.screenshot)


def svg(frame: Frame) -> str:
    drawing = frame.drawing
    return (
        f'<svg viewBox="0 0 {drawing.width} {drawing.height}" role="img" '
        f'aria-label="{escape(frame.alt)}">{drawing.inside}</svg>'
    )


def steps(frames: tuple[Frame, ...]) -> str:
    """All of them, one below the other; `lesson.js` lets the reader go through them."""
    items = "".join(f"<li>{svg(frame)}<p>{escape(frame.caption)}</p></li>" for frame in frames)
    return f"<ol>{items}</ol>"
