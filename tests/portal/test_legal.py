"""The operator's own words, on pages that everybody can read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from lessons.rendering import render
from portal.env import env_texts
from portal.legal import below_title, read_texts


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    (tmp_path / "privacy.md").write_text("## What we keep\n\nYour **answers**.")
    (tmp_path / "privacy.de.md").write_text("## Was wir behalten\n\nDeine Antworten.")
    (tmp_path / "terms.md").write_text("Be kind. <script>window.pwned=1</script>")
    settings.LEGAL_DIR = tmp_path
    return tmp_path


def page(path: str, language: str = "en") -> str:
    answer = Client().get(path, headers={"accept-language": language})
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_a_text_is_a_page_for_everybody_in_their_language(folder: Path, db: None):
    assert "<strong>answers</strong>" in page("/legal/privacy/")
    assert "Deine Antworten" in page("/legal/privacy/", "de")
    assert "Be kind" in page("/legal/terms/", "de")


def test_what_an_operator_writes_is_cleaned_like_any_notes(folder: Path, db: None):
    assert "pwned" not in page("/legal/terms/")


def test_only_what_there_is_has_a_page_and_a_link(folder: Path, db: None):
    start = page("/")
    assert [name in start for name in ("/legal/privacy/", "/legal/terms/", "/legal/imprint/")] == [
        True,
        True,
        False,
    ]
    assert page("/legal/imprint/") == page("/legal/other/") == "404"


def test_whoever_signs_up_is_shown_what_to_read(folder: Path, db: None):
    form = page("/accounts/signup/").partition("<main")[2].partition("</main")[0]
    assert "/legal/privacy/" in form
    assert "/legal/terms/" in form


def test_nothing_is_said_where_nothing_is_set(settings: Any, db: None):
    settings.LEGAL_DIR = None
    assert "/legal/" not in page("/") + page("/accounts/signup/")


def test_the_texts_are_read_once(folder: Path):
    before = read_texts(folder)
    (folder / "privacy.md").write_text("changed")
    assert read_texts(folder) is before


def test_a_folder_without_any_of_the_texts_stops_the_start(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("LEGAL_DIR", str(tmp_path))
    with pytest.raises(ImproperlyConfigured, match=r"holds none of imprint\.md, privacy\.md"):
        env_texts("LEGAL_DIR", "imprint.md", "privacy.md")
    monkeypatch.setenv("LEGAL_DIR", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match="is no folder"):
        env_texts("LEGAL_DIR", "imprint.md", "privacy.md")
    monkeypatch.setenv("LEGAL_DIR", "")
    assert env_texts("LEGAL_DIR", "imprint.md") is None


@pytest.mark.parametrize(
    ("written", "read"),
    [("# A\n\n## B\n\n## C", "h2 h3 h3"), ("### A\n\n##### B\n\n### C", "h2 h3 h2"), ("a", "")],
)
def test_headings_begin_below_the_pages_title(written, read):
    html = below_title(render(written))
    assert " ".join(re.findall(r"<(h\d)", html)) == read
    assert " ".join(re.findall(r"</(h\d)>", html)) == read
