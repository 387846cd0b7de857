"""What can be tried in a section: its file, and what a lesson's stored page holds of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lessons.lesson_page import render_lesson
from lessons.models import Lesson, Section
from lessons.phrases import PHRASES
from lessons.source import read_course
from lessons.toml_table import SourceError
from tests.lessons.folders import apply, edited, write_course

TRY = """
[[tries]]
section = "policies"
slug = "who-may"
kind = "request"
title = "Who <may>?"
text = "Decide *first*."
fallback = "Nobody may, because of a `Deny` & more."
answer = "Denied"
files = { policy = "a.json" }
fields = { action = "s3:GetObject", "aws:SourceIp" = "" }
[[tries.ideas]]
text = "Allow **it**."
replace = { policy = ["Deny", "Allow"] }
set = { action = "s3:PutObject" }
answer = "Allowed"
"""


def course_with(notes_dir: Path, text: str = TRY, **files: str) -> Path:
    folder = write_course(notes_dir, tries=text)
    (folder / "tries").mkdir(exist_ok=True)
    for name, content in ({"a.json": '{"Effect": "Deny"}\n'} | files).items():
        (folder / "tries" / name).write_text(content)
    return folder


def test_its_texts_are_files_and_fields_in_order(tmp_path):
    (one,) = read_course(course_with(tmp_path)).lessons[0].sections[2].tries
    assert one.start == (
        ("policy", '{"Effect": "Deny"}'),
        ("action", "s3:GetObject"),
        ("aws:SourceIp", ""),
    )


def test_an_idea_says_what_the_texts_are_then(tmp_path):
    (one,) = read_course(course_with(tmp_path)).lessons[0].sections[2].tries
    assert dict(one.ideas[0].start) == {
        "policy": '{"Effect": "Allow"}',
        "action": "s3:PutObject",
        "aws:SourceIp": "",
    }


def test_a_background_can_have_one_as_well(tmp_path):
    note = """
[[notes]]
section = "buckets"
about = "background"
slug = "deeper"
title = "Deeper"
"""
    folder = course_with(tmp_path, TRY.replace('"policies"', '"deeper"'))
    (folder / "annotations.toml").write_text(note)
    (folder / "background").mkdir()
    (folder / "background" / "deeper.md").write_text("More.")
    html = render_lesson(read_course(folder).lessons[0]).html
    assert html.index('id="deeper"') < html.index("</section>") < html.index('id="try-who-may"')


def test_in_a_lesson_of_another_language_it_says_that_it_is_english(tmp_path):
    lesson = read_course(course_with(tmp_path)).lessons[0]
    opened = {
        language: re.findall(r'<section class="try"[^>]*>', render_lesson(lesson, phrases=one).html)
        for language, one in PHRASES.items()
    }
    name = 'id="try-who-may" aria-labelledby="try-who-may-title"'
    assert opened["en"] == [f'<section class="try" {name}>']
    assert opened["de"] == [f'<section class="try" {name} lang="en">']


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([('"policies"', '"nowhere"')], "tries[who-may].section: the course has no section"),
        ([('"who-may"', '"Who May"')], "slug: write it as 'who-may'"),
        ([('"a.json"', '"b.json"')], "files.policy: tries has no file 'b.json'"),
        ([('"a.json"', '"../notes.md"')], "files.policy: tries has no file"),
        ([("fallback =", "fall =")], "fallback: is missing"),
        ([('answer = "Denied"', 'answer = " "')], "answer: is empty"),
        ([('"s3:GetObject"', "1")], "fields.action: is not a name with a text"),
        ([("action = ", '"<b>" = ')], "fields.<b>: is not a name with a text"),
        ([('["Deny", "Allow"]', '["Den", "y", "x"]')], "replace.policy: is not two texts"),
        ([('["Deny"', '["e"')], "replace.policy: 'e' stands there 2 times, not once"),
        ([("{ policy = [", "{ polity = [")], "there is no 'polity'; there are policy, action"),
        (
            [('replace = { policy = ["Deny", "Allow"] }\n', ""), ("PutObject", "GetObject")],
            "changes nothing",
        ),
        ([("kind =", 'kin = ""\nkind =')], "kin: unknown key"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_names_file_and_place(tmp_path, changes, words):
    folder = course_with(tmp_path, edited(TRY, *changes))
    with pytest.raises(SourceError) as error:
        read_course(folder)
    assert words in str(error.value)
    assert str(error.value).startswith("small/tries.toml: tries[")


def test_two_of_one_name_are_refused(tmp_path):
    with pytest.raises(SourceError, match="another one is called 'who-may'"):
        read_course(course_with(tmp_path, TRY + TRY))


def test_a_file_that_nothing_names_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"nothing names tries/left\.txt"):
        read_course(course_with(tmp_path, **{"left.txt": "x"}))


# --- The stored page ------------------------------------------------------------------------------


def test_the_page_holds_words_and_fallback_and_a_mark_for_the_form(tmp_path):
    html = render_lesson(read_course(course_with(tmp_path)).lessons[0]).html
    assert "Try it: Who &lt;may&gt;?" in html
    assert (
        '<!--try who-may--><div class="try-fallback stack">'
        "<p>policy: <code>{&quot;Effect&quot;: &quot;Deny&quot;}</code></p>"
        "<p>action: <code>s3:GetObject</code></p><p>aws:SourceIp: <code>–</code></p>"
        "<p>Nobody may, because of a <code>Deny</code> &amp; more.</p></div><!--/try-->"
    ) in html
    assert "<li>Allow <strong>it</strong>.</li>" in html
    assert "<form" not in html


def test_an_author_cannot_write_the_mark(tmp_path):
    folder = course_with(tmp_path, TRY.replace("Decide *first*.", "<!--try who-may--> and so on"))
    assert render_lesson(read_course(folder).lessons[0]).html.count("<!--try") == 1


def test_a_sync_writes_it_beside_the_page_and_renders_again_when_it_changes(notes_dir):
    course_with(notes_dir)
    apply(notes_dir)
    row = Lesson.objects.get(slug="buckets")
    assert row.tries == [
        {
            "slug": "who-may",
            "kind": "request",
            "title": "Who <may>?",
            "start": [
                ["policy", '{"Effect": "Deny"}'],
                ["action", "s3:GetObject"],
                ["aws:SourceIp", ""],
            ],
        }
    ]
    course_with(notes_dir, **{"a.json": '{"Effect": "Deny" }'})
    apply(notes_dir)
    row.refresh_from_db()
    assert row.tries[0]["start"][0] == ["policy", '{"Effect": "Deny" }']
    (notes_dir / "small" / "tries.toml").unlink()
    (notes_dir / "small" / "tries" / "a.json").unlink()
    apply(notes_dir)
    row.refresh_from_db()
    assert (row.tries, "who-may" in row.html) == ([], False)


def test_search_and_reading_time_know_what_is_read_and_not_the_fallback(notes_dir):
    course_with(notes_dir, TRY.replace("because of", "because of " * 200))
    apply(notes_dir)
    plain = Section.objects.get(slug="policies").plain
    assert plain.endswith("Try it: Who <may>?\nDecide first.\nChange something:\nAllow it.")
    assert Lesson.objects.get(slug="buckets").words < 100
