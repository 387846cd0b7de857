"""Nothing inline: the Content-Security-Policy refuses it, and so does this test before a browser
has to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE | re.DOTALL)
DJANGO = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
INLINE = re.compile(r"""\s(style|on[a-z]+|hx-on[\w:.-]*|data-hx-[\w-]+)\s*=""", re.IGNORECASE)
CODE = re.compile(
    r"<script(?![^>]*(\bsrc=|type=\"application/json\"))[^>]*>|<style\b", re.IGNORECASE
)
LANDMARK = re.compile(r"""<(?:section|nav|aside|div)\b[^>]*aria-labelledby="([\w-]+)""")
EVAL = re.compile(r"""hx-vals=["']js:|hx-trigger="[^"]*\w\[""")


def tags(template: Path) -> list[str]:
    return TAG.findall(DJANGO.sub("", template.read_text()))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_inline_style_script_or_handler(template: Path) -> None:
    source = template.read_text()
    assert [tag for tag in tags(template) if INLINE.search(tag)] == []
    assert CODE.findall(source) == []
    assert EVAL.findall(source) == []


def test_the_search_for_inline_code_would_find_some() -> None:
    assert INLINE.search('<p class="a" style="color: red">')
    assert INLINE.search('<button onclick="go()">')
    assert INLINE.search('<form hx-on::after-request="go()">')
    assert CODE.search("<script>go()</script>")
    assert not CODE.search('<script type="module" src="/static/js/portal.js" nonce="x">')


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_two_landmarks_of_a_template_have_one_name(template: Path) -> None:
    """A section and the scroller inside it, both named by the same heading,
    cannot be told apart by their names."""
    named = LANDMARK.findall(template.read_text())
    assert sorted(named) == sorted(set(named))
