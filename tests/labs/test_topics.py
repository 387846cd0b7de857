"""No topic of the course is without what it needs, and the README says what each has."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from labs.management.commands.check_topics import README, topics_of, with_table
from labs.quiz.source import QuizSource
from labs.topics import Topic, read_topics, table_of
from lessons.source import read_course
from lessons.toml_table import SourceError

NOTES = "# Rain\n\n## Clouds\n\nWater.\n\n## Puddles\n\nMore water.\n"
COURSE = """
schema = 1
title = "Weather"

[[modules]]
slug = "water"
title = "Water"

[[modules.lessons]]
slug = "above"
title = "Above"
sections = ["rain", "clouds"]

[[modules.lessons]]
slug = "below"
title = "Below"
sections = ["puddles"]
"""


@pytest.fixture(scope="module")
def topics() -> list[Topic]:
    return topics_of(settings.NOTES_DIR / "aws")


def test_each_topic_of_the_course_has_a_lab(topics: list[Topic]) -> None:
    assert [topic.title for topic in topics if topic.is_empty] == []


def test_a_lab_is_in_one_topic(topics: list[Topic]) -> None:
    slugs = [lab.slug for topic in topics for lab in topic.labs]
    assert sorted(slugs) == sorted(path.parent.name for path in catalog())


def catalog() -> list[Path]:
    return list(settings.CATALOG_DIR.glob("*/lab.toml"))


def test_a_topic_may_name_a_lab_that_is_at_home_elsewhere(topics: list[Topic]) -> None:
    of_mfa = next(topic for topic in topics if topic.title == "MFA")
    assert of_mfa.labs_of(3) == ["mfa-or-nothing"]


def test_the_readme_says_what_the_command_writes(topics: list[Topic]) -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_table(text, list(table_of(topics))), "manage.py check_topics --write"


def topics_written(folder: Path, text: str) -> list[tuple[str, tuple[str, ...]]]:
    (folder / "notes.md").write_text(NOTES)
    (folder / "course.toml").write_text(COURSE)
    (folder / "topics.toml").write_text(text)
    course = read_course(folder)
    found = read_topics(folder, course, QuizSource("weather", {}), [])
    return [(topic.title, topic.lessons) for topic in found]


def test_a_topic_is_some_lessons_or_some_sections_of_one(tmp_path: Path) -> None:
    text = """
    [[topics]]
    title = "Sky"
    sections = ["clouds"]
    [[topics]]
    title = "Ground"
    lessons = ["below"]
    sections = ["rain"]
    """
    found = topics_written(tmp_path, text)
    assert found == [("Sky", ("above",)), ("Ground", ("below", "above"))]


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ('lessons = ["beside"]', "there is no lesson “beside”"),
        ('lessons = ["above", "below"]\nsections = ["hail"]', "there is no section “hail”"),
        ('lessons = ["above"]', "“puddles” is in 0 topics"),
        ('lessons = ["above", "below"]\nsections = ["rain"]', "“rain” is in 2 topics"),
        ('lessons = ["above", "below"]\nlabs = ["bucket"]', "there is no lab “bucket”"),
        ('lessons = ["above", "below"]\nlevel = 1', "unknown key"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, topic: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        topics_written(tmp_path, f'[[topics]]\ntitle = "All"\n{topic}\n')
