"""A question's texts as safe HTML, at sync and never in a request. What is drawn later stays as
`<<name>>`, escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from labs.grading.quiz.keys import key_of
from labs.grading.quiz.reading import Question
from labs.grading.quiz.values import PLACE
from lessons.rendering import render

TEXTS = frozenset({"text", "reason", "otherwise"})
TABLES = frozenset({"not", "lines"})  # of texts, by what was chosen
NAMED = frozenset({"options", "items", "steps"})
# Words of nobody: Markdown leaves them alone, and takes <<name>> for a tag
HOLDER = "xq0{}0qx"
HELD = re.compile(HOLDER.format("([a-z0-9_]+?)"))
BETWEEN = HOLDER.format("BETWEEN")
ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.S)

Change = Callable[[str], str]


def rendered(question: Question) -> dict[str, Any]:
    """The question's table with HTML for Markdown, and a key for each part that can be chosen."""
    table = with_keys(question.table)
    texts: list[str] = []
    changed(table, lambda text: texts.append(text) or text)  # type: ignore[func-returns-value]
    html = iter(rendered_texts(texts))
    table = changed(table, lambda _text: next(html))
    table["values"] = {
        name: [escape(str(one)) for one in some] for name, some in table.get("values", {}).items()
    }
    return table


def with_keys(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [{"key": key_of(one["text"]), **one} for one in value] if name in NAMED else value
        for name, value in table.items()
    }


def changed(table: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """The same with another text wherever Markdown stands."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        if name in TEXTS:
            found[name] = change(value)
        elif name in TABLES:
            found[name] = {
                key: change(one) if isinstance(one, str) else one for key, one in value.items()
            }
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            found[name] = [changed(one, change) for one in value]
        else:
            found[name] = value
    return found


def rendered_texts(texts: list[str]) -> list[str]:
    """All of them at once, where none has HTML of its own: a page of Markdown costs little more
    than a line."""
    held = [PLACE.sub(HOLDER.format(r"\g<1>"), text.strip()) for text in texts]
    html = "" if any("<" in text for text in held) else render(f"\n\n{BETWEEN}\n\n".join(held))
    parts = html.split(f"<p>{BETWEEN}</p>")
    if len(parts) != len(texts):
        parts = [render(text) for text in held]
    return [HELD.sub(r"&lt;&lt;\1&gt;&gt;", inline(part.strip())) for part in parts]


def inline(html: str) -> str:
    """A single paragraph without its tags: it stands in a label."""
    match = ONE_PARAGRAPH.fullmatch(html)
    return match[1] if match else html
