"""Something to try → what a lesson's stored page holds of it: words, ideas, and the fallback.

The form is not stored. It holds a token of the reader's and words in their language, and what it
asks is answered by labs, of which lessons know nothing: `MARK` says where it belongs. Whoever puts
no form there leaves the fallback.
"""

from __future__ import annotations

import re
from html import escape

from lessons.phrases import ENGLISH, ORIGINAL, Phrases
from lessons.rendering import render
from lessons.tries import Idea, Texts, Try

MARK, END = "<!--try {}-->", "<!--/try-->"
SECTION = re.compile('<section class="try" .*?</section>', re.S)
FALLBACK = re.compile(MARK.format("[a-z0-9-]+") + ".*?" + END, re.S)


def try_html(one: Try, phrases: Phrases = ENGLISH) -> str:
    """English also in a page of another language, and then it says so: nobody translates tries."""
    name = f"try-{one.slug}"
    lang = "" if phrases.language == ORIGINAL else f' lang="{ORIGINAL}"'
    return (
        f'<section class="try" id="{name}" aria-labelledby="{name}-title"{lang}>\n'
        f'<p class="try-title" id="{name}-title">Try it: {escape(one.title)}</p>\n'
        f"{render(one.text)}\n{MARK.format(one.slug)}"
        f'<div class="try-fallback stack">{start_html(one.start)}'
        f"{render(one.fallback)}</div>{END}\n"
        f"{ideas_html(one.ideas)}</section>"
    )


def start_html(start: Texts) -> str:
    """What the fallback speaks of."""
    return "".join(
        f'<pre tabindex="0" aria-label="{escape(name)}"><code>{escape(text)}</code></pre>'
        if "\n" in text
        else f"<p>{escape(name)}: <code>{escape(text or '–')}</code></p>"
        for name, text in start
    )


def without_tries(html: str) -> str:
    """What is read; trying something takes as long as one likes."""
    return SECTION.sub("", html)


def without_fallbacks(html: str) -> str:
    """What is read where a form stands in its place."""
    return FALLBACK.sub("", html)


def ideas_html(ideas: tuple[Idea, ...]) -> str:
    if not ideas:
        return ""
    items = "\n".join(f"1. {idea.text}" for idea in ideas)
    return f'<div class="try-ideas"><p>Change something:</p>\n{render(items)}</div>\n'
