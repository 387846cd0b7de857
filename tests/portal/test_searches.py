"""What learners of the AWS course search for: the page that they mean comes first."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from lessons.models import Course
from lessons.search import find
from portal.cohorts.models import Cohort
from portal.search import MAKERS
from tests.rows import make_user

SEARCHES = tomllib.loads(Path("tests/fixtures/searches.toml").read_text())["searches"]


def page_of(url: str) -> str:
    return url.removeprefix("/learn/aws/").replace("/#", "#").strip("/")


def test_each_of_them_finds_its_page_first(db: None) -> None:
    assert Path(settings.NOTES_DIR, "aws").is_dir()
    call_command("sync_content", apply=True, verbosity=0)
    lea = make_user("Lea Learner")
    course = Course.objects.get(slug="aws")
    Cohort.objects.create(name="Autumn", slug="autumn", course=course).enrol(lea)
    found = {
        one["typed"]: [page_of(hit.url) for hit in find(one["typed"], lea, MAKERS).hits]
        for one in SEARCHES
    }
    first = {typed: pages[:1] for typed, pages in found.items()}
    assert first == {one["typed"]: [one["finds"]] for one in SEARCHES}
    never = {one["typed"]: {*one.get("never", ())} & {*found[one["typed"]]} for one in SEARCHES}
    assert {typed: pages for typed, pages in never.items() if pages} == {}
