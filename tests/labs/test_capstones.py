"""Labs that tell one story: read, written, shown, and come to one score."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from labs.capstone_views import find_own
from labs.grading.errors import SpecError
from labs.models import Lab, Variant
from labs.source import read_catalog
from labs.sync import plan_labs
from labs.tasks import check
from labs.translations import read_with_translations
from lessons.models import Course
from portal.accounts.models import User
from tests.labs.folders import LAB_TOML, LabFolder
from tests.labs.german import GERMAN, ORIGINAL, write_german
from tests.labs.stories import tell
from tests.rows import make_grade, make_lab, make_submission

ClientOf = Callable[[User], Client]
Queries = Callable[[int], object]
FIRST = """
[capstone]
slug = "first-account"
step = 1
title = "A first account"
summary = "From nothing to a team."

[spec]"""
SECOND = """
[capstone]
slug = "first-account"
step = 2

[spec]"""


def step(part: str, text: str = LAB_TOML) -> str:
    return text.replace("\n[spec]", part, 1)


# --- Reading --------------------------------------------------------------------------------------


def test_the_first_step_tells_the_story(lab_folder: LabFolder, tmp_path: Path) -> None:
    lab_folder("b", lab_toml=step(FIRST), story_md="It was *empty*.")
    lab_folder("a", lab_toml=step(SECOND))
    second, first = read_catalog(tmp_path)
    assert first.capstone
    assert second.capstone
    assert first.capstone.words == ("A first account", "From nothing to a team.", "It was *empty*.")
    assert (second.capstone.step, second.capstone.title) == (2, "")
    assert "story.md" not in first.variants[0].files


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"lab_toml": step(FIRST)}, {}, "a: story.md is missing: the first step"),
        ({"story_md": "Once"}, {}, "a: story.md belongs to the first step of a capstone: "),
        ({"lab_toml": step(SECOND), "story_md": "Once"}, {}, "a: story.md belongs to the first"),
        ({"lab_toml": step(SECOND)}, {}, "a: lab.toml: capstone.step: no lab is step 1"),
        (
            {"lab_toml": step(SECOND)},
            {"lab_toml": step(SECOND)},
            "b: lab.toml: capstone.step: a is step 2 already",
        ),
        (
            {"lab_toml": step(FIRST), "story_md": "Once"},
            {"lab_toml": step(SECOND).replace('"aws"', '"cooking"')},
            "a: lab.toml: capstone.step: the story is told in course cooking, too",
        ),
        ({"lab_toml": step(FIRST + "\nx = 1"), "story_md": "Once"}, {}, "a: lab.toml: "),
        (
            {"lab_toml": step(FIRST.replace("step = 1", "step = 13"))},
            {},
            "a: lab.toml: capstone.step: is 13, not 1 to 12",
        ),
        (
            {"lab_toml": step(FIRST.replace("first-account", "First account"))},
            {},
            "a: lab.toml: capstone.slug: may hold small letters",
        ),
        (
            {"lab_toml": step(FIRST.replace('title = "A first account"', "")), "story_md": "Once"},
            {},
            "a: lab.toml: capstone.title: is missing",
        ),
    ],
)
def test_what_is_wrong_is_named(
    first: dict[str, str], second: dict[str, str], words: str, lab_folder: LabFolder, tmp_path: Path
) -> None:
    lab_folder("a", **first)
    lab_folder("b", **second)
    with pytest.raises(SpecError, match=f"^{words}"):
        read_catalog(tmp_path)


def test_a_changed_story_is_a_change_of_its_lab(
    course: Course, lab_folder: LabFolder, tmp_path: Path
) -> None:
    lab_folder("a", lab_toml=step(FIRST), story_md="It was empty.")
    for plan in plan_labs(tmp_path):
        plan.apply()
    assert Lab.objects.get().capstone["story"] == "<p>It was empty.</p>"
    assert plan_labs(tmp_path) == []
    lab_folder("a", lab_toml=step(FIRST), story_md="It was full.")
    [plan] = plan_labs(tmp_path)
    assert plan.lines() == ["lab a: changed (0 learners handed in, 0 passed, 0 drafts)"]


# --- Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def steps(lab: Lab) -> list[Lab]:
    """The lab, and two more; another one that tells nothing comes between."""
    make_lab(lab.course, "alone", kind="words")
    found = [lab, *(make_lab(lab.course, slug, kind="words") for slug in ("second", "third"))]
    tell("first-account", *found)
    return found


@pytest.fixture
def leas(client_of: ClientOf, lea: User, steps: list[Lab]) -> Client:
    return client_of(lea)


def page_of(client: Client) -> str:
    return client.get("/labs/capstones/first-account/").content.decode()


def test_the_page_tells_the_story_and_leads_to_the_first_step(leas: Client) -> None:
    page = page_of(leas)
    assert "<p>It was empty.</p>" in page
    assert "Begin:" in page
    assert [page.index(f"/labs/{slug}/") for slug in ("say-it", "second", "third")] == sorted(
        page.index(f"/labs/{slug}/") for slug in ("say-it", "second", "third")
    )
    assert "/labs/alone/" not in page


def test_the_score_is_what_the_best_of_each_step_comes_to(
    leas: Client, lea: User, steps: list[Lab], django_assert_num_queries: Queries
) -> None:
    check(make_submission(lea, steps[0], "allow read").pk)  # 100
    make_grade(make_submission(lea, steps[1]), 1)  # of 4
    page_of(leas)
    with django_assert_num_queries(3):
        page = page_of(leas)
    assert "41 / 100" in page
    assert "1 of 3 steps passed" in page
    assert "Go on:" in page


def test_only_whoever_passed_every_step_has_all(leas: Client, lea: User, steps: list[Lab]) -> None:
    for one in steps:
        make_grade(make_submission(lea, one), 4)
    own = find_own(lea, "first-account")
    assert (own.score, own.next) == (100, None)
    assert "You have passed every step." in page_of(leas)


def test_the_list_of_labs_shows_it_unless_one_filters(leas: Client) -> None:
    assert "/labs/capstones/first-account/" in leas.get("/labs/").content.decode()
    assert "/labs/capstones/first-account/" not in leas.get("/labs/?state=new").content.decode()


def test_a_step_says_where_it_belongs(leas: Client) -> None:
    page = leas.get("/labs/second/").content.decode()
    assert "Step 2 of 3 of" in page
    assert 'href="/labs/capstones/first-account/"' in page
    assert "capstones" not in leas.get("/labs/alone/").content.decode()


def test_after_a_step_comes_the_next_one_of_the_story(
    leas: Client, lea: User, steps: list[Lab]
) -> None:
    submission = make_submission(lea, steps[0], "allow read")
    check(submission.pk)
    verdict = leas.get(f"/labs/attempts/{submission.pk}/verdict/").content.decode()
    assert 'class="button primary" href="/labs/second/"' in verdict


def test_a_story_without_its_first_step_is_not_told(leas: Client, steps: list[Lab]) -> None:
    Lab.objects.filter(pk=steps[0].pk).update(archived_at="2026-11-01T00:00Z")
    assert leas.get("/labs/capstones/first-account/").status_code == 404
    assert leas.get("/labs/second/").status_code == 200


def test_a_course_of_others_keeps_its_stories(
    client_of: ClientOf, eve: User, steps: list[Lab]
) -> None:
    assert client_of(eve).get("/labs/capstones/first-account/").status_code == 404


# --- In another language --------------------------------------------------------------------------


def test_a_translated_story_is_read_in_that_language(
    course: Course, client_of: ClientOf, lea: User, tmp_path: Path
) -> None:
    original = {"lab_toml": step(FIRST, ORIGINAL), "story_md": "It was empty."}
    words = '\n[capstone]\ntitle = "Ein erstes Konto"\nsummary = "Von nichts an."\n\n[[hints]]'
    german = GERMAN.replace("\n[[hints]]", words)
    write_german(tmp_path, lab_de_toml=german, story_de_md="Es war *leer*.", **original)
    for plan in plan_labs(tmp_path):
        plan.apply()
    lea.language = "de"
    lea.save()
    page = page_of(client_of(lea))
    assert "Ein erstes Konto" in page
    assert '<div class="prose" lang="de"><p>Es war <em>leer</em>.</p></div>' in page


def test_a_story_that_is_half_translated_stays_as_it_was_written(tmp_path: Path) -> None:
    original = {"lab_toml": step(FIRST, ORIGINAL), "story_md": "It was empty."}
    folder = write_german(tmp_path, story_de_md="Es war leer.", **original)
    [found] = read_with_translations(folder).translations
    assert found.capstone == ()


def test_a_learner_has_the_same_variant_in_each_step(
    steps: list[Lab], lea: User, mia: User
) -> None:
    for lab in steps:
        for number in (1, 2, 3):
            Variant.objects.create(lab=lab, number=number)
    for learner in (lea, mia):
        assert len({lab.variant_for(learner).number for lab in steps}) == 1
