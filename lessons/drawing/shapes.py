"""The one visual language of all drawings: boxes, zones, ways and words, as functions of numbers
that give SVG. A drawing is 360 wide, the width of a telephone, and no type is smaller than 13.

Colours are classes (`.drawing` in portal.css): a tone says what a thing means, light and dark.
"main" is what the picture is about, "ok" is let through, "bad" is stopped or broken, "warn" is a
guard, "quiet" is there without mattering. Whatever a colour says, a mark or a word says as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import hypot

WIDTH = 360
Point = tuple[float, float]


def picture(height: int, *parts: str) -> str:
    inside = "\n".join(part for part in parts if part)
    root = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">'
    return f"{root}\n{inside}\n</svg>\n"


def words(x: float, y: float, text: str, kind: str = "") -> str:
    """One line, its middle at `x` unless `kind` says left or right; small, bold, code, a tone."""
    return f'<text x="{x:g}" y="{y:g}"{classes(kind)}>{escape(text, quote=False)}</text>'


def lines(x: float, y: float, texts: Sequence[str], kind: str = "", step: float = 18) -> str:
    return "".join(words(x, y + number * step, text, kind) for number, text in enumerate(texts))


def box(x: float, y: float, width: float, height: float, *texts: str, tone: str = "") -> str:
    """A thing, with its name in bold and small words below it, in the middle of it."""
    middle, first = x + width / 2, y + height / 2 + 5 - 9 * (len(texts) - 1)
    said = "".join(
        words(middle, first + 18 * number, text, "bold" if not number else "small")
        for number, text in enumerate(texts)
    )
    return rect("box", x, y, width, height, tone) + said


def zone(x: float, y: float, width: float, height: float, name: str = "", tone: str = "") -> str:
    """A border around things, with its name in the corner."""
    said = words(x + 10, y + 19, name, f"left small {tone}") if name else ""
    return rect("zone", x, y, width, height, tone) + said


def rect(kind: str, x: float, y: float, width: float, height: float, tone: str = "") -> str:
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect{classes(f"{kind} {tone}")} {place} rx="8"/>'


def way(*points: Point, tone: str = "") -> str:
    """A line that goes somewhere, with its tip at the end. Tone "dash" is an answer that comes
    back, or what is only asked."""
    (x0, y0), (x1, y1) = points[-2:]
    length = hypot(x1 - x0, y1 - y0)
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    neck = (x1 - 8 * dx, y1 - 8 * dy)
    sides = [(neck[0] - 5 * dy, neck[1] + 5 * dx), (neck[0] + 5 * dy, neck[1] - 5 * dx)]
    tip = path("tip", [(x1, y1), *sides], tone.replace("dash", ""), closed=True)
    return line(*points[:-1], neck, tone=tone) + tip


def stopped(*points: Point) -> str:
    """A way that ends at a cross."""
    x, y = points[-1]
    cross = f"M{x - 6:g} {y - 6:g}l12 12m0-12l-12 12"
    return line(*points, tone="bad") + f'<path{classes("way bad")} d="{cross}"/>'


def line(*points: Point, tone: str = "") -> str:
    return path("way", points, tone)


def path(kind: str, points: Sequence[Point], tone: str = "", *, closed: bool = False) -> str:
    d = "M" + "L".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in points) + "Z" * closed
    return f'<path{classes(f"{kind} {tone}")} d="{d}"/>'


def number(x: float, y: float, text: object, tone: str = "main") -> str:
    """A number in a circle."""
    return f'<circle{classes(f"box {tone}")} cx="{x:g}" cy="{y:g}" r="12"/>' + words(
        x, y + 5, str(text), "bold small"
    )


def people(x: float, y: float, name: str = "", tone: str = "") -> str:
    """One person; `x`, `y` is the middle of the head."""
    shoulders = f"M{x - 15:g} {y + 29:g}v-5a15 12 0 0 1 30 0v5z"
    said = words(x, y + 46, name, "small") if name else ""
    return (
        f'<circle{classes(f"box {tone}")} cx="{x:g}" cy="{y:g}" r="9"/>'
        f'<path{classes(f"box {tone}")} d="{shoulders}"/>{said}'
    )


def disk(x: float, y: float, width: float, height: float, *texts: str, tone: str = "") -> str:
    """Something that keeps data; `y` is the top."""
    half, right, rim = width / 2, x + width, 7
    body = f"M{x:g} {y + rim:g}v{height - 2 * rim:g}a{half:g} {rim} 0 0 0 {width:g} 0V{y + rim:g}"
    kind = classes(f"box {tone}")
    lid = f'<ellipse{kind} cx="{x + half:g}" cy="{y + rim:g}" rx="{half:g}" ry="{rim}"/>'
    first = y + rim + height / 2 + 3 - 9 * (len(texts) - 1)
    said = "".join(
        words((x + right) / 2, first + 18 * n, text, "bold" if not n else "small")
        for n, text in enumerate(texts)
    )
    return f'<path{kind} d="{body}"/>{lid}{said}'


def table(x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> str:
    """Lines of words below each other; the first one in bold."""
    said = []
    for row, texts in enumerate(rows):
        left = x
        for width, text in zip(widths, texts, strict=True):
            said.append(words(left, y + 19 * row, text, "left small" + " bold" * (row == 0)))
            left += width
    return "".join(said)


def classes(kinds: str) -> str:
    names = " ".join(f"d-{kind}" for kind in kinds.split())
    return f' class="{names}"' if names else ""
