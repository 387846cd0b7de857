"""Markdown → safe HTML.

`render` is for any Markdown of an author. What comes out holds no script, style, id, form, foreign
picture or htmx attribute, whatever went in: addresses of headings are put on afterwards, by us.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from html import unescape
from importlib.metadata import version
from pathlib import Path

import markdown
import nh3
from markdown.extensions import Extension

from lessons.figure_html import NO_PICTURES, Pictures, screenshot, show
from lessons.figures import Figure
from lessons.github_markdown import CLOSE, OPEN, Picture, rewrite
from lessons.phrases import ENGLISH, Phrases

EXTENSIONS = ["tables", "sane_lists", "toc", "pymdownx.highlight", "pymdownx.superfences"]
EXTENSION_CONFIGS: dict[str, dict[str, object]] = {
    # A style attribute would fall to the Content-Security-Policy
    "tables": {"use_align_attribute": True},
    "toc": {"baselevel": 2},  # the page's title is its only h1
    "pymdownx.highlight": {
        "use_pygments": True,
        "guess_lang": False,
        "css_class": "highlight",
        "linenums_style": "pymdownx-inline",
    },
}
TAGS = """
p br hr em strong b i s del ins sub sup small kbd samp var code pre div span blockquote ul ol li
dl dt dd a abbr h2 h3 h4 h5 h6 table thead tbody tr th td figure figcaption img details summary
mark q cite time
"""
ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "abbr": {"title"},
    "code": {"class"},
    "div": {"class"},
    "figure": {"class"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "pre": {"class", "tabindex"},
    "span": {"class", "data-done", "data-linenos"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
TOKEN = re.compile(f"<p>{OPEN}(\\d+){CLOSE}</p>|{OPEN}(\\d+){CLOSE}")
SECRET = secrets.token_hex(16)
HELD = re.compile(f"<p>{SECRET}(\\d+)\\.</p>")
FOREIGN_LINK = re.compile(r'<a (?=[^>]*\bhref="https?://)')
TAG = re.compile(r"<[^>]+>")
# What says nothing to whoever searches: words inside drawings, and links to the author's pictures.
NOT_WORDS = re.compile(
    r'<svg .*?</svg>|<p class="screenshot">.*?</p>|<figure class="screenshot">.*?</figure>'
    r"| <a [^>]*>The author’s screenshot</a>",
    re.S,
)
BREAK = re.compile(
    r"</?(?:p|div|li|[uod]l|d[dt]|pre|table|tr|t[dh]|h\d|br|hr|blockquote|fig\w+|details|summary)\b[^>]*>"
)
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")
# The modules that make pages
PARTS = (
    "rendering.py",
    "github_markdown.py",
    "lesson_page.py",
    "asides.py",
    "figure_html.py",
    "figures.py",
    "phrases.py",
    "tries.py",
    "try_html.py",
    "svg.py",
    "glossary.py",
    "margin_marks.py",
    "marking.py",
)

Draw = Callable[[int, Picture], str]  # the number of a picture, from 1 → its figure


class Converters(threading.local):
    """What turns Markdown into HTML. One takes as long to make as a short text to convert, and can
    be used again, but by one thread at a time."""

    @cached_property
    def plain(self) -> markdown.Markdown:
        return self.made()

    @staticmethod
    def made(*more: Extension) -> markdown.Markdown:
        return markdown.Markdown(
            extensions=[*EXTENSIONS, *more],
            extension_configs=EXTENSION_CONFIGS,
            output_format="html",
        )


CONVERTERS = Converters()


def render(text: str, *more: Extension) -> str:
    """Safe HTML; headings start at h2, pictures become links to where they are."""
    return render_with(text, *more, draw=lambda _number, picture: screenshot(picture))


def render_with(text: str, *more: Extension, draw: Draw) -> str:
    """Figures are put in after cleaning, which knows no drawings; what stands for them until then
    cannot be written by an author, who does not know it."""
    source, pictures = rewrite(text)
    converter = CONVERTERS.made(*more) if more else CONVERTERS.plain
    html = converter.reset().convert(source)
    html = clean(TOKEN.sub(lambda token: f"<p>{SECRET}{token[1] or token[2]}.</p>", html))
    figures = [draw(number, picture) for number, picture in enumerate(pictures, start=1)]
    return HELD.sub(lambda held: figures[int(held[1])], html)


def clean(html: str) -> str:
    """Everything that is not listed goes; what is marked here, the author cannot mark otherwise."""
    safe = nh3.clean(
        html,
        tags=set(TAGS.split()),
        attributes=ATTRIBUTES,
        attribute_filter=keep_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        # Wide code is scrolled by keyboard, too
        set_tag_attribute_values={"pre": {"tabindex": "0"}},
    )
    safe = FOREIGN_LINK.sub('<a target="_blank" rel="noopener noreferrer" ', safe)
    return scrollable_tables(safe)


def scrollable_tables(html: str) -> str:
    """A wide table scrolls by itself. The regions are numbered:
    landmarks of one name cannot be told apart."""
    opened, *rest = html.replace("</table>", "</table></div>").split("<table>")
    scroller = (
        '<div class="scroller" tabindex="0" role="region" aria-label="Table {}"><table '
        'class="table">'
    )
    return opened + "".join(
        scroller.format(number) + part for number, part in enumerate(rest, start=1)
    )


def keep_attribute(tag: str, name: str, value: str) -> str | None:
    """A picture may come from this site alone."""
    if tag == "img" and name == "src" and (not value.startswith("/") or value.startswith("//")):
        return None
    return value


def own_figure(
    figure: Figure,
    *,
    original: Picture | None = None,
    kept: Pictures = NO_PICTURES,
    phrases: Phrases = ENGLISH,
) -> str:
    body = render(figure.text) if figure.text else ""
    return show(figure, body=body, original=original, kept=kept, phrases=phrases)


def plain_text(html: str) -> str:
    """The words of a rendered text, a line for each paragraph or item; no marks, no pictures,
    no control characters."""
    text = unescape(TAG.sub("", BREAK.sub("\n", NOT_WORDS.sub("", html))))
    lines = (" ".join(line.split()) for line in CONTROL.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)


def heading_levels(levels: Sequence[int]) -> list[int]:
    """h2 to h6 for headings as written: the same order of depth, without jumps."""
    above: list[int] = []
    given: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        given.append(min(len(above) + 1, 6))
    return given


@cache
def renderer_version() -> str:
    """Changes with the code that renders and with its libraries:
    stored pages are then rendered anew."""
    digest = hashlib.sha256()
    for module in PARTS:
        digest.update((Path(__file__).parent / module).read_bytes())
    for library in ("Markdown", "nh3", "Pygments", "pymdown-extensions"):
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()
