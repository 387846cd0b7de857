"""Drawn texts as HTML: safe, and never more than they may hold."""

from __future__ import annotations

import pytest

from labs.grading.quiz.markup import html_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("May she?", "May she?"),
        ("`a<b>` & **so**", "<code>a&lt;b&gt;</code> &amp; <strong>so</strong>"),
        ("`**x**` and `*`", "<code>**x**</code> and <code>*</code>"),
        ("One.\n\nTwo\nthree.", "<p>One.</p>\n<p>Two three.</p>"),
        ("- a\n- `b`", "<ul><li>a</li><li><code>b</code></li></ul>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("```\n- <a>\n\n  `b`\n```", "<pre><code>- &lt;a&gt;\n\n  `b`</code></pre>"),
        ("One:\n\n```\nx\n```\n\nTwo.", "<p>One:</p>\n<pre><code>x</code></pre>\n<p>Two.</p>"),
    ],
)
def test_only_what_it_may_hold_becomes_html(text: str, html: str) -> None:
    assert html_of(text) == html
