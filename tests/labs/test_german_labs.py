"""A lab as whoever reads German has it: its task, its verdict, its title in lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from labs.grading.report import Case, Finding, Outcome, Report
from labs.grading.said import say
from labs.language import in_language, with_words
from labs.models import Grade, Lab, Submission, Translation
from labs.shelves import words_translated
from labs.sync import plan_labs
from labs.tasks import check
from lessons.models import Course
from portal.accounts.models import User
from tests.labs.german import GERMAN, ORIGINAL, edited, write_german, write_original
from tests.rows import index, make_submission

ClientOf = Callable[[User], Client]
LAB = "/labs/say-it/"
BEHIND = "Der englische Text hat sich seither geändert"

pytestmark = pytest.mark.usefixtures("course")


def sync(catalog: Path) -> list[str]:
    """What the plan says; applied."""
    plans = plan_labs(catalog)
    for plan in plans:
        plan.apply()
    return [line for plan in plans for line in plan.lines()]


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    write_german(tmp_path)
    sync(tmp_path)
    return tmp_path


@pytest.fixture
def reader(lea: User, translated: Path) -> User:
    lea.language = "de"
    lea.save()
    return lea


@pytest.fixture
def german(reader: User, client_of: ClientOf) -> Client:
    return client_of(reader)


def page_of(client: Client, address: str = LAB) -> str:
    return str(client.get(address).content.decode())


def said(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def handed_in(user: User, text: str = "read") -> Submission:
    """To the first variant, and checked."""
    submission = make_submission(user, Lab.objects.get(), text)
    check(submission.pk)
    submission.refresh_from_db()
    return submission


# --- Plan and rows --------------------------------------------------------------------------------


def test_a_translation_is_a_plan_of_its_own_and_no_new_version(tmp_path: Path, lea: User) -> None:
    write_original(tmp_path)
    sync(tmp_path)
    before = Lab.objects.get()
    rule, edition = handed_in(lea).grade.rule, Course.objects.get().edition
    write_german(tmp_path)
    assert sync(tmp_path) == ["lab say-it: translated (de)"]
    now = Lab.objects.get()
    assert (now.content_hash, now.rule) == (before.content_hash, before.rule)
    assert now.rule_since is None
    assert not Submission.objects.judged_otherwise(now, {0: rule}, now.content_hash).exists()
    assert Course.objects.get().edition != edition
    assert sync(tmp_path) == []


def test_what_a_plan_says_of_a_translation_that_is_behind(translated: Path) -> None:
    renamed = edited(ORIGINAL, ('name = "It says allow"', 'name = "It allows"'))
    write_original(translated, lab_toml=renamed)
    assert sync(translated)[-1] == (
        "lab say-it: translated (de, behind the original; English until then: lab.de.toml: "
        "spec.told[1].of: no name of the original is “It says allow”)"
    )
    assert sync(translated) == []


def test_what_is_no_longer_translated_is_english_again(german: Client, translated: Path) -> None:
    for path in (translated / "say-it").glob("*.de.*"):
        path.unlink()
    assert sync(translated) == ["lab say-it: no longer translated"]
    assert Translation.objects.count() == 0
    assert '<h1 lang="en">Say it</h1>' in page_of(german)


@pytest.mark.parametrize("change", ["the original", "the translation", "no translation"])
def test_who_undoes_a_change_and_puts_the_files_back_has_the_translation_again(
    change: str, german: Client, translated: Path, settings: Any, tmp_path: Path
) -> None:
    settings.CATALOG_DIR, settings.NOTES_DIR = translated, tmp_path / "nowhere"
    before = main_of(page_of(german))
    if change == "the original":
        write_original(translated, brief_md="Say it aloud.")
    elif change == "the translation":
        write_german(translated, brief_de_md="Sag es laut.")
    else:
        for path in (translated / "say-it").glob("*.de.*"):
            path.unlink()
    call_command("sync_content", "--apply", verbosity=0)
    assert main_of(page_of(german)) != before
    call_command("sync_content", "--undo", verbosity=0)
    assert main_of(page_of(german)) == before
    write_german(translated)
    assert plan_labs(translated) == []


def main_of(page: str) -> str:
    """What is read of it."""
    return page.partition("<main")[2].partition("</main>")[0].partition("<form")[0]


# --- The task -------------------------------------------------------------------------------------


def test_a_lab_is_read_in_the_readers_language(german: Client, mia: User, client_of: Any) -> None:
    page = page_of(german)
    assert '<h1 lang="de">Sag es</h1>' in page
    assert '<div class="prose" lang="de"><p>Sag allow und' in page
    assert '<div class="prose" lang="de"><p>Sag ' in page.partition("hints-title")[2]
    assert "Say allow" not in page
    assert "Say allow" in page_of(client_of(mia))


def test_what_is_not_translated_stays_english_and_says_so(german: Client, translated: Path) -> None:
    toml = GERMAN[: GERMAN.index("objectives")]
    write_german(translated, lab_de_toml=toml, brief_de_md=None)
    sync(translated)
    page = page_of(german)
    assert '<h1 lang="de">Sag es</h1>' in page
    assert '<div class="prose" lang="en"><p>Say allow' in page
    assert '<div class="prose" lang="en"><p>Say ' in page.partition("hints-title")[2]


def test_whoever_wants_to_reads_the_original(german: Client) -> None:
    page = page_of(german)
    assert f'href="{LAB}?original"' in page
    original = page_of(german, f"{LAB}?original")
    assert '<h1 lang="en">Say it</h1>' in original
    assert '<div class="prose" lang="en"><p>Say allow' in original
    assert f'href="{LAB}?original"' not in original


def test_a_translation_behind_its_original_says_so(german: Client, translated: Path) -> None:
    assert BEHIND not in page_of(german)
    write_original(translated, brief_md="Say it aloud.")
    sync(translated)
    assert BEHIND in page_of(german)


def test_the_explanation_of_the_solution_is_german(german: Client, reader: User) -> None:
    assert handed_in(reader, "allow read").passed
    page = page_of(german, f"{LAB}solution/")
    assert '<div class="prose" lang="de"><p>Darum.</p></div>' in page


def test_a_page_in_another_language_takes_no_query_more(
    german: Client, mia: User, client_of: ClientOf
) -> None:
    counted = set()
    for client in (german, client_of(mia)):
        page_of(client)  # the first reader of an edition
        with CaptureQueriesContext(connection) as queries:
            page_of(client)
        counted.add(len(queries))
    assert len(counted) == 1


# --- The verdict ----------------------------------------------------------------------------------


def test_a_verdict_names_its_checks_in_the_readers_language(german: Client, reader: User) -> None:
    page = page_of(german, f"/labs/attempts/{handed_in(reader).pk}/")
    assert "Es sagt allow" in said(page)
    assert "Von selbst ist nichts erlaubt." in said(page)
    assert "It says allow" not in page
    assert 'lang="en">It' not in page


def test_what_a_check_is_called_in_english_alone_says_so(
    german: Client, reader: User, translated: Path
) -> None:
    toml = edited(GERMAN, ('why = "Von selbst ist nichts erlaubt."\n', ""))
    write_german(translated, lab_de_toml=toml)
    sync(translated)
    page = page_of(german, f"/labs/attempts/{handed_in(reader).pk}/")
    assert "Es sagt allow" in said(page)
    assert '<span lang="en">Nothing is allowed by itself.</span>' in page


def test_who_reads_english_reads_english_names(
    reader: User, mia: User, client_of: ClientOf
) -> None:
    page = page_of(client_of(mia), f"/labs/attempts/{handed_in(mia).pk}/")
    assert "It says allow" in said(page)
    assert "Es sagt" not in page


def test_whoever_teaches_reads_the_names_in_their_own_language(
    reader: User, tom: User, cohort: Any, client_of: ClientOf
) -> None:
    tom.language = "de"
    tom.save()
    address = f"/cohorts/{cohort.slug}/submissions/{handed_in(reader).pk}/"
    assert "Es sagt allow" in said(page_of(client_of(tom), address))


def test_a_grade_is_the_same_in_every_language(reader: User, mia: User) -> None:
    grades = []
    for user, language in ((reader, "de"), (mia, "en")):
        with translation.override(language):
            handed_in(user)
        grades.append(Grade.objects.latest("pk"))
    mine, other = grades
    assert mine.stored_report == other.stored_report
    assert (mine.points, mine.max_points, mine.rule) == (other.points, other.max_points, other.rule)


def test_an_answer_from_before_keeps_the_name_that_its_check_had(
    german: Client, reader: User, translated: Path
) -> None:
    """No translation says what an old verdict did not say."""
    old = handed_in(reader)
    renamed = edited(ORIGINAL, ('name = "It says allow"', 'name = "It allows"'))
    write_original(translated, lab_toml=renamed)
    sync(translated)
    assert '<span lang="en">It says allow</span>' in page_of(german, f"/labs/attempts/{old.pk}/")


def test_words_of_a_lab_are_found_wherever_they_stand_in_a_report() -> None:
    words = {"A visitor": "Ein Besucher", "It is open.": "Er ist offen."}
    sentence = say("{name}: {rest}", name="A visitor", rest="A visitor or not")
    report = Report(
        (Finding("x", False, 1, sentence, why="It is open.", cases=(Case("A visitor"),)),),
        {"lines": [{"why": "It is open."}]},
        outcomes=(Outcome(name="A visitor", yours="A visitor too", passed=False),),
    )
    found = with_words(report, words)
    [finding], [outcome] = found.findings, found.outcomes
    assert in_language(finding.message) == "Ein Besucher: A visitor or not"
    assert in_language(finding.why) == "Er ist offen."
    assert in_language(finding.cases[0].sentence) == "Ein Besucher"
    assert in_language(found.extra["lines"][0]["why"]) == "Er ist offen."
    assert (in_language(outcome.name), in_language(outcome.yours)) == (
        "Ein Besucher",
        "A visitor too",
    )
    assert found == report  # to whoever compares it
    assert "Besucher" not in str(found.as_json())  # or stores it


def test_an_answer_to_a_variant_that_is_gone_is_told_in_english(
    reader: User, translated: Path
) -> None:
    submission = handed_in(reader)
    Lab.objects.get().variants.filter(number=0).update(archived_at="2026-01-01T00:00:00Z")
    submission.lab = Lab.objects.select_related("course").get()
    with translation.override("de"):
        assert words_translated(submission) == {}


# --- Lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/labs/", "/learn/aws/", "/learn/aws/policies/"])
def test_lists_show_the_title_in_the_readers_language(german: Client, address: str) -> None:
    page = page_of(german, address)
    assert re.search(r'lang="de"[^>]*>Sag es<', page)
    assert "Say it" not in page


def test_the_day_offers_the_lab_in_the_readers_language(german: Client, reader: User) -> None:
    handed_in(reader)
    page = page_of(german, "/day/")
    assert '<span lang="de">Sag es' in page
    assert re.search(r'<a lang="de" href="/labs/attempts/\d+/">Sag es</a>', page)
    assert "Say it" not in page


@pytest.mark.parametrize("words", ["say", "Sag"])
def test_a_search_finds_the_lab_by_either_title_and_shows_the_readers(
    german: Client, words: str
) -> None:
    index(Course.objects.get())
    page = page_of(german, f"/search/?q={words}")
    assert '<span class="result-title" lang="de">Sag es</span>' in page


def test_the_front_page_shows_its_lab_in_the_visitors_language(
    client: Client, translated: Path, settings: Any
) -> None:
    settings.FRONT_LAB = "say-it"
    client.cookies["django_language"] = "de"
    page = page_of(client, "/")
    assert '<p class="lead" lang="de">Sag es</p>' in page
    assert "Sag allow und" in page
    answer = client.post("/try/", {"text": "read"}, headers={"HX-Request": "true"})
    assert "Es sagt allow" in answer.content.decode()
