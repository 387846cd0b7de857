"""Where in the HTML of a lesson the margin of each section is: a comment below its heading, which
no author can write, because cleaning lets none through."""

from __future__ import annotations

import re

MARK = re.compile(r"<!--margin:([^>]+?)-->")


def mark(slug: str) -> str:
    return f"<!--margin:{slug}-->"


def parts(html: str) -> list[tuple[str, str]]:
    """The HTML up to each mark with the section's slug; "" after the last one."""
    pieces = [*MARK.split(html), ""]
    return list(zip(pieces[::2], pieces[1::2], strict=True))
