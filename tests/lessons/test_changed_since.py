"""Whoever read a lesson before its words changed is told so, and sees what changed on request."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from lessons.changed_since import Piece, differences, short, word_pieces
from lessons.models import Completion, Course, EarlierText, Lesson
from lessons.sync import plan_courses
from portal.accounts.models import User
from portal.accounts.own_data import data_of
from portal.cohorts.models import Cohort
from tests.lessons.folders import COURSE, NOTES, apply, edited, write_course
from tests.rows import make_user, signed_in

TOLD = "Updated since you read it"
PAGE, CHANGES = "/learn/small/buckets/", "/learn/small/buckets/changes/"
LONGER = edited(NOTES, ("holds objects.", "holds objects and their versions."))


@pytest.fixture
def lea(notes_dir: Path) -> User:
    """Completed “Buckets and policies” yesterday."""
    lea = make_user("Lea Learner")
    Cohort.objects.create(name="Small", slug="small", course=Course.objects.get()).enrol(lea)
    yesterday = timezone.now() - timedelta(days=1)
    row = Lesson.objects.get(slug="buckets")
    Completion.objects.create(user=lea, lesson=row, completed_at=yesterday)
    return lea


def text(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def change(notes_dir: Path, notes: str = LONGER, course: str = COURSE) -> None:
    write_course(notes_dir, notes=notes, course=course)
    apply(notes_dir)


def test_who_completed_it_before_is_told_and_it_stays_completed(notes_dir: Path, lea: User) -> None:
    client = signed_in(lea)
    assert TOLD not in text(client)
    change(notes_dir)
    said = text(client)
    assert TOLD in said
    assert "It stays completed." in said
    assert "You have completed this lesson." in said
    assert TOLD in text(client, "/learn/small/")
    assert TOLD not in text(client, "/learn/small/rules/")


def test_who_completes_it_afterwards_is_not(notes_dir: Path, lea: User) -> None:
    change(notes_dir)
    mia = make_user("Mia")
    Cohort.objects.get().enrol(mia)
    client = signed_in(mia)
    client.post(f"{PAGE}complete/")
    assert TOLD not in text(client)
    assert TOLD not in text(client, "/learn/small/")


def test_who_completes_it_while_the_change_is_rendered_is_told(notes_dir: Path, lea: User) -> None:
    write_course(notes_dir, notes=LONGER)
    [plan] = plan_courses(notes_dir)
    writer = plan.writer()
    Completion.objects.update(completed_at=timezone.now())
    assert plan.is_written(writer)
    assert TOLD in text(signed_in(lea))


def test_who_only_stopped_there_is_told_until_they_read_on(notes_dir: Path, lea: User) -> None:
    Completion.objects.all().delete()
    Lesson.objects.get(slug="buckets").remember_place(lea)
    change(notes_dir)
    client = signed_in(lea)
    assert TOLD in text(client)
    client.post(f"{PAGE}place/", {"section": "buckets"})
    assert TOLD not in text(client)


def test_a_change_of_the_layout_alone_tells_nobody(notes_dir: Path, lea: User) -> None:
    change(notes_dir, edited(NOTES, ("holds objects.", "holds  objects.\n")))
    assert TOLD not in text(signed_in(lea))


def test_the_difference_shows_which_words_came_and_went(notes_dir: Path, lea: User) -> None:
    notes = edited(LONGER, ("to the whole world.", "everywhere."))
    change(notes_dir, notes)
    said = text(signed_in(lea), CHANGES)
    assert "<del>objects.</del> <ins>objects and their versions.</ins>" in said
    assert "<del>to the whole world.</del> <ins>everywhere.</ins>" in said
    assert "Policies" not in said.partition("<main")[2].partition("</main>")[0]


def test_sections_that_came_went_moved_and_changed_their_name(notes_dir: Path, lea: User) -> None:
    notes = edited(NOTES, ("## **Buckets** 🪣", "## Stores\nNew here, with other words.\n## Pails"))
    course = edited(
        COURSE,
        ('"buckets", "policies"]', '"stores", "pails"]'),
        ('["network",', '["policies", "network",'),
    )
    change(notes_dir, notes, course)
    said = text(signed_in(lea), CHANGES)
    assert "<ins>New here, with other words.</ins>" in said
    assert 'It was called <span lang="en">“Buckets”</span>' in said
    assert '<a href="/learn/small/rules/#policies">Read it where it is now</a>' in said


def test_what_left_for_good_is_shown_once_more(notes_dir: Path, lea: User) -> None:
    gone = "## Policies\nA policy says who may do what. It is a JSON document with statements.\n"
    change(notes_dir, edited(NOTES, (gone, "")), edited(COURSE, (', "policies"', "")))
    assert "<del>A policy says who may do what." in text(signed_in(lea), CHANGES)


def test_it_is_since_one_read_it_and_not_since_the_last_change(notes_dir: Path, lea: User) -> None:
    change(notes_dir)
    change(notes_dir, edited(LONGER, ("whole world", "universe")))
    said = text(signed_in(lea), CHANGES)
    assert "their versions." in said
    assert "universe." in said


def test_what_is_as_it_was_says_so(notes_dir: Path, lea: User) -> None:
    change(notes_dir)
    change(notes_dir, NOTES)
    assert "It reads as it did when you read it." in text(signed_in(lea), CHANGES)


@pytest.mark.parametrize("how", ["by saying so", "by reading to its end"])
def test_who_reads_it_again_is_told_no_more(notes_dir: Path, lea: User, how: str) -> None:
    change(notes_dir)
    client = signed_in(lea)
    if how == "by saying so":
        client.post(f"{CHANGES}read/")
    else:
        client.post(f"{PAGE}place/", {"section": "buckets"})
        assert TOLD in text(client)  # not yet
        client.post(f"{PAGE}place/", {"section": "policies"})
    assert TOLD not in text(client)
    assert Completion.objects.get().read_at
    assert data_of(lea)["completed_lessons"][0]["read_at"]
    change(notes_dir, edited(LONGER, ("whole world", "universe")))
    assert TOLD in text(client)


def test_only_the_last_texts_are_kept(
    notes_dir: Path, lea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lessons.keeping_texts.KEPT_A_LESSON", 2)
    for number in range(4):
        change(notes_dir, edited(NOTES, ("objects", f"objects {number}")))
    assert EarlierText.objects.count() == 2


def test_a_page_that_never_changed_asks_nothing_more(
    notes_dir: Path, lea: User, django_assert_num_queries: Any
) -> None:
    client = signed_in(lea)
    text(client)
    with django_assert_num_queries(5):
        text(client)
    change(notes_dir)
    text(client)
    with django_assert_num_queries(6):
        text(client)


def test_the_difference_is_made_once_for_all_who_read_it_then(
    notes_dir: Path, lea: User, django_assert_num_queries: Any
) -> None:
    change(notes_dir)
    client = signed_in(lea)
    text(client, CHANGES)
    found = differences.cache_info().misses
    text(client, CHANGES)
    assert differences.cache_info().misses == found


# --- Words ----------------------------------------------------------------------------------------


def test_a_long_text_is_compared_line_by_line() -> None:
    before = "\n".join(f"one line {number}" for number in range(1500))
    pieces = list(word_pieces(before, before.replace("line 7\n", "row 7\n")))
    assert [piece.text.strip() for piece in pieces if piece.kind != "same"] == [
        "one line 7",
        "one row 7",
    ]


def test_what_stayed_is_shown_around_a_change_only() -> None:
    before = " ".join(f"w{number}" for number in range(100))
    pieces = list(short(word_pieces(before, before.replace("w50", "new"))))
    assert [piece.kind for piece in pieces] == [
        *("left out", "same", "removed", "added", "same", "left out"),
    ]
    assert pieces[1] == Piece("same", " ".join(f"w{number}" for number in range(38, 50)))


def test_paragraphs_stay_apart() -> None:
    pieces = list(word_pieces("one two\nthree", "one two\nfour"))
    assert pieces == [Piece("same", "one two\n"), Piece("removed", "three"), Piece("added", "four")]


def test_a_sync_that_is_undone_tells_nobody(notes_dir: Path, lea: User) -> None:
    write_course(notes_dir, notes=LONGER)
    call_command("sync_content", "--apply")
    assert EarlierText.objects.count() == 1
    call_command("sync_content", "--undo")
    assert EarlierText.objects.count() == 0
    assert TOLD not in text(signed_in(lea))
