"""Markdown notes → the tree of their headings, each with the text below it and an address that
stays.

Tolerates what notes do: levels that jump, titles that repeat, bold marks and emoji in headings,
rules (`---`) between sections. A `#` inside a code fence is no heading.
`## Title {#name}` pins the address to `name`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

TITLE_LENGTH = 200
SLUG_LENGTH = 120

HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))??(?:[ \t]+#+)?[ \t]*")
UNDERLINE = re.compile(r" {0,3}(?P<mark>=+|-{2,})[ \t]*")
FENCE = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,})(?P<info>.*)")
PIN = re.compile(r"\s*\{#(?P<name>[A-Za-z][\w-]*)\}\s*$")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|`+)(?=\S)(.+?)(?<=\S)\1")
NOT_PROSE = re.compile(r"\s{0,3}(?:$|[-*+>#|]|\d+[.)]|`{3}|~{3}|<)|\s{4}")
# Emoji with what joins and colours them; © and ™ are words' business and stay.
EMOJI = re.compile(
    "[\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)


class OutlineError(ValueError):
    """A heading that cannot be used. `line` counts from 1."""

    def __init__(self, message: str, *, line: int) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Heading:
    slug: str
    title: str  # plain words, without marks, emoji and a closing colon
    emoji: str  # what decorated it
    level: int  # 1–6, as written
    line: int
    text: str  # the Markdown up to the next heading
    parent: str  # slug of the heading it stands under, "" at the top
    pinned: bool = False  # the author fixed the slug with {#…}


@dataclass(frozen=True, slots=True)
class Marked:
    """A heading as found, before it has an address."""

    line: int  # of its first line, from 1
    lines: int  # 1, or 2 when underlined
    level: int
    raw: str


def outline(text: str) -> list[Heading]:
    """Every heading in the order of the notes. Text above the first heading belongs to none."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    marked = list(find_headings(lines))
    ends = [*(heading.line - 1 for heading in marked), len(lines)][1:]
    slugs = unique_slugs([address(heading) for heading in marked])
    headings: list[Heading] = []
    for heading, end, slug in zip(marked, ends, slugs, strict=True):
        body = "\n".join(lines[heading.line - 1 + heading.lines : end]).strip("\n")
        title = plain_title(heading.raw)
        check_title(title, heading.line)
        headings.append(
            Heading(
                slug=slug,
                title=title,
                emoji="".join(EMOJI.findall(heading.raw)),
                level=heading.level,
                line=heading.line,
                text=body,
                parent=parent_of(heading.level, headings),
                pinned=bool(PIN.search(heading.raw)),
            )
        )
    return headings


def find_headings(lines: list[str]) -> Iterator[Marked]:
    for index in outside_fences(lines):
        heading = marked_heading(lines, index) or underlined_heading(lines, index)
        if heading:
            yield heading


def outside_fences(lines: list[str]) -> Iterator[int]:
    """The indices of the lines that are neither in a code fence nor its edge."""
    fence = ""
    for index, line in enumerate(lines):
        mark = FENCE.fullmatch(line)
        if fence:
            fence = "" if mark and closes(mark, fence) else fence
        elif mark:
            fence = mark["marks"]
        else:
            yield index


def marked_heading(lines: list[str], index: int) -> Marked | None:
    found = HEADING.fullmatch(lines[index])
    if not found:
        return None
    return Marked(line=index + 1, lines=1, level=len(found["marks"]), raw=found["text"] or "")


def underlined_heading(lines: list[str], index: int) -> Marked | None:
    """The heading that the line at `index` makes of the one above it."""
    rule = UNDERLINE.fullmatch(lines[index])
    if not rule or not stands_alone(lines, index - 1):
        return None
    level = 1 if rule["mark"].startswith("=") else 2
    return Marked(line=index, lines=2, level=level, raw=lines[index - 1])


def closes(mark: re.Match[str], fence: str) -> bool:
    return mark["marks"].startswith(fence) and not mark["info"].strip()


def stands_alone(lines: list[str], index: int) -> bool:
    """Whether the line is a paragraph of one line: what an underline below it turns into a
    heading."""
    if index < 0 or NOT_PROSE.match(lines[index]):
        return False
    return index == 0 or not lines[index - 1].strip()


def plain_title(raw: str) -> str:
    """`**AWS Regions** 🌍` → `AWS Regions`."""
    title = EMOJI.sub("", LINK.sub(r"\1", PIN.sub("", raw)))
    while (plain := EMPHASIS.sub(r"\2", title)) != title:
        title = plain
    return " ".join(title.split()).rstrip(":").rstrip() or "".join(EMOJI.findall(raw))


def check_title(title: str, line: int) -> None:
    if not title:
        raise OutlineError("a heading without words", line=line)
    if len(title) > TITLE_LENGTH:
        raise OutlineError(
            f"a heading of {len(title)} characters; {TITLE_LENGTH} are the most", line=line
        )


def address(heading: Marked) -> str:
    pin = PIN.search(heading.raw)
    return pin["name"].lower() if pin else slugify(plain_title(heading.raw)) or "section"


def slugify(title: str) -> str:
    """The same as Django's: ASCII, lower-case, words joined by `-`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return (
        re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain))
        .strip("-_")[:SLUG_LENGTH]
        .rstrip("-_")
    )


def unique_slugs(slugs: list[str]) -> list[str]:
    """A repeated slug gets -2, -3 … in document order; numbers that a title already has are
    skipped."""
    taken: set[str] = set()
    given: list[str] = []
    for slug in slugs:
        number, candidate = 2, slug
        while candidate in taken:
            candidate, number = f"{slug}-{number}", number + 1
        taken.add(candidate)
        given.append(candidate)
    return given


def parent_of(level: int, before: list[Heading]) -> str:
    """The nearest heading above with a smaller level, however far the levels jump."""
    return next((heading.slug for heading in reversed(before) if heading.level < level), "")
