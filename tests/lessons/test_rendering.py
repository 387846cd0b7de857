"""Markdown in, safe HTML out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lessons.github_markdown import language_of
from lessons.lesson_page import render_lesson
from lessons.phrases import PHRASES
from lessons.rendering import heading_levels, plain_text, render, renderer_version
from lessons.source import read_course
from tests.lessons.folders import NOTES, edited, write_course

COURSE = read_course(Path("lessons/notes/aws"))
PAGES = {lesson.slug: render_lesson(lesson) for lesson in COURSE.lessons}
WHOLE = "\n".join(page.html for page in PAGES.values())


def squeezed(html: str) -> str:
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", html)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "<p style='color:red'>x</p>",
        "<style>p{}</style>",
        "<iframe src=https://example.com></iframe>",
        "<form action=/x><input name=a><button>b</button></form>",
        "<div hx-get=/x hx-trigger=load data-hx-post=/y>x</div>",
        "<svg onload=alert(1)></svg>",
        "<p id=main name=x onclick=y()>x</p>",
        "<base href=//evil><meta http-equiv=refresh><link rel=stylesheet href=//evil>",
        "| a |\n|---|\n| <b onmouseover=x()>b</b> |",
        "`<script>`\n\n<details open ontoggle=x()>y</details>",
        "- <object data=x></object>",
        "<span data-done=yes hx-on:click=x()>y</span>",
        "![x](https://evil.example/a.png)",
        "<picture><source srcset=https://evil.example/a.png></picture>",
        "<video src=https://evil.example/v.mp4 poster=//evil.example/p.png></video>",
        '<table><tr><td><img src="https://evil.example/a.png"></td></tr></table>',
        '<img\nsrc="https://evil.example/a.png">',
        "<img src='//evil.example/a.png'>",
        "x\ue000999\ue001y \ue0000\ue001",
    ],
)
def test_nothing_active_survives(attack):
    html = render(attack)
    tags = "".join(re.findall(r"<[^>]*>", html))
    forbidden = (
        r"<(script|style|iframe|form|input|button|svg|base|meta|link|object|picture|source|video)\b"
    )
    assert re.findall(forbidden, tags, re.IGNORECASE) == []
    assert (
        re.findall(r"\s(on\w+|hx-[\w:-]+|data-hx-[\w-]+|style|id|name|srcset|poster)\s*=", tags)
        == []
    )
    assert re.findall(r"(?:javascript|data):", tags, re.IGNORECASE) == []
    assert re.findall(r'src="(?:https?:)?//', tags) == []


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Use cases:\n- one\n- two", "<p>Use cases:</p><ul><li>one</li><li>two</li></ul>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        (
            "* two kinds:\n- a\n- b\n* end",
            "<ul><li>two kinds:<ul><li>a</li><li>b</li></ul></li><li>end</li></ul>",
        ),
        ("* a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a  \ntext", "<ul><li>a</li></ul><p>text</p>"),
        ("- a  \n  more", "<ul><li>a<br>more</li></ul>"),
        ("- wrapped\nline", "<ul><li>wrapped\n    line</li></ul>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("a  \nb", "<p>a<br>b</p>"),
        ("Title\n# One\n### Two", "<p>Title</p><h2>One</h2><h4>Two</h4>"),
        ("snake_case_name **b**", "<p>snake_case_name<strong>b</strong></p>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("", ""),
    ],
)
def test_layout_is_githubs(markdown, html):
    assert squeezed(render(markdown)) == squeezed(html)


def test_a_picture_between_steps_does_not_break_the_numbering():
    html = squeezed(
        render(
            '1. one\n\n<img alt="A" src="https://x.example/a">\n\n3. two\n <img alt="B" '
            'src="https://x.example/b">'
        )
    )
    assert re.findall(r'</?(?:ol|li)\b|"screenshot"', html) == [
        *("<ol", "<li", '"screenshot"', "</li"),
        *("<li", '"screenshot"', "</li", "</ol"),
    ]


def test_a_picture_kept_elsewhere_is_one_line_with_its_link():
    html = render('<img width="600" alt="The <b> & console" src="https://x.example/a?b=1&c=2">')
    assert html == (
        '<p class="screenshot">The &lt;b&gt; &amp; console · <a target="_blank" '
        'rel="noopener noreferrer" '
        'href="https://x.example/a?b=1&amp;c=2">Open the author’s screenshot</a></p>'
    )


def test_a_picture_in_code_stays_text():
    assert render("`<img src=x>`") == "<p><code>&lt;img src=x&gt;</code></p>"
    assert re.sub(r"<[^>]+>", "", render("```html\n<img src=x>\n```")) == "&lt;img src=x&gt;\n"


def test_tables_scroll_and_keep_their_alignment():
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert html.startswith(
        '<div class="scroller" tabindex="0" role="region" aria-label="Table 1"><table '
        'class="table">'
    )
    assert '<td align="right">2</td>' in html


def test_task_lists_say_in_words_what_is_done():
    html = squeezed(render("- [ ] a\n- [x] b"))
    assert re.findall(r'data-done="(\w+)"><span class="visually-hidden">(.*?)</span>', html) == [
        ("no", "To do:"),
        ("yes", "Done:"),
    ]


def test_only_the_beginning_of_an_item_says_whether_it_is_done():
    assert 'class="task"' not in render("- see [x] there\n- [x](https://a.example) it")


def test_tasks_are_told_in_the_language_of_their_lesson(tmp_path):
    notes = edited(NOTES, ("It is a JSON", "\n\n- [x] *read*\n- [ ] written\n\nIt is a JSON"))
    lesson = read_course(write_course(tmp_path, notes=notes)).lessons[0]
    told = {
        language: re.findall(
            r'<li><span class="task" data-done="(\w+)"><span class="visually-hidden">(.*?)</span>',
            render_lesson(lesson, phrases=phrases).html,
        )
        for language, phrases in PHRASES.items()
    }
    assert told["en"] == [("yes", "Done:"), ("no", "To do:")]
    assert told["de"] == [("yes", "Erledigt:"), ("no", "Zu tun:")]


def test_links_to_elsewhere_open_apart_and_links_to_here_do_not():
    assert render("[x](https://a.example)") == (
        '<p><a target="_blank" rel="noopener noreferrer" href="https://a.example">x</a></p>'
    )
    assert render("[x](/learn/) [y](#z)") == '<p><a href="/learn/">x</a> <a href="#z">y</a></p>'


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ('{"Version": "2012-10-17"}', "json"),
        ("[1, 2]", "json"),
        ("{not json}", "text"),
        ("#!/bin/bash\necho", "bash"),
        ("$ anything", "bash"),
        ("aws s3 ls", "bash"),
        ("yum update -y = Updating", "bash"),
        ("a picture of words", "text"),
        ("", "text"),
    ],
)
def test_the_language_of_a_fence_is_found_by_rule(code, language):
    assert language_of(code) == language


def test_code_is_coloured_with_and_without_a_language():
    assert '<span class="nt">"a"</span>' in render('```\n{"a": 1}\n```')
    assert '<div class="highlight"><pre tabindex="0">' in render("```\nplain\n```")


def test_a_fence_below_a_step_belongs_to_it():
    html = squeezed(render("1. a\n   ```bash\n   aws s3 ls\n   ```\n2. b"))
    assert re.findall(r"</?(?:ol|li|pre)\b", html) == [
        "<ol",
        "<li",
        "<pre",
        "</pre",
        "</li",
        "<li",
        "</li",
        "</ol",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ([1, 2, 3], [2, 3, 4]),
        ([3, 2, 1], [2, 2, 2]),
        ([2, 4, 4, 2], [2, 3, 3, 2]),
        ([1, 4, 2], [2, 3, 3]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
        ([], []),
    ],
)
def test_heading_levels_start_at_two_and_do_not_jump(written, shown):
    assert heading_levels(written) == shown


# --- The real notes -------------------------------------------------------------------------------


def test_all_131_headings_are_on_their_pages():
    missing = [
        section.heading.slug
        for lesson in COURSE.lessons
        for section in lesson.sections
        if f'id="{section.heading.slug}"' not in PAGES[lesson.slug].html
    ]
    assert missing == []
    own = [one for lesson in COURSE.lessons for one in lesson.sections if not one.background]
    assert len(own) == 131


def test_all_41_screenshots_are_a_click_away_and_no_page_loads_one():
    assert WHOLE.count("https://github.com/user-attachments/") == 41
    assert "<img" not in WHOLE


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_a_lessons_headings_do_not_jump_and_its_contents_list_is_true(lesson):
    page = PAGES[lesson.slug]
    levels = [int(level) for level in re.findall(r"<h(\d) ", page.html)]
    assert [
        after
        for before, after in zip([1, *levels], levels, strict=False)
        if after > before + 1 or after < 2
    ] == []
    assert [entry.anchor for entry in page.contents] == re.findall(r'<h\d id="([^"]+)"', page.html)
    assert page.words > 30


@pytest.mark.parametrize(
    "artefact", ["‚Ä", "√", "\uf8ff", "¬", "â€", "�", "ü§", "\ue000", "**", "&lt;img", "```"]
)
def test_no_mojibake_and_no_raw_markdown_is_shown(artefact):
    assert artefact not in WHOLE


def test_every_column_of_a_table_has_a_name():
    assert re.findall(r"<th[^>]*>\s*</th>", WHOLE) == []


def test_the_words_of_the_author_are_all_there():
    notes = Path("lessons/notes/aws/notes.md").read_text(encoding="utf-8")
    plain = re.sub(
        r"<img[^>]*>|\]\([^)]*\)|^```\w*$|^(?:\s*\d+\.) ", " ", notes, flags=re.MULTILINE
    )
    shown = set(re.findall(r"\w+", re.sub(r"<[^>]+>", "", WHOLE).replace("&amp;", "&")))
    assert sorted(set(re.findall(r"\w+", plain)) - shown - {"h1", "lt", "gt"}) == []


def test_the_renderers_version_is_stable_within_a_process():
    assert renderer_version() == renderer_version()
    assert len(renderer_version()) == 64


def test_the_plain_text_is_what_is_read():
    html = render(
        "**Bold** `code` & more  \n- one <b>two</b>\n- "
        '[site](https://example.com/secret)\n\n```json\n{"a": 1}\n```'
    )
    assert plain_text(html) == 'Bold code & more\none two\nsite\n{"a": 1}'


def test_pictures_are_no_part_of_the_plain_text():
    html = render(
        'Before\n<img width="600" alt="Screenshot 2024" src="https://example.com/x.png">\nAfter'
    )
    assert "Screenshot 2024" in html
    assert plain_text(html) == "Before\nAfter"


def test_the_plain_text_holds_no_control_characters():
    assert plain_text("<p>one\x02two\x00 &#3;three\x7f</p>") == "one two three"


def test_every_section_has_its_plain_text_without_marks_and_screenshots():
    plain = {slug: text for page in PAGES.values() for slug, text in page.plain.items()}
    assert sorted(plain) == sorted(
        section.heading.slug for lesson in COURSE.lessons for section in lesson.sections
    )
    assert [
        slug
        for slug, text in plain.items()
        if re.search(r"Screenshot|author’s screenshot|\*\*|<img|https://gith", text)
    ] == []
    assert "Note from the portal" in plain["policies-structure"]
