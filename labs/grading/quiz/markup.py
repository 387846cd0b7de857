"""The little that a drawn text may hold, as safe HTML: paragraphs, lists, `code`, **strong** and a
fenced block. What authors write is Markdown and is rendered at sync; what is drawn in a request is
this."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

FENCE = re.compile(r"^```\n(.*?)\n```$", re.M | re.S)
CODE = re.compile(r"`([^`\n]+)`")
STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
BLANK = re.compile(r"\n\s*\n")


def html_of(text: str) -> str:
    """A single paragraph comes without its tags: it stands in a label."""
    parts = list(blocks_of(text.strip()))
    if len(parts) == 1 and parts[0].startswith("<p>"):
        return parts[0].removeprefix("<p>").removesuffix("</p>")
    return "\n".join(parts)


def blocks_of(text: str) -> Iterator[str]:
    """Between two fences stand paragraphs: the pattern splits them apart by turns."""
    for number, part in enumerate(FENCE.split(text)):
        if number % 2:
            yield f"<pre><code>{escape(part)}</code></pre>"
        else:
            yield from (block(one) for one in BLANK.split(part.strip()) if one)


def block(text: str) -> str:
    lines = text.split("\n")
    if all(line.startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{inline(line[2:])}</li>' for line in lines)}</ul>"
    return f"<p>{inline(text)}</p>"


def inline(text: str) -> str:
    """By turns too: what stands in code is nothing but code."""
    parts = CODE.split(" ".join(text.split()))
    return "".join(
        f"<code>{escape(part)}</code>" if number % 2 else strong(escape(part))
        for number, part in enumerate(parts)
    )


def strong(html: str) -> str:
    return STRONG.sub(r"<strong>\1</strong>", html)
