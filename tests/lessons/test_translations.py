"""A small course of which one lesson is German, too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons import translation_writer
from lessons.models import Course, Lesson, Translation
from lessons.source import read_course
from lessons.svg import Drawing, with_words
from lessons.toml_table import SourceError
from lessons.translations import read_with_translations, words_of
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from tests.lessons.folders import COURSE, NOTES, apply, edited, write_course
from tests.rows import make_user

GERMAN_NOTES = """# Speicher {#storage}
## Eimer {#buckets}
Ein Eimer fasst Objekte. Seinen Namen kennt die ganze Welt.
## Richtlinien {#policies}
Eine Richtlinie sagt, wer was darf.
"""
GERMAN = """
schema = 1
title = "Klein"
summary = "Ein kleiner Kurs."

[[modules]]
slug = "storing"
title = "Speichern"

[[modules.lessons]]
slug = "buckets"
of = "OF"
title = "Eimer und Richtlinien"
summary = "Auf Deutsch."
"""
NOTE = """
[[notes]]
section = "buckets"
about = "correction"
quote = "known to the whole world"
text = "Only in its Region."
source = "https://docs.aws.amazon.com/s3/"
document = "Amazon S3 User Guide"
as_of = 2026-11-01
"""
GERMAN_NOTE = """
[[modules.lessons.notes]]
quote = "kennt die ganze Welt"
text = "Nur in seiner Region."
"""


def write_german(
    notes_dir: Path, *, notes: str = GERMAN_NOTES, course: str = GERMAN, **original: str
) -> Path:
    folder = write_course(notes_dir, **original)
    source = read_course(folder)
    (folder / "notes.de.md").write_text(notes, encoding="utf-8")
    text = course.replace("OF", words_of(source.lessons[0]))
    (folder / "course.de.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def translated(notes_dir: Path) -> Path:
    write_german(notes_dir)
    apply(notes_dir)
    return notes_dir


@pytest.fixture
def reader(translated: Path) -> User:
    reader = make_user("Rosa Reader")
    cohort = Cohort.objects.create(
        slug="small", name="Small", course=Course.objects.get(slug="small")
    )
    cohort.choose([Course.objects.get(slug="small")])
    cohort.enrol(reader)
    return reader


def page_of(client: Client, address: str, language: str) -> str:
    client.cookies["django_language"] = language
    return str(client.get(address).content.decode())


LESSON = "/learn/small/buckets/"


def test_a_lesson_is_read_in_the_readers_language(client_of: Any, reader: User) -> None:
    client = client_of(reader)
    german = page_of(client, LESSON, "de")
    assert "Seinen Namen kennt die ganze Welt." in german
    assert '<h1 lang="de">Eimer und Richtlinien</h1>' in german
    assert '<div class="prose" lang="de">' in german
    assert "A bucket holds objects" not in german
    assert "A bucket holds objects" in page_of(client, LESSON, "en")


def test_what_is_not_translated_stays_english_and_says_so(client_of: Any, reader: User) -> None:
    page = page_of(client_of(reader), "/learn/small/rules/", "de")
    assert '<div class="prose" lang="en">' in page
    assert "What may come in" in page
    assert 'lang="de" href="/learn/small/buckets/"' in page
    assert 'lang="en" href="/learn/small/rules/"' in page


def test_whoever_wants_to_reads_the_original(client_of: Any, reader: User) -> None:
    client = client_of(reader)
    page = page_of(client, LESSON, "de")
    assert 'href="/learn/small/buckets/?original"' in page
    original = page_of(client, f"{LESSON}?original", "de")
    assert "A bucket holds objects" in original
    assert "Eine Lektion" not in original


def test_titles_are_translated_in_lists_too(client_of: Any, reader: User) -> None:
    page = page_of(client_of(reader), "/learn/small/", "de")
    for words in ("Klein", "Ein kleiner Kurs.", "Speichern", "Eimer und Richtlinien", "Connecting"):
        assert words in page


def test_progress_is_the_same_in_every_language(client_of: Any, reader: User) -> None:
    client = client_of(reader)
    Lesson.objects.get(slug="buckets").complete(reader)
    for language, words in (("de", "Abgeschlossen:"), ("en", "Completed:")):
        assert words in page_of(client, LESSON, language)


def test_a_page_in_another_language_takes_no_query_more(client_of: Any, reader: User) -> None:
    client = client_of(reader)
    counted = set()
    for language in ("en", "de"):
        page_of(client, LESSON, language)  # the first reader of an edition
        with CaptureQueriesContext(connection) as queries:
            page_of(client, LESSON, language)
        counted.add(len(queries))
    assert len(counted) == 1


def test_a_translation_behind_its_original_says_so(
    client_of: Any, reader: User, translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    behind = "Der englische Text hat sich seither geändert"
    assert behind not in page_of(client_of(reader), LESSON, "de")
    notes = edited(NOTES, ("A bucket holds objects.", "A bucket holds many objects."))
    write_course(translated, notes=notes)
    apply(translated)
    assert behind in page_of(client_of(reader), LESSON, "de")
    call_command("check_notes")
    source = read_with_translations(translated / "small")
    assert f'buckets (then of = "{words_of(source.lessons[0])}")' in capsys.readouterr().out


def test_no_author_is_stopped_by_a_translation(
    client_of: Any, reader: User, translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new section in the original: the lesson is English until its translation follows."""
    lines = ('"policies"]', '"policies", "keys"]')
    notes = edited(NOTES, ("# Network", "## Keys\nA key opens.\n# Network"))
    write_course(translated, notes=notes, course=edited(COURSE, lines))
    apply(translated)
    page = page_of(client_of(reader), LESSON, "de")
    assert "A key opens." in page
    assert "A bucket holds objects" in page
    call_command("check_notes")
    assert "English until then" in capsys.readouterr().out


def test_what_is_no_longer_translated_is_english_again(
    client_of: Any, reader: User, translated: Path
) -> None:
    (translated / "small" / "course.de.toml").unlink()
    apply(translated)
    assert Translation.objects.count() == 0
    assert "A bucket holds objects" in page_of(client_of(reader), LESSON, "de")


@pytest.mark.parametrize("change", ["the original", "the translation", "no translation"])
def test_who_undoes_a_change_and_puts_the_files_back_has_the_translation_again(
    change: str, client_of: Any, reader: User, translated: Path, settings: Any, tmp_path: Path
) -> None:
    settings.NOTES_DIR, settings.CATALOG_DIR = translated, tmp_path / "catalog"
    before = page_of(client_of(reader), LESSON, "de")
    if change == "the original":
        write_course(translated, notes=edited(NOTES, ("the whole world", "everybody")))
    elif change == "the translation":
        write_german(translated, course=edited(GERMAN, ("Eimer und Richtlinien", "Eimer")))
    else:
        (translated / "small" / "course.de.toml").unlink()
    call_command("sync_content", "--apply", verbosity=0)
    assert text_in(page_of(client_of(reader), LESSON, "de")) != text_in(before)
    call_command("sync_content", "--undo", verbosity=0)
    assert text_in(page_of(client_of(reader), LESSON, "de")) == text_in(before)
    write_german(translated)
    call_command("sync_content", "--apply", verbosity=0)
    assert text_in(page_of(client_of(reader), LESSON, "de")) == text_in(before)


def text_in(page: str) -> str:
    """What is read of it."""
    return page.partition("<main")[2].partition("</main>")[0].partition("<form")[0]


def test_a_translation_that_stays_is_not_rendered_again(
    translated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("rendered again")

    write_course(translated, notes=edited(NOTES, ("What may go out.", "What may leave.")))
    monkeypatch.setattr(translation_writer, "html_of", fail)
    apply(translated)
    assert Translation.objects.get().html


def test_notes_and_figures_are_translated_and_keep_their_source(notes_dir: Path) -> None:
    course = GERMAN + GERMAN_NOTE
    write_german(notes_dir, course=course, annotations=NOTE)
    apply(notes_dir)
    html = Translation.objects.get().html
    assert "Anmerkung des Portals: Berichtigung" in html
    assert "<q>kennt die ganze Welt</q>" in html
    assert "Nur in seiner Region." in html
    assert "Quelle: <a " in html
    assert "Stand Nov. 2026" in html
    assert "Only in its Region" not in html


def test_the_words_of_a_drawing_are_translated_and_names_stay() -> None:
    drawing = Drawing('<text x="1">a user &amp; AWS</text><text>eu-west-2</text>', 10, 10)
    german = with_words(drawing, {"a user & AWS": "Nutzer < & AWS"})
    assert german.inside == '<text x="1">Nutzer &lt; &amp; AWS</text><text>eu-west-2</text>'


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('slug = "buckets"', 'slug = "bucket"'), "module 'storing' has no lesson 'bucket'"),
        (('slug = "storing"', 'slug = "store"'), "the course has no module 'store'"),
        (('summary = "Auf Deutsch."', 'sumary = "x"'), "sumary: unknown key"),
        (('of = "OF"\n', ""), "of: is missing"),
        (
            ('summary = "Auf Deutsch."', 'recap = ["Eins."]'),
            "recap: has another number of lines than the original",
        ),
        (
            ('summary = "Auf Deutsch."', 'summary = ""\n[[modules.lessons.notes]]\ntext = "x"'),
            "notes: there are 1; the original has 0",
        ),
    ],
)
def test_a_slip_names_its_place(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    folder = write_german(tmp_path, course=edited(GERMAN, change))
    with pytest.raises(SourceError, match=r"^small/course\.de\.toml: ") as error:
        read_with_translations(folder)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("{#buckets}", "{#eimer}"), "the translated notes have no heading {#buckets}"),
        (
            ("## Richtlinien", "## Mehr {#more}\nText.\n## Richtlinien"),
            "no translated lesson has the heading {#more}",
        ),
    ],
)
def test_a_heading_that_is_not_the_originals_is_named(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    folder = write_german(tmp_path, notes=edited(GERMAN_NOTES, change))
    with pytest.raises(SourceError) as error:
        read_with_translations(folder)
    assert message in str(error.value)


def test_the_first_module_of_the_aws_course_is_german_and_up_to_date() -> None:
    course = read_with_translations(Path("lessons/notes/aws"))
    [german] = course.translations
    assert list(german.lessons) == [lesson.slug for lesson in course.modules[0].lessons]
    assert [slug for slug, one in german.lessons.items() if one.is_behind] == []
