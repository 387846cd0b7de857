"""Markdown → safe HTML, and a lesson's sections → its page, contents list and length.

`render` is for any Markdown of an author. What comes out holds no script, style, id, form, foreign
picture or htmx attribute, whatever went in: addresses of headings are put on afterwards, by us.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from importlib.metadata import version
from pathlib import Path

import markdown
import nh3

from lessons import github_markdown
from lessons.github_markdown import CLOSE, OPEN, Picture, rewrite
from lessons.outline import slugify
from lessons.source import Annotation, Figure, LessonSource, SectionSource

EXTENSIONS = ["tables", "sane_lists", "toc", "pymdownx.highlight", "pymdownx.superfences"]
EXTENSION_CONFIGS: dict[str, dict[str, object]] = {
    # A style attribute would fall to the Content-Security-Policy
    "tables": {"use_align_attribute": True},
    "toc": {"baselevel": 2},  # the page's title is its only h1
    "pymdownx.highlight": {"use_pygments": True, "guess_lang": False, "css_class": "highlight"},
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
    "span": {"class", "data-done"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
TOKEN = re.compile(f"<p>{OPEN}(\\d+){CLOSE}</p>|{OPEN}(\\d+){CLOSE}")
FOREIGN_LINK = re.compile(r'<a (?=[^>]*\bhref="https?://)')
SEPARATORS = re.compile(
    r"\A(?:\s*\n)?(?:-{3,}|\*{3,})[ \t]*(?:\n|\Z)|(?:\A|\n)(?:-{3,}|\*{3,})\s*\Z"
)
TAG = re.compile(r"<[^>]+>")
# What says nothing to whoever searches: placeholders of pictures, and the links to the originals.
NOT_WORDS = re.compile(
    r'<figure class="placeholder">.*?</figure>| <a [^>]*>The author’s screenshot</a>', re.S
)
BREAK = re.compile(
    r"</?(?:p|div|li|[uod]l|d[dt]|pre|table|tr|t[dh]|h\d|br|hr|blockquote|fig\w+|details|summary)\b[^>]*>"
)
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")
WORDS_ABOUT = {
    "correction": "Correction",
    "dated": "Since these notes were written",
    "addition": "Worth knowing",
}
TONES = {"correction": "warn", "dated": "info", "addition": "info"}

Draw = Callable[[int, Picture], str]  # the number of a picture, from 1 → its figure


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


def render(text: str) -> str:
    """Safe HTML; headings start at h2, pictures become captioned placeholders."""
    return render_with(text, draw=lambda _number, picture: placeholder(picture))


def render_with(text: str, *, draw: Draw) -> str:
    source, pictures = rewrite(text)
    html = markdown.markdown(
        source, extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS, output_format="html"
    )
    figures = [draw(number, picture) for number, picture in enumerate(pictures, start=1)]
    return clean(TOKEN.sub(lambda token: figures[int(token[1] or token[2])], html))


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


def placeholder(picture: Picture) -> str:
    """For a picture that the page must not load from a foreign host: what it is called,
    and where it is."""
    caption = f"<figcaption>{escape(picture.alt.strip() or 'Picture')}</figcaption>"
    if not picture.src.startswith("https://"):
        return f'<figure class="placeholder">{caption}</figure>'
    link = (
        f'<a class="placeholder-frame" href="{escape(picture.src)}">Open the author’s '
        "screenshot</a>"
    )
    return f'<figure class="placeholder">{link}{caption}</figure>'


def drawing(figure: Figure, *, folder: str, original: Picture | None = None) -> str:
    """A drawing of our own, with the author's picture still one click away."""
    link = f' <a href="{escape(original.src)}">The author’s screenshot</a>' if original else ""
    picture = (
        f'<img src="{escape(folder)}{escape(figure.file)}" alt="{escape(figure.alt)}" '
        f'width="{figure.width}" height="{figure.height}" loading="lazy">'
    )
    caption = f"<figcaption>{escape(figure.caption)}{link}</figcaption>"
    return f'<figure class="drawing">{picture}{caption}</figure>'


# --- A lesson -------------------------------------------------------------------------------------


def render_lesson(lesson: LessonSource, *, figures_url: str) -> Page:
    """`figures_url` is the address of the course's figures, ending with a slash."""
    # A lesson called like its first heading would say it twice: the page's h1 stands for both.
    has_title = slugify(lesson.sections[0].heading.title) == slugify(lesson.title)
    below = lesson.sections[1:] if has_title else lesson.sections
    levels = heading_levels([section.heading.level for section in below])
    entries = [
        Entry(section.heading.slug, section.heading.title, level)
        for section, level in zip(below, levels, strict=True)
    ]
    bodies = [render_section(section, figures_url=figures_url) for section in lesson.sections]
    parts = [
        section_html(section, body, level=level)
        for section, body, level in zip(
            lesson.sections, bodies, [0, *levels] if has_title else levels, strict=True
        )
    ]
    return Page(
        "\n".join(parts),
        tuple(entries),
        words=sum(len(TAG.sub(" ", body).split()) for body in bodies),
        plain={
            section.heading.slug: plain_text(body + notes_html(section))
            for section, body in zip(lesson.sections, bodies, strict=True)
        },
    )


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


def render_section(section: SectionSource, *, figures_url: str) -> str:
    def draw(number: int, picture: Picture) -> str:
        own = [figure for figure in section.figures if figure.replaces == number]
        return (
            drawing(own[0], folder=figures_url, original=picture) if own else placeholder(picture)
        )

    body = render_with(without_separators(section.heading.text), draw=draw)
    added = [
        drawing(figure, folder=figures_url) for figure in section.figures if figure.replaces == 0
    ]
    return clean("".join(added)) + body


def without_separators(text: str) -> str:
    """Rules at the edges of a section only part it from the next heading, which does so itself."""
    while (shorter := SEPARATORS.sub("", text.strip("\n"))) != text:
        text = shorter
    return text


def section_html(section: SectionSource, body: str, *, level: int) -> str:
    """Heading, text, and what the portal says beside it; `level` 0 leaves the heading to the page's
    title."""
    heading, slug = section.heading, section.heading.slug
    notes = notes_html(section)
    if not level:
        return f'<div id="{slug}"></div>\n{body}\n{notes}'
    emoji = (
        f' <span class="emoji" aria-hidden="true">{escape(heading.emoji)}</span>'
        if heading.emoji
        else ""
    )
    title = escape(heading.title)
    link = f' <a class="permalink" href="#{slug}" aria-label="Link to “{title}”">#</a>'
    return f'<h{level} id="{slug}">{title}{emoji}{link}</h{level}>\n{body}\n{notes}'


def notes_html(section: SectionSource) -> str:
    return "\n".join(annotation_html(note) for note in section.annotations)


def annotation_html(note: Annotation) -> str:
    quote = f"<p><q>{escape(plain(note.quote))}</q></p>" if note.quote else ""
    source = (
        clean(f'<p class="source"><a href="{escape(note.source)}">AWS documentation</a></p>')
        if note.source
        else ""
    )
    title = f'<p class="callout-title">Note from the portal: {WORDS_ABOUT[note.about].lower()}</p>'
    tone = TONES[note.about]
    return (
        f'<aside class="callout annotation" data-tone="{tone}" data-about="{note.about}"><div>'
        f"{title}{quote}{render(note.text)}{source}</div></aside>"
    )


def plain(quote: str) -> str:
    """Without marks, and without quotes of its own."""
    return re.sub(r"[*`]{1,2}", "", quote).strip('“”"')


@cache
def renderer_version() -> str:
    """Changes with the code that renders and with its libraries:
    stored pages are then rendered anew."""
    digest = hashlib.sha256()
    for module in (__file__, github_markdown.__file__):
        digest.update(Path(module).read_bytes())
    for library in ("Markdown", "nh3", "Pygments", "pymdown-extensions"):
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()
