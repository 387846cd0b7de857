"""A module on one page, for paper; how long reading takes."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.utils import translation

from lessons.glossary import TermSource
from lessons.lesson_page import render_lesson
from lessons.marking import Glossary
from lessons.models import Lesson
from lessons.printing import for_print
from lessons.reading_time import time_words
from lessons.source import read_course


def page_of(client) -> str:
    html: str = client.get("/learn/aws/modules/storage/print/").content.decode()
    return html


def test_a_module_is_printed_whole_and_in_order_without_the_portal_around(lea, client_of):
    html = page_of(client_of(lea))
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["Storage", "Buckets", "Policies"]
    assert html.count("All about it.") == 3
    assert "site-header" not in html
    assert "site-footer" not in html


def test_nothing_of_a_reader_is_on_paper(lea, course, client_of):
    assert "margin" not in page_of(client_of(lea)).split("<main", 1)[1]


@pytest.mark.parametrize(
    "address", ["/learn/aws/modules/nowhere/print/", "/learn/no/modules/x/print/"]
)
def test_what_is_no_module_is_not_found(address, lea, client_of):
    assert client_of(lea).get(address).status_code == 404


def test_an_archived_lesson_is_left_out(lea, course, client_of):
    Lesson.objects.filter(slug="buckets").update(archived_at="2026-01-01T00:00Z")
    assert "Buckets" not in re.findall(r"<h1[^>]*>(.*?)</h1>", page_of(client_of(lea)))


def test_no_name_is_there_twice_and_every_word_is():
    lessons = read_course(settings.NOTES_DIR / "aws").modules[3].lessons
    port = TermSource("Port", (), "A number.", lessons[0].sections[0].heading.slug)
    glossary = Glossary((port,), "/g/", {port.section: ("/x/", "X")})
    pages = [render_lesson(lesson, glossary=glossary).html for lesson in lessons]
    assert any("term:port" in page for page in pages[1:])
    printed = "".join(for_print(pages))
    ids = re.findall(r'\bid="([^"]+)"', printed)
    assert len(ids) == len(set(ids))
    labels = re.findall(r'role="region" aria-label="([^"]+)"', printed)
    assert len(labels) == len(set(labels)) > 5
    assert not re.search(r"<button|popover|<!--margin|outcomes\" aria-label", printed)


def test_tables_are_numbered_through_and_each_keeps_its_language():
    tables = '<div role="region" aria-label="{} 1">x</div><p aria-label="Table 1">y</p>'
    printed = "".join(for_print([tables.format(word) for word in ("Table", "Tabelle", "Table")]))
    labels = re.findall(r'role="region" aria-label="([^"]+)"', printed)
    assert labels == ["Table 1", "Tabelle 2", "Table 3"]
    assert printed.count('<p aria-label="Table 1">') == 3


def test_a_word_that_was_marked_is_left_as_a_word():
    page = '<p>A <button type="button" class="term" popovertarget="term:x">port</button>.</p>'
    assert for_print([page, "<p>Second</p>"]) == ["<p>A port.</p>", "<p>Second</p>"]


def test_printing_takes_as_many_queries_as_a_bare_page(
    lea, mia, client_of, django_assert_num_queries
):
    page_of(client_of(mia))
    client = client_of(lea)
    with django_assert_num_queries(2):
        page_of(client)


# --- How long -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (59, "59 min"), (120, "2 h"), (125, "2 h 5 min")]
)
def test_minutes_in_words(minutes, words):
    with translation.override("en"):
        assert time_words(minutes) == words


def test_the_course_says_how_long_it_its_modules_and_what_is_left_take(lea, course, client_of):
    Lesson.objects.filter(slug="policies").update(words=12_000)
    course.lessons.get(slug="buckets").complete(lea)
    text = re.sub(r"\s+", " ", client_of(lea).get("/learn/aws/").content.decode())
    assert re.findall(r"(?:\d+ h )?\d+ min to read", text) == [
        "1 h 4 min to read",
        "1 h 2 min to read",
        "2 min to read",
    ]
    assert "1 h 2 min left" in text
