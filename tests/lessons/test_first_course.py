"""Any Markdown becomes a course that can be planned and read, and nothing of it is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lessons.models import Lesson
from lessons.source import CourseSource, read_course

WORDS = "Ten words make a line that one can read twice. " * 20  # 200 words
ONE_H1 = "# Cooking\nHow to.\n## Knives\nHold them.\n### Sharp ones\nMind.\n## Pots\nFill them.\n"
SETEXT = "Cooking\n=======\nHow to.\n\nKnives\n------\nHold them.\n\nPots\n----\nFill them.\n"
MATTER = '---\ntitle: "Cooking: the art"\ntags: [food]\n---\n'
TABLE = "## Heat\n| what | how |\n|---|---|\n| egg | 7 min |\n\n## Cold\n- [x] wash\n- [ ] dry\n"
NESTED = "## Lists\n- one\n  - two\n    - three\n      1. four\n\n## More\nWords.\n"
HTML = '## Boxes\n<details><summary>More</summary>\n\n<script>alert("x")</script>\n\n</details>\n'
LONG = "# Book\n" + "".join(
    f"## Part {part}\n" + "".join(f"### Chapter {part}-{one}\n{WORDS}\n\n" for one in range(10))
    for part in range(4)
)
LINES_5000 = "# All\n" + "".join(f"## Heading {n}\n" + "A line.\n" * 49 for n in range(100))


def imported(tmp_path: Path, settings: Any, *paths: Path) -> CourseSource:
    """As the command makes it, and it can be planned, applied and read."""
    settings.NOTES_DIR, settings.CATALOG_DIR = tmp_path / "notes", tmp_path / "catalog"
    settings.CATALOG_DIR.mkdir()
    folder = settings.NOTES_DIR / "cooking"
    call_command("import_notes", *map(str, paths), to=folder)
    call_command("check_notes", "cooking")
    call_command("sync_content", "--apply")
    course = read_course(folder)
    assert Lesson.objects.live().count() == len(course.lessons)
    assert all(lesson.html for lesson in Lesson.objects.all())
    return course


def written(tmp_path: Path, text: str, name: str = "cooking-notes.md") -> Path:
    file = tmp_path / "given" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def shape(course: CourseSource) -> dict[str, dict[str, list[str]]]:
    return {
        module.title: {
            lesson.title: [one.heading.title for one in lesson.sections]
            for lesson in module.lessons
        }
        for module in course.modules
    }


IN_TWO = {"Cooking": {"Knives": ["Cooking", "Knives"], "Pots": ["Pots"]}}


@pytest.mark.parametrize(
    ("text", "arranged"),
    [
        pytest.param(
            ONE_H1,
            {"Cooking": {"Knives": ["Cooking", "Knives", "Sharp ones"], "Pots": ["Pots"]}},
            id="one H1",
        ),
        pytest.param(
            "# Cooking\nHow to.\n", {"Cooking": {"Cooking": ["Cooking"]}}, id="one H1 and no more"
        ),
        pytest.param(
            "## Knives\nHold them.\n## Pots\nFill them.\n",
            {"Cooking notes": {"Knives": ["Knives"], "Pots": ["Pots"]}},
            id="only H2s",
        ),
        pytest.param(SETEXT, IN_TWO, id="setext headings"),
        pytest.param(
            MATTER + "## Knives\nHold them.\n## Pots\nFill them.\n",
            {"Cooking: the art": {"Knives": ["Knives"], "Pots": ["Pots"]}},
            id="front matter",
        ),
        pytest.param(
            '+++\ntitle = "Cooking"\n+++\nHow to.\n## Knives\nx\n## Pots\nx\n',
            IN_TWO,
            id="front matter in TOML, and words above the first heading",
        ),
        pytest.param(
            TABLE, {"Cooking notes": {"Heat": ["Heat"], "Cold": ["Cold"]}}, id="tables and tasks"
        ),
        pytest.param(
            NESTED, {"Cooking notes": {"Lists": ["Lists"], "More": ["More"]}}, id="nested lists"
        ),
        pytest.param(HTML, {"Boxes": {"Boxes": ["Boxes"]}}, id="HTML"),
        pytest.param(
            "No heading at all.\n",
            {"Cooking notes": {"Cooking notes": ["Cooking notes"]}},
            id="none",
        ),
        pytest.param(
            "# A\nx\n#### B\nx\n## B\nx\n# C\nx\n",
            {"Cooking notes": {"A": ["A", "B", "B"], "C": ["C"]}},
            id="levels that jump, titles that repeat",
        ),
        pytest.param(
            '# Say "no"\\\\\nx\n', {'Say "no"\\\\': {'Say "no"\\\\': ['Say "no"\\\\']}}, id="quotes"
        ),
        pytest.param(
            "# 料理\nx\n## 包丁\nx\n## 鍋\nx\n",
            {"料理": {"包丁": ["料理", "包丁"], "鍋": ["鍋"]}},
            id="no Latin letters",
        ),
        pytest.param(
            "## Code\n```sh\n# no heading\n## Last",
            {"Code": {"Code": ["Code"]}},
            id="open fence",
        ),
    ],
)
@pytest.mark.django_db
def test_every_form_becomes_a_course(
    tmp_path: Path, settings: Any, text: str, arranged: dict[str, Any]
) -> None:
    course = imported(tmp_path, settings, written(tmp_path, text))
    assert shape(course) == arranged


@pytest.mark.django_db
def test_a_long_file_has_modules(tmp_path: Path, settings: Any) -> None:
    course = imported(tmp_path, settings, written(tmp_path, LONG))
    assert course.title == "Book"
    assert [(one.title, len(one.lessons)) for one in course.modules] == [
        (f"Part {part}", 10) for part in range(4)
    ]
    first = course.lessons[0]
    assert [one.heading.title for one in first.sections] == ["Book", "Part 0", "Chapter 0-0"]


@pytest.mark.django_db
def test_5000_lines_are_a_course(tmp_path: Path, settings: Any) -> None:
    course = imported(tmp_path, settings, written(tmp_path, LINES_5000))
    assert len(course.lessons) == 100


@pytest.mark.django_db
def test_short_files_of_a_folder_are_a_lesson_each_in_modules_of_its_folders(
    tmp_path: Path, settings: Any
) -> None:
    for name, text in {
        "01-knives.md": "---\ntitle: All knives\n---\nHold them.\n\n## Sharp\nMind.\n",
        "02-pots.md": "# Pots\nFill them.\n```\nopen",
        "meat/01-beef.md": "# Beef\nBig.\n",
        "meat/02-fish.markdown": "# Fish\nWet.\n## Sharp\nBones.\n",
        "meat/picture.png": "no Markdown",
        ".hidden/secret.md": "# Secret\nx\n",
    }.items():
        written(tmp_path, text, f"kitchen/{name}")
    course = imported(tmp_path, settings, tmp_path / "given" / "kitchen")
    assert course.title == "Kitchen"
    assert shape(course) == {
        "Kitchen": {"All knives": ["All knives", "Sharp"], "Pots": ["Pots"]},
        "Meat": {"Beef": ["Beef"], "Fish": ["Fish", "Sharp"]},
    }


@pytest.mark.django_db
def test_long_files_are_a_module_each(tmp_path: Path, settings: Any) -> None:
    for part in "ab":
        text = f"# Part {part}\n" + "".join(f"## {part}{n}\n{WORDS}\n" for n in range(12))
        written(tmp_path, text, f"{part}.md")
    course = imported(tmp_path, settings, *sorted((tmp_path / "given").iterdir()))
    assert [(one.title, len(one.lessons)) for one in course.modules] == [
        ("Part a", 12),
        ("Part b", 12),
    ]


@pytest.mark.django_db
def test_what_is_dangerous_is_no_longer_on_the_page(tmp_path: Path, settings: Any) -> None:
    imported(tmp_path, settings, written(tmp_path, HTML))
    assert "<script" not in Lesson.objects.get().html


# --- The command ----------------------------------------------------------------------------------


def run(tmp_path: Path, text: str, to: str = "cooking") -> None:
    call_command("import_notes", str(written(tmp_path, text)), to=tmp_path / to)


@pytest.mark.parametrize("there", ["notes.md", "course.toml"])
def test_it_writes_over_nothing(tmp_path: Path, there: str) -> None:
    (tmp_path / "cooking").mkdir()
    (tmp_path / "cooking" / there).write_text("mine")
    with pytest.raises(CommandError, match="is there already; nothing was written"):
        run(tmp_path, ONE_H1)
    assert [one.name for one in (tmp_path / "cooking").iterdir()] == [there]
    assert (tmp_path / "cooking" / there).read_text() == "mine"


def test_it_says_what_it_made_and_what_comes_next(
    tmp_path: Path, settings: Any, capsys: Any
) -> None:
    settings.NOTES_DIR = tmp_path
    run(tmp_path, ONE_H1 + "![a pot](pot.png) ![far](https://example.com/a.png)\n")
    said = capsys.readouterr().out.replace(str(tmp_path), "")
    for words in (
        "/cooking: “Cooking”, 1 modules, 2 lessons, 4 headings, each in exactly one lesson.",
        "1 pictures lie beside the notes and are not brought along",
        "pot.png",
        "manage.py check_notes cooking",
        "manage.py sync_content --apply",
    ):
        assert words in said


def test_a_folder_elsewhere_is_to_be_moved(tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.NOTES_DIR = tmp_path / "notes"
    run(tmp_path, ONE_H1)
    assert f"move the folder into {tmp_path}/notes" in capsys.readouterr().out


def test_the_folders_name_has_to_be_an_address(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="call it 'my-cooking'"):
        run(tmp_path, ONE_H1, to="My Cooking")


def test_a_heading_that_cannot_be_used_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cooking-notes\.md, line 6: a heading without words"):
        run(tmp_path, MATTER + "# Fine\n##\n")
    assert not (tmp_path / "cooking").exists()


def test_a_folder_without_markdown_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No Markdown there"):
        call_command("import_notes", str(tmp_path), to=tmp_path / "cooking")


def test_one_course_takes_one_file(tmp_path: Path, settings: Any) -> None:
    settings.NOTES_DIR = tmp_path
    with pytest.raises(CommandError, match="--to makes a course of several"):
        call_command("import_notes", "a.md", "b.md", course="aws")


def test_damage_is_repaired_on_the_way(tmp_path: Path, settings: Any) -> None:
    broken = "It’s café.".encode().decode("mac_roman")
    run(tmp_path, f"# Words\n{broken}\n")
    assert "It’s café." in (tmp_path / "cooking" / "notes.md").read_text(encoding="utf-8")
