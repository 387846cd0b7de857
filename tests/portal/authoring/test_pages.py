"""The plan as a page, for those who may author and nobody else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from labs.models import Lab
from lessons.models import Completion, Lesson, Place, Section
from lessons.translations import read_with_translations
from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.audit.models import Entry
from portal.authoring.models import Change, KeptContent
from portal.cohorts.models import Cohort, Role
from tests.labs.folders import write_folder
from tests.lessons.folders import COURSE, NOTES, edited, write_course
from tests.lessons.test_parts import MERGED
from tests.lessons.test_sync import without_rules
from tests.portal.authoring.conftest import (
    OF_SMALL,
    THEN,
    InTheBrowser,
    Learners,
    completed,
    everything,
)
from tests.rows import make_user, signed_in

RENAMED = {
    "notes": edited(NOTES, ("## Policies", "## Who may do what")),
    "course": edited(COURSE, ('"policies"', '"who-may-do-what"')),
}
# As much as half of its words are others: nobody but the author knows
UNLIKE = "## Grants\nA grant says who may do what. It is text with some parts, as any letter.\n"
DOUBTFUL = {
    "notes": edited(
        NOTES,
        (
            "## Policies\nA policy says who may do what. It is a JSON document with statements.\n",
            UNLIKE,
        ),
    ),
    "course": edited(COURSE, ('"policies"', '"grants"')),
}
QUESTION = "is:small:section:grants"


# --- Who ------------------------------------------------------------------------------------------


def test_to_whoever_may_not_author_it_is_not_there(notes_dir: Path, learners: Learners) -> None:
    tom = make_user("Tom")
    Cohort.objects.get().enrol(tom, role=Role.INSTRUCTOR)
    for user in (tom, learners["lea"], make_user("Sol", is_staff=True)):
        client = signed_in(user)
        assert client.get("/authoring/").status_code == 404
        assert client.post("/authoring/apply/", {"plan": "x"}).status_code == 404


def test_the_menu_leads_there(notes_dir: Path, ann: User) -> None:
    """Also whoever has the permission from a group alone, and is no staff."""
    una = make_user("Una")
    una.groups.add(group := Group.objects.create(name="Authors"))
    assert "/authoring/" not in signed_in(una).get("/day/").content.decode()
    group.permissions.add(Permission.objects.get(codename="author"))
    for user in (ann, una):
        assert 'href="/authoring/"' in signed_in(user).get("/day/").content.decode()
        assert signed_in(user).get("/authoring/").status_code == 200


# --- What one reads -------------------------------------------------------------------------------


def test_a_translation_that_no_longer_fits_its_original_is_named_and_stops_nobody(
    authoring: InTheBrowser, notes_dir: Path, settings: Any
) -> None:
    words = 'of = "older words"\ntitle = "Sag es"\nsummary = "Sag zwei Wörter."\n'
    hints = '[[hints]]\ntext = "Sag es."\n' * 2
    translation = Path(settings.CATALOG_DIR) / "say-it" / "lab.de.toml"
    translation.write_text(words + hints, encoding="utf-8")
    left_out = "say-it: lab.de.toml: hints: there are 2; the original has 1, in its order"
    assert left_out in authoring.page()
    authoring.apply()
    assert Lab.objects.get().translations.get().title == "Sag es"
    assert "Nothing to apply" in authoring.page()


def test_nothing_to_do_says_what_to_do_next(authoring: InTheBrowser) -> None:
    assert "Nothing to apply" in authoring.page()


def test_it_says_whose_work_a_change_touches_and_names_nobody(
    authoring: InTheBrowser, notes_dir: Path, learners: Learners
) -> None:
    write_course(notes_dir, **RENAMED, slug="small")
    write_folder(notes_dir.parent / "catalog", lab_toml=OF_SMALL.replace("Say it", "Say this"))
    text = authoring.page()
    for words in ("Policies → Who may do what", "completed by 2 learners", "2 drafts, 2 scores"):
        assert words in text
    assert not any(re.search(rf"\b{user.name}\b", text) for user in learners.values())


def test_a_merge_says_for_whom_a_lesson_is_open_again(
    authoring: InTheBrowser, notes_dir: Path, learners: Learners
) -> None:
    write_course(notes_dir, course=MERGED)
    text = authoring.page()
    for words in (
        "1 change costs learners something",
        "Buckets and policies + Rules → Buckets and policies",
        "1 learner completed all of it and keeps it completed",
        "2 learners completed a part: open again for them",
    ):
        assert words in text


def test_labs_are_planned_for_the_sections_that_there_will_be(
    authoring: InTheBrowser, notes_dir: Path
) -> None:
    """On the command line the lessons have to be applied first."""
    notes = edited(NOTES, ("## **Buckets** 🪣", "## **Stores**"))
    write_course(notes_dir, notes=notes, course=edited(COURSE, ('"buckets", "p', '"stores", "p')))
    write_folder(notes_dir.parent / "catalog", lab_toml=OF_SMALL.replace('"buckets"', '"stores"'))
    authoring.apply()
    assert Lab.objects.get().home == Section.objects.live().get(slug="stores")


def test_labs_that_only_follow_their_section_are_one_row(
    authoring: InTheBrowser, notes_dir: Path
) -> None:
    for slug in ("say-more", "say-less"):
        write_folder(notes_dir.parent / "catalog", slug, lab_toml=OF_SMALL)
    authoring.apply()
    notes = edited(NOTES, ("# Storage\n", "# Storage\n## Before\nThis comes first.\n"))
    write_course(
        notes_dir, notes=notes, course=edited(COURSE, ('"storage", ', '"storage", "before", '))
    )
    text = authoring.page()
    assert "follow their sections in the order" in text
    assert '<strong lang="en">3</strong>' in text
    assert "Say it" not in text


def test_a_mistake_in_the_files_is_shown_with_its_place(
    authoring: InTheBrowser, notes_dir: Path
) -> None:
    write_course(notes_dir, course=edited(COURSE, ('"policies"', '"no-such"')))
    text = authoring.page()
    assert "The files cannot be read" in text
    assert "small/course.toml" in text
    assert "Apply this plan" not in text


@pytest.mark.parametrize("number", [1, 3])
def test_many_changes_cost_no_more_queries(
    authoring: InTheBrowser,
    notes_dir: Path,
    learners: Learners,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    words = ["Its name is known", "It is a JSON document", "by protocol"][:number]
    write_course(notes_dir, notes=edited(NOTES, *((one, f"{one} indeed") for one in words)))
    authoring.page()
    with django_assert_num_queries(23):
        text = authoring.page()
    assert text.count(">changed<") == number


# --- What is asked --------------------------------------------------------------------------------


def test_a_doubtful_match_is_asked_before_anything_is_applied(
    authoring: InTheBrowser, notes_dir: Path
) -> None:
    write_course(notes_dir, **DOUBTFUL)
    text = authoring.page()
    assert 'Section: is this an old one? <span lang="en">“Grants”</span>' in text
    assert "Answer what is asked above first." in text
    assert authoring.hidden(text) == {}


def test_the_command_says_what_it_would_take_for_what(notes_dir: Path, capsys: Any) -> None:
    write_course(notes_dir, **DOUBTFUL)
    capsys.readouterr()
    call_command("sync_content")
    asked = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ? ")]
    assert len(asked) == 1
    assert asked[0].startswith("  ? is “Grants” the old “Policies” (")
    assert asked[0].endswith("% alike)? taken for another; /authoring/ asks")


def test_the_command_warns_of_a_lab_that_asks_for_what_is_taught_later(
    notes_dir: Path, capsys: Any
) -> None:
    def warnings(*options: str) -> list[str]:
        capsys.readouterr()
        call_command("sync_content", *options)
        return [line for line in capsys.readouterr().out.splitlines() if line.startswith("!")]

    catalog = notes_dir.parent / "catalog"
    write_folder(catalog, lab_toml=OF_SMALL.replace('"buckets"', '"inbound-rules", "buckets"'))
    assert warnings("--apply") == []
    write_folder(catalog, lab_toml=OF_SMALL.replace('"buckets"', '"buckets", "inbound-rules"'))
    told = "! lab say-it: 'inbound-rules' is taught in rules, after the lab's lesson buckets"
    assert warnings() == warnings("--apply") == [told]
    write_folder(catalog, brief_md=None, lab_toml=OF_SMALL)  # a mistake is said by itself
    write_course(notes_dir, **RENAMED)
    assert warnings() == []


@pytest.mark.parametrize(("answer", "is_same"), [("policies", True), ("", False)])
def test_the_answer_decides(
    authoring: InTheBrowser, notes_dir: Path, answer: str, is_same: bool
) -> None:
    before = Section.objects.get(slug="policies").pk
    write_course(notes_dir, **DOUBTFUL)
    authoring.apply(f"/authoring/?{QUESTION}={answer}")
    assert (Section.objects.get(slug="grants").pk == before) is is_same


def test_a_lesson_that_left_may_be_the_one_that_came(
    authoring: InTheBrowser, notes_dir: Path, learners: Learners
) -> None:
    notes = NOTES.partition("# Network")[0] + "# Firewalls\nQuite another text about walls.\n"
    course = edited(
        COURSE,
        ('slug = "rules"\ntitle = "Rules"', 'slug = "walls"\ntitle = "Walls"'),
        ('"network", "inbound-rules", "outbound-rules"', '"firewalls"'),
    )
    write_course(notes_dir, notes=notes, course=course)
    row = Lesson.objects.get(slug="rules")
    assert "Lesson: is this an old one?" in authoring.page()
    authoring.apply("/authoring/?is:small:lesson:walls=rules")
    assert Lesson.objects.get(slug="walls").pk == row.pk
    assert completed()["sam"] == ["walls"]


@pytest.mark.parametrize("address", ["/authoring/", "/authoring/?is:small:section:storage=rules"])
def test_the_files_are_read_once_for_a_plan(
    authoring: InTheBrowser, notes_dir: Path, monkeypatch: Any, address: str
) -> None:
    """Also where it is planned again, without an answer that nobody asked for."""
    write_course(notes_dir, **DOUBTFUL)
    read: list[Path] = []
    monkeypatch.setattr(
        "lessons.sync.read_with_translations",
        lambda folder: (read.append(folder), read_with_translations(folder))[1],
    )
    assert "grants" in authoring.page(address)
    assert read == [notes_dir / "small"]


def test_an_answer_to_what_nobody_asked_is_not_heard(
    authoring: InTheBrowser, notes_dir: Path
) -> None:
    write_course(notes_dir, **RENAMED)
    authoring.apply("/authoring/?is:small:section:who-may-do-what=network&is:small:lesson:rules=")
    assert Section.objects.live().filter(slug="network").exists()
    assert "Nothing to apply" in authoring.page()


# --- Exactly that plan ----------------------------------------------------------------------------


def test_a_plan_that_nobody_read_is_refused(authoring: InTheBrowser, notes_dir: Path) -> None:
    write_course(notes_dir, **RENAMED)
    answer = authoring.client.post("/authoring/apply/", {"plan": "0" * 64})
    assert answer.status_code == 200
    assert "Nothing was applied" in answer.content.decode()
    assert not Section.objects.filter(slug="who-may-do-what").exists()


def refused(authoring: InTheBrowser, sent: dict[str, str]) -> bool:
    before = everything()
    answer = authoring.client.post("/authoring/apply/", sent)
    return "Nothing was applied" in answer.content.decode() and everything() == before


def test_it_is_refused_once_a_file_is_another(
    authoring: InTheBrowser, notes_dir: Path, learners: Learners
) -> None:
    write_course(notes_dir, **RENAMED)
    sent = authoring.hidden(authoring.page())
    write_course(notes_dir, notes=NOTES.replace("objects", "things"))
    assert refused(authoring, sent)


def test_it_is_refused_once_somebody_else_applied_something(
    authoring: InTheBrowser, notes_dir: Path, learners: Learners
) -> None:
    write_course(notes_dir, **RENAMED)
    sent = authoring.hidden(authoring.page())
    write_course(notes_dir, notes=NOTES.replace("objects", "things"))
    call_command("sync_content", "--apply", verbosity=0)
    write_course(notes_dir, **RENAMED)
    assert refused(authoring, sent)


def test_it_is_refused_once_somebody_would_lose_something(
    authoring: InTheBrowser, notes_dir: Path, learners: Learners
) -> None:
    Completion.objects.all().delete()
    Place.objects.all().delete()
    write_course(notes_dir, **without_rules())
    sent = authoring.hidden(authoring.page())
    row = Lesson.objects.get(slug="rules")
    Completion.objects.create(user=learners["nia"], lesson=row, completed_at=THEN)
    assert refused(authoring, sent)


def test_learners_who_go_on_learning_stop_no_plan(
    authoring: InTheBrowser, notes_dir: Path, learners: Learners
) -> None:
    write_course(notes_dir, **RENAMED)
    sent = authoring.hidden(authoring.page())
    Lesson.objects.get(slug="rules").complete(learners["nia"])
    assert authoring.client.post("/authoring/apply/", sent).status_code == 302


def test_pressing_twice_applies_it_once(authoring: InTheBrowser, notes_dir: Path) -> None:
    write_course(notes_dir, **RENAMED)
    sent = authoring.hidden(authoring.page())
    answers = [authoring.client.post("/authoring/apply/", sent).status_code for _time in range(2)]
    assert answers == [302, 200]
    assert Change.objects.filter(is_by_command=False).count() == 1


# --- Recorded and undone --------------------------------------------------------------------------


def test_it_is_recorded_who_applied_and_undid_what(
    authoring: InTheBrowser, notes_dir: Path, ann: User
) -> None:
    write_course(notes_dir, **RENAMED)
    authoring.apply()
    authoring.undo()
    change = Change.objects.first()
    assert change
    assert (change.author, change.undone_by) == (ann, ann)
    said = Entry.objects.filter(what="content", actor=ann.pk).values_list("about", flat=True)
    assert list(said) == [f"undone ({change.pk}): small", f"applied ({change.pk}): small"]
    assert "Policies → Who may do what" in authoring.page(change.get_absolute_url())


def test_what_the_command_applied_is_recorded_too(authoring: InTheBrowser, notes_dir: Path) -> None:
    change = Change.objects.get()
    assert (change.is_by_command, change.author) == (True, None)
    text = authoring.page(change.get_absolute_url())
    assert "sync_content" in text
    assert "Say it" in text


def test_only_the_last_change_can_be_undone(authoring: InTheBrowser, notes_dir: Path) -> None:
    write_course(notes_dir, **RENAMED)
    authoring.apply()
    first = Change.objects.first()
    write_course(notes_dir)
    authoring.apply()
    assert first
    assert "It cannot be undone any more" in authoring.page(first.get_absolute_url())
    answer = authoring.client.post(f"{first.get_absolute_url()}undo/", follow=True)
    assert "It cannot be undone any more" in answer.content.decode()
    assert Section.objects.live().filter(slug="policies").exists()


def test_one_after_the_other_can_be_undone(authoring: InTheBrowser, notes_dir: Path) -> None:
    states = [everything()]
    for course in ({"notes": edited(NOTES, ("objects", "things"))}, RENAMED):
        write_course(notes_dir, **course)
        authoring.apply()
        states.append(everything())
    for state in (states[1], states[0]):
        authoring.undo()
        assert everything() == state


def test_what_undoing_needs_is_kept_for_the_last_ones_only(
    authoring: InTheBrowser, notes_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.authoring.applying.KEPT_CHANGES", 1)
    write_course(notes_dir, **RENAMED)
    authoring.apply()
    assert Change.objects.count() == 2
    assert {one.change for one in KeptContent.objects.all()} == {Change.objects.first()}


def test_a_lab_goes_back_to_its_words(authoring: InTheBrowser, notes_dir: Path) -> None:
    write_folder(
        notes_dir.parent / "catalog", lab_toml=OF_SMALL, brief_md="Say quite another thing."
    )
    before = list(Lab.objects.get().variants.values())
    authoring.apply()
    assert "another thing" in Lab.objects.get().variants.first().brief_html  # type: ignore[union-attr]
    authoring.undo()
    assert list(Lab.objects.get().variants.values()) == before


def test_an_author_who_is_erased_is_named_no_more(
    authoring: InTheBrowser, notes_dir: Path, ann: User
) -> None:
    write_course(notes_dir, **RENAMED)
    authoring.apply()
    authoring.undo()
    assert len(data_of(ann)["content_changes"]) == len(data_of(ann)["content_changes_undone"]) == 1
    erase(ann)
    change = Change.objects.first()
    assert change
    assert (change.author, change.undone_by) == (None, None)
