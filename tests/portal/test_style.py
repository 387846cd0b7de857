"""The page that shows every component, for staff alone."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from portal.accounts.models import User
from tests.rows import make_user

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"


@pytest.fixture
def staff(db: None) -> User:
    staff = make_user("Stef Staff")
    staff.is_staff = True
    staff.save()
    return staff


def packed(*files: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in files)


def test_staff_see_every_component(staff: User, client_of: Callable[[User], Client]) -> None:
    page = client_of(staff).get("/style/").content.decode()
    shown = {name for name in component_classes() if re.search(rf'class="[^"]*\b{name}\b', page)}
    assert component_classes() - shown == set()


def component_classes() -> set[str]:
    return {
        "button", "field", "card", "table", "progress", "badge", "verdict", "finding",
        "relation", "code", "callout", "tabs", "crumbs", "pager", "toast", "empty", "ring",
        "spark", "chart", "marks", "tree", "toc", "prose", "highlight", "numbered", "diff",
    }  # fmt: skip


def test_every_icon_that_is_asked_for_is_in_the_sprite(
    staff: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(staff).get("/style/").content.decode()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text()))
    asked = set(re.findall(r"icons\.svg#([\w-]+)", page))
    written = {
        name
        for template in ROOT.glob("templates/**/*.html")
        for name in re.findall(r'icon\.html" with name="([\w-]+)"', template.read_text())
    }
    assert (asked | written) - drawn == set()


def test_learners_and_instructors_do_not_find_it(
    lea: User, tom: User, client_of: Callable[[User], Client]
) -> None:
    assert [client_of(user).get("/style/").status_code for user in (lea, tom)] == [404, 404]


def test_strangers_are_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/style/").url == "/accounts/login/?next=/style/"


def test_the_stylesheet_keeps_its_budget() -> None:
    assert packed(STATIC / "css" / "portal.css") <= 12 * 1024


def test_what_only_readers_are_shown_keeps_its_budget() -> None:
    assert packed(STATIC / "css" / "reading.css") <= 3 * 1024


def test_the_scripts_of_a_lesson_keep_their_budget() -> None:
    htmx = 17 * 1024  # django-htmx brings it
    lesson_scripts = [path for path in STATIC.glob("js/*.js") if not path.name.startswith("lab")]
    assert htmx + packed(*lesson_scripts) <= 50 * 1024


def test_the_lab_page_keeps_its_budget() -> None:
    files = [
        STATIC / "editor" / "editor.min.js",
        *STATIC.glob("js/*.js"),
        *STATIC.glob("css/*.css"),
    ]
    assert 17 * 1024 + packed(*files) <= 200 * 1024


def test_every_data_attribute_of_the_readme_is_read_by_a_script() -> None:
    scripts = "".join(path.read_text() for path in STATIC.glob("js/*.js"))
    for name in (
        "draftUrl",
        "draftKey",
        "lintUrl",
        "completionsUrl",
        "data-draft-state",
        "data-submit",
        "data-format",
    ):
        assert name in scripts
