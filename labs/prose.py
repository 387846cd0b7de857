"""Markdown of a lab → safe HTML, at sync only."""

from __future__ import annotations

import markdown
import nh3

VERSION = "1"
EXTENSIONS = ["fenced_code", "tables", "sane_lists", "attr_list"]


def render(text: str) -> str:
    return nh3.clean(markdown.markdown(text, extensions=EXTENSIONS))
