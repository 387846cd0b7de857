"""What people write becomes safe HTML, and cheaply, whatever they write."""

from __future__ import annotations

import re
from html import escape

import pytest

from portal.prose import LONGEST, html_of
from tests.attacks import ATTACKS, made_by, storable
from tests.effort import effort


def test_markdown_is_laid_out() -> None:
    html = html_of("Why `s3:*`?\n\n* **one**\n* two")
    assert html == (
        "<p>Why <code>s3:*</code>?</p>\n<ul>\n<li><strong>one</strong></li>\n<li>two</li>\n</ul>"
    )


def test_a_heading_is_none_of_the_pages() -> None:
    assert html_of("# Look\n\n### here") == (
        "<p><strong>Look</strong></p>\n<p><strong>here</strong></p>"
    )


def test_a_picture_of_somewhere_else_is_a_link() -> None:
    assert "<img" not in html_of("![a cat](https://cats.example/1.png)")


@pytest.mark.parametrize(
    "text",
    [
        "Why arn:aws:s3:::<bucket-name> and not <instance id>?",
        "if a <b and c> d",
        "<details><summary>x</summary>y</details>",
        '<div class="toasts"><a class="button" href="https://evil.example">Sign in</a></div>',
        "<p hidden>a</p>",
        "<!-- a -->",
        "</div></main>",
    ],
)
def test_a_tag_is_read_as_it_was_written(text: str) -> None:
    for around in ("{}", "a\n\n{}\n\nb", "* {}", "> {}", "**{}**"):
        html = html_of(around.replace("{}", text))
        assert escape(text) in html.replace('"', "&quot;")


def test_code_looks_like_code_whatever_it_is_called() -> None:
    html = html_of("``` {.json .toasts .button}\n{}\n```")
    assert html.startswith('<div class="highlight"><pre')
    assert "toasts" not in html


def test_what_was_done_is_ticked() -> None:
    html = html_of("- [x] one\n- [ ] <two>")
    assert [word in html for word in ("Done:", "To do:", "&lt;two&gt;", "[x]")] == [True] * 3 + [
        False
    ]


def test_an_address_in_brackets_is_a_link() -> None:
    assert 'href="https://aws.example/a"' in html_of("See <https://aws.example/a>.")


def test_nothing_that_was_written_runs() -> None:
    assert [text for text in ATTACKS if made_by(html_of(storable(text)[:LONGEST]))] == []


def test_a_document_that_was_put_in_as_it_is_stays_as_it_is() -> None:
    assert (
        html_of("[" * 100 + "<b>") == f'<pre tabindex="0"><code>{"[" * 100}&lt;b&gt;</code></pre>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "1. " * 1333,
        *(piece * 600 + "<b>" for piece in ("- ", "* ", "+ ", "* * ", "1. - ")),
        *(
            (mark * LONGEST)[:2000] + "x" + (mark * LONGEST)[:1998]
            for mark in ("_", "__", "**", "***")
        ),
    ],
    ids=lambda text: text[:6],
)
def test_what_is_nested_too_deep_stays_as_it_is(text: str) -> None:
    assert html_of(text) == f'<pre tabindex="0"><code>{escape(text)}</code></pre>'


HOSTILE = [
    "[",
    "![](",
    "[a](",
    "[a][",
    "*",
    "_a",
    "`",
    "> ",
    "- ",
    "1. ",
    "> - ",
    "**",
    "~~~\n",
    "a\n=\n",
    "|",
    "<b>",
    "&",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_costs_a_moment(piece: str) -> None:
    """Four thousand brackets took three seconds, so a generous bound tells them apart."""
    text = (piece * LONGEST)[:LONGEST]
    assert effort(lambda: html_of(text), enough=30) <= 30


def test_tasks_have_a_sign_and_words_and_nothing_else_that_is_written_has():
    html = html_of('- [x] read\n- [ ] <b class="task">written</b>')
    assert re.findall(r'<span class="task" data-done="(\w+)"><span [^>]*>([^<]*)', html) == [
        ("yes", "Done:"),
        ("no", "To do:"),
    ]
    assert "&lt;b class=" in html
