"""What people write: Markdown, made safe once, when it is written."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import HtmlInlineProcessor

from lessons.rendering import render

SENT_TWICE = timedelta(minutes=1)  # within it the very same words are a form that was sent twice
LONGEST = 4_000  # characters; asked of the form, before anything is made of them
# Python-Markdown looks from each bracket to the end of the text: four thousand of them would take
# three seconds. A text with so many is no prose, but a document that was put in as it is.
MOST_BRACKETS = 60
# What the renderer itself makes of "- [x]"
OF_TASKS = r'(<span class="(?:task|visually-hidden)"(?: data-done="(?:yes|no)")?>|</span>)'
CODE = re.compile(r'<div class="[^"]* highlight">')  # "``` {.json .toasts}" names more
HEADING = re.compile(r"<(/?)h[2-6]>")


class TagsAsText(Extension):
    """A tag is shown as it was written: `<bucket-name>` is a word, and what looks like a button or
    a message of the portal would be one on somebody else's page."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.register(HtmlInlineProcessor(OF_TASKS, md), "html", 90)


def html_of(text: str) -> str:
    """Without headings: the page that shows it has its own."""
    if text.count("[") > MOST_BRACKETS:
        return as_it_is(text)
    try:
        html = render(text, TagsAsText())
    except RecursionError:  # a list in a list in a list, some hundred deep
        return as_it_is(text)
    html = CODE.sub('<div class="highlight">', html)
    return HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", html)


def as_it_is(text: str) -> str:
    return f'<pre tabindex="0"><code>{escape(text)}</code></pre>'
