"""What search looks into is made by a sync, and only where something changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from labs.models import Lab
from lessons.models import Course, SearchIndex
from lessons.search import find
from lessons.toml_table import SourceError
from portal.indexes import plan_indexes, write_index
from portal.search import MAKERS
from tests.lessons.folders import write_course
from tests.rows import index, make_lab


def write_same(folder: Path, text: str) -> None:
    (folder / "aws").mkdir(exist_ok=True)
    (folder / "aws" / "search.toml").write_text(text, encoding="utf-8")


def apply(folder: Path) -> list[str]:
    plans = list(plan_indexes(folder))
    for plan in plans:
        plan.apply()
    return [line for plan in plans for line in plan.lines()]


def titles(text: str, user) -> list[str]:
    return [hit.title for hit in find(text, user, MAKERS).hits]


def test_it_is_made_once_and_again_when_the_course_changes(course, tmp_path):
    said = ["aws: what search looks into is made anew"]
    assert apply(tmp_path) == said
    assert apply(tmp_path) == []
    Course.objects.update(edition="another")
    assert apply(tmp_path) == said
    assert apply(tmp_path) == []


def test_an_index_of_an_older_program_is_made_anew(course, tmp_path, monkeypatch):
    apply(tmp_path)
    monkeypatch.setattr("portal.indexes.FORMAT", 0)
    assert apply(tmp_path) == ["aws: what search looks into is made anew"]


def test_words_that_say_the_same_make_it_anew_and_find_each_other(lea, course, tmp_path):
    apply(tmp_path)
    assert titles("vault", lea) == []
    write_same(tmp_path, '[[same]]\nwords = ["vault", "bucket"]')
    assert apply(tmp_path) == ["aws: what search looks into is made anew"]
    assert set(titles("vault", lea)) == {"What a bucket is", "Bucket names"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[same]]\nwords = ["vault"]', "are fewer than two"),
        ("[[same]]", "are fewer than two"),
        ('[[equal]]\nwords = ["a", "b"]', "unknown key"),
    ],
)
def test_a_wrong_file_is_told_with_its_name(text, message, course, tmp_path):
    write_same(tmp_path, text)
    with pytest.raises(SourceError, match=rf"aws/search.toml: .*{message}"):
        apply(tmp_path)


def test_a_process_that_read_the_old_one_meanwhile_reads_the_new_one(lea, course, tmp_path):
    """Between lessons and index the edition is new and the index is old."""
    index(course)
    Course.objects.update(edition="meanwhile")
    make_lab(course, "find-a-giraffe")
    assert titles("giraffe", lea) == []
    apply(tmp_path)
    assert titles("giraffe", lea) == ["Find a giraffe"]


def test_an_archived_course_and_archived_labs_are_left_out(lea, course, other_course, tmp_path):
    make_lab(course, "find-a-giraffe")
    Lab.objects.update(archived_at="2026-01-01T00:00:00Z")
    Course.objects.filter(pk=other_course.pk).update(archived_at="2026-01-01T00:00:00Z")
    apply(tmp_path)
    assert SearchIndex.objects.get().course == course
    assert titles("giraffe", lea) == []


def test_what_a_lab_expects_finds_nothing(lea, course):
    """The statement is read, and neither the solution nor what is checked."""
    lab = make_lab(course, "a-lab")
    lab.variants.update(
        brief_html="<p>Open the <em>gate</em>.</p>",
        solution="unicorn",
        starter="zebra",
        table={"secret": "giraffe"},
        hints=["<p>walrus</p>"],
        explanation_html="<p>heron</p>",
    )
    write_index(course)
    assert titles("open gate", lea) == ["A lab"]
    for hidden in ("unicorn", "zebra", "giraffe", "walrus", "heron"):
        assert titles(hidden, lea) == []


def test_the_easier_of_two_equal_labs_comes_first_and_both_for_whoever_asks_for_labs(lea, course):
    make_lab(course, "name-vaults", difficulty=3)
    make_lab(course, "keep-vaults", difficulty=1)
    write_index(course)
    assert titles("vaults", lea) == titles("vault lab", lea) == ["Keep vaults", "Name vaults"]
    assert titles("vault exercise", lea) == ["Keep vaults", "Name vaults"]


def test_the_command_makes_it_after_lessons_and_labs(db, tmp_path, settings, capsys):
    settings.NOTES_DIR, settings.CATALOG_DIR = tmp_path, tmp_path / "none"
    settings.CATALOG_DIR.mkdir()
    write_course(tmp_path)
    call_command("sync_content", apply=True)
    assert "small: what search looks into is made anew" in capsys.readouterr().out
    call_command("sync_content")
    assert "Nothing to do." in capsys.readouterr().out
