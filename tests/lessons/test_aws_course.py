"""The real notes on real pages."""

from __future__ import annotations

import gzip
import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client

from lessons.models import Course, Lesson
from lessons.outline import outline
from lessons.source import read_course
from lessons.sync import plan_course
from portal.cohorts.models import Cohort
from tests.rows import make_user, signed_in

AWS = read_course(Path("lessons/notes/aws"))


def signed_in_reader() -> Client:
    """A member of a cohort of the AWS course."""
    plan_course(AWS).apply()
    reader = make_user("Rea Reader")
    Cohort.objects.create(name="AWS", slug="aws", course=Course.objects.get()).enrol(reader)
    return signed_in(reader)


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker) -> dict[str, str]:
    """Lesson slug → its page, in the order of the course. Read once:
    forty pages for each test would take long."""
    with django_db_blocker.unblock(), transaction.atomic():
        client = signed_in_reader()
        pages = {
            one.slug: client.get(one.get_absolute_url()).content.decode()
            for one in Lesson.objects.all()
        }
        transaction.set_rollback(True)
    return pages


def backgrounds() -> list[str]:
    sections = (one for lesson in AWS.lessons for one in lesson.sections)
    return [one.heading.title for one in sections if one.background]


def prose(page: str) -> str:
    return page.partition('<div class="prose" lang="en">')[2].partition('id="completion"')[0]


def test_every_heading_of_the_notes_is_on_exactly_one_page(pages):
    titles = [
        heading.title
        for heading in outline(Path("lessons/notes/aws/notes.md").read_text(encoding="utf-8"))
    ]
    shown = [
        unescape(re.sub(r"<[^>]+>", "", title)).strip()
        for page in pages.values()
        for title in re.findall(
            r'<h[2-6] id="[^"]+">(.*?)(?: <span class="emoji".*?)?(?: <a class="permalink".*?)?</h',
            prose(page),
        )
    ]
    in_page_titles = ["Elastic IPs", "Security Groups"]  # the lesson's h1 says them
    assert sorted([*shown, *in_page_titles]) == sorted([*titles, *backgrounds()])


def test_every_page_has_one_h1_and_no_level_is_skipped(pages):
    for slug, page in pages.items():
        levels = [int(level) for level in re.findall(r"<h(\d)\b", page[page.index("<article") :])]
        jumps = [after for before, after in pairwise(levels) if after > before + 1]
        assert (slug, levels.count(1), levels[0], jumps) == (slug, 1, 1, [])


def test_no_page_shows_mojibake(pages):
    artefacts = re.compile("‚Ä|√[^2 ]|\uf8ff|¬|â€|Ã|�|ü[§öåîï]")
    assert {slug: found for slug, page in pages.items() if (found := artefacts.findall(page))} == {}


def test_no_page_asks_a_foreign_host_for_anything(pages):
    loads = re.compile(
        r'<(?:img|script|link|iframe|source|video)\b[^>]*\b(?:src|href)="(?:https?:)?//[^"]*"'
    )
    assert {slug: found for slug, page in pages.items() if (found := loads.findall(page))} == {}


def test_a_page_is_light_with_all_its_figures(pages):
    """They stand in the page: of 120 KB that a page may take with type, sheet and scripts, this."""
    heavy = {slug: packed(page.encode()) for slug, page in pages.items()}
    assert {slug: size for slug, size in heavy.items() if size > 25_000} == {}


def test_a_page_with_all_that_it_loads_is_at_most_120_kb(pages):
    heavy = {
        slug: packed(page.encode()) + sum(loaded(page).values()) for slug, page in pages.items()
    }
    assert {slug: size for slug, size in heavy.items() if size > 120 * 1024} == {}


def test_what_a_page_loads_was_counted(pages):
    files = {Path(file).name.split(".")[0] for page in pages.values() for file in loaded(page)}
    assert {"portal", "reading", "htmx-2", "lesson", "figtree", "icons"} - files == set()


def loaded(page: str) -> dict[str, int]:
    """Sheets, scripts, type, icons and fetched pictures of a page → their sizes under way."""
    files = set(
        re.findall(r'<(?:link|script|img|use)\b[^>]*\b(?:src|href)="/static/([^"#?]+)', page)
    )
    sheets = [Path(found(file)) for file in files if file.endswith(".css")]
    fonts = {
        name for sheet in sheets for name in re.findall(r"fonts/[\w-]+\.woff2", sheet.read_text())
    }
    return {file: packed(Path(found(file)).read_bytes()) for file in files | fonts}


def found(file: str) -> str:
    path = finders.find(file)
    assert path is not None, file
    return str(path)


def packed(data: bytes) -> int:
    return len(gzip.compress(data, mtime=0))


def test_no_address_is_twice_on_a_page(pages):
    for slug, page in pages.items():
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert (slug, sorted({one for one in ids if ids.count(one) > 1})) == (slug, [])


def test_following_next_visits_every_lesson_once(pages):
    address, visited = "/learn/aws/what-aws-is/", []
    while address:
        visited.append(address.split("/")[-2])
        found = re.search(r'rel="next" href="([^"]+)"', pages[visited[-1]])
        address = found[1] if found else ""
    assert visited == list(pages)
    assert len(visited) == 43


@pytest.mark.parametrize("page", ["/learn/aws/", "/learn/aws/reading-a-policy/"])
def test_real_pages_take_few_queries(page, db, django_assert_max_num_queries):
    reader = signed_in_reader()
    reader.get(page)
    with django_assert_max_num_queries(5):
        reader.get(page)
