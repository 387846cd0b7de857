"""A drawing of ours, read so strictly that it may stand inside a page.

Inline, a drawing takes the page's type and colours, so that dark mode shows no white plate; a file
in an `<img>` could not. What may be in one is listed here: shapes, words and classes. No colour of
its own, no style, no script, no link, no id (a page holds several). It is written anew from what
was parsed, with every text escaped, so that nothing depends on how a browser reads the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from xml.etree import ElementTree  # nosec B405 (read_svg lets no declaration in)

NAMESPACE = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"g", "path", "rect", "circle", "ellipse", "line", "polyline", "text", "tspan"}
SIZES = {"x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2"}
ATTRIBUTES = SIZES | {"class", "d", "dx", "dy", "points", "transform"}


WORDS = re.compile(r"(?<=>)[^<>]+(?=</(?:text|tspan)>)")


class SvgError(ValueError):
    """The drawing holds something that is not listed, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Drawing:
    inside: str  # markup of what stands between <svg> and </svg>
    width: int
    height: int


def read_svg(text: str) -> Drawing:
    if "<!" in text or "<?" in text:
        raise SvgError("holds a declaration, a comment or CDATA: take it out")
    try:
        # The course's own file, without a DTD
        root = ElementTree.fromstring(text)  # noqa: S314  # nosec B314
    except ElementTree.ParseError as error:
        raise SvgError(f"is no XML: {error}") from error
    box = root.attrib.pop("viewBox", "").split()
    if root.tag != f"{NAMESPACE}svg" or root.attrib or box[:2] != ["0", "0"] or len(box) != 4:
        raise SvgError('must begin with <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 W H">')
    if not box[2].isdecimal() or not box[3].isdecimal():
        raise SvgError("must have a viewBox of whole numbers")
    return Drawing("".join(markup(child) for child in root), int(box[2]), int(box[3]))


def markup(element: ElementTree.Element) -> str:
    name = element.tag.removeprefix(NAMESPACE)
    if name not in ELEMENTS or name == element.tag:
        raise SvgError(f"holds <{name}>, which is not one of {', '.join(sorted(ELEMENTS))}")
    inside = escape(element.text or "", quote=False) if name in ("text", "tspan") else ""
    return f"<{name}{''.join(attributes(element))}>{inside}{''.join(children(element))}</{name}>"


def attributes(element: ElementTree.Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES:
            raise SvgError(
                f"holds the attribute {name!r}, not one of {', '.join(sorted(ATTRIBUTES))}"
            )
        yield f' {name}="{escape(value)}"'


def children(element: ElementTree.Element) -> Iterator[str]:
    """With the words between them, where words may stand."""
    for child in element:
        yield markup(child)
        if element.tag == f"{NAMESPACE}text":
            yield escape(child.tail or "", quote=False)


def with_words(drawing: Drawing, words: Mapping[str, str]) -> Drawing:
    """The same drawing with other words in it; what is not among `words` stays, as names do."""

    def instead(found: re.Match[str]) -> str:
        text = unescape(found[0])
        return escape(words.get(text, text), quote=False)

    return replace(drawing, inside=WORDS.sub(instead, drawing.inside))
