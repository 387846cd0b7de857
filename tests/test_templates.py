"""Nothing inline: the Content-Security-Policy refuses it, and so does this test before a browser
has to."""

from __future__ import annotations

import re
from pathlib import Path

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


def inline(template: Path) -> list[str]:
    source = template.read_text()
    handlers = [tag for tag in tags(template) if INLINE.search(tag)]
    return [*handlers, *CODE.findall(source), *EVAL.findall(source)]


def test_a_template_has_no_inline_style_script_or_handler() -> None:
    found = {str(path.relative_to(ROOT)): inline(path) for path in TEMPLATES}
    assert {name: code for name, code in found.items() if code} == {}


def test_the_search_for_inline_code_would_find_some(tmp_path: Path) -> None:
    template = tmp_path / "one.html"
    template.write_text("""<p style="color: red"><style><b hx-vals='js:go()'>""")
    assert len(inline(template)) == 3
    assert INLINE.search('<p class="a" style="color: red">')
    assert INLINE.search('<button onclick="go()">')
    assert INLINE.search('<form hx-on::after-request="go()">')
    assert CODE.search("<script>go()</script>")
    assert not CODE.search('<script type="module" src="/static/js/portal.js" nonce="x">')


def test_no_two_landmarks_of_a_template_have_one_name() -> None:
    """A section and the scroller inside it, both named by the same heading,
    cannot be told apart by their names."""
    named = {str(path.relative_to(ROOT)): LANDMARK.findall(path.read_text()) for path in TEMPLATES}
    assert {name: ids for name, ids in named.items() if len(ids) != len(set(ids))} == {}


HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)


def test_every_column_of_a_table_has_a_header() -> None:
    """Also that of a button or a tick: it may be hidden, and is read out all the same."""
    heads = {str(path.relative_to(ROOT)): HEAD.findall(path.read_text()) for path in TEMPLATES}
    assert any(heads.values())
    assert [name for name, found in heads.items() if any("<td" in head for head in found)] == []
