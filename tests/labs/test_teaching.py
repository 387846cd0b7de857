"""Labs ask for what was taught, and every finding leads to a place that explains it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from labs.grading.kind import Code
from labs.grading.kinds import KINDS
from labs.models import Lab
from labs.source import LabSource, read_lab
from labs.teaching import named_in, too_early
from lessons.lesson_page import render_lesson
from lessons.source import read_course
from tests.labs.folders import LAB_TOML, LabFolder
from tests.labs.shipped import shipped_labs
from tests.lessons.folders import edited, write_course
from tests.rows import make_lab, make_lesson

COURSE = read_course(Path("lessons/notes/aws"))
LABS = shipped_labs()
CODES = {name: code for kind in KINDS.values() for name, code in kind.CODES.items()}
ENOUGH = 90  # words: below that a place names its subject and does not explain it


@pytest.fixture(scope="module")
def explained() -> dict[str, str]:
    """Section → what one reads there, notes of the portal included."""
    pages = [render_lesson(lesson) for lesson in COURSE.lessons]
    return {slug: text for page in pages for slug, text in page.plain.items()}


@pytest.mark.parametrize("name", sorted(CODES))
def test_every_finding_leads_to_a_place_that_explains_it(name: str, explained) -> None:
    code: Code = CODES[name]
    assert code.section in explained, "a code names the section that teaches it"
    assert len(explained[code.section].split()) >= ENOUGH


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)
def test_what_a_lab_names_is_explained_there(lab: LabSource, explained) -> None:
    led_to = [slug for slug in named_in(lab) if slug not in lab.sections]
    assert [slug for slug in led_to if len(explained[slug].split()) < ENOUGH] == []


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)
def test_a_lab_asks_only_for_what_was_taught_before(lab: LabSource) -> None:
    assert lab.sections
    assert too_early(lab, COURSE) == []


@pytest.mark.parametrize(
    ("sections", "doubts"),
    [
        ('"inbound-rules", "buckets"', []),
        (
            '"buckets", "inbound-rules"',
            ["'inbound-rules' is taught in rules, after the lab's lesson buckets"],
        ),
        ('"buckets", "cellar"', ["the course has no section 'cellar'"]),
        ("", []),
    ],
)
def test_a_lab_that_comes_too_early_is_told(
    sections: str, doubts: list[str], tmp_path: Path, lab_folder: LabFolder
) -> None:
    text = edited(LAB_TOML, ('"policy-structure"', sections))
    lab = read_lab(lab_folder(lab_toml=text))
    assert too_early(lab, read_course(write_course(tmp_path / "notes"))) == doubts


def test_what_a_finding_leads_to_counts_as_well(tmp_path: Path) -> None:
    [lab] = [one for one in LABS if one.slug == "deny-wins"]
    assert "how-a-request-is-decided" in named_in(lab)
    assert too_early(lab, None) == []
    missing = [f"the course has no section {slug!r}" for slug in named_in(lab)]
    assert too_early(lab, read_course(write_course(tmp_path))) == missing


def test_the_command_refuses_a_lab_that_comes_too_early(
    tmp_path: Path, settings, lab_folder: LabFolder, capsys
) -> None:
    text = edited(
        LAB_TOML,
        ('"policy-structure"', '"buckets", "inbound-rules"'),
        ('course = "aws"', 'course = "small"'),
    )
    settings.CATALOG_DIR = lab_folder(lab_toml=text).parent
    settings.NOTES_DIR = tmp_path / ".notes"
    write_course(settings.NOTES_DIR)
    with pytest.raises(CommandError, match="1 of 1 labs are not fair yet"):
        call_command("check_labs")
    assert "after the lab's lesson buckets" in capsys.readouterr().out


def test_a_labs_page_leads_to_all_that_it_asks_for_its_home_first(lea, lab, client) -> None:
    course = lab.course
    other = make_lesson(course.modules.first(), "before", ["what-came-before"])
    lab.sections.add(other.sections.get())
    client.force_login(lea)
    page = client.get(lab.get_absolute_url()).content.decode()
    head = page.partition("Read first:")[2].partition("</header>")[0]
    assert re.findall(r'href="([^"]+)"', head) == [
        lab.home.get_absolute_url(),
        other.sections.get().get_absolute_url(),
    ]


def test_the_labs_of_a_lesson_stand_by_difficulty_and_only_where_they_are_at_home(
    lea, lab, client
) -> None:
    easy = make_lab(lab.course, "easy", kind="words", section="policy-structure", difficulty=1)
    elsewhere = make_lesson(lab.home.lesson.module, "after", ["what-comes-after"])
    lab.sections.add(elsewhere.sections.get())
    Lab.objects.filter(pk=lab.pk).update(difficulty=3)
    client.force_login(lea)
    here = client.get(lab.home.lesson.get_absolute_url()).content.decode()
    labs = re.findall(r'href="/labs/([\w-]+)/"', here.partition('id="lesson-labs"')[2])
    assert labs == [easy.slug, lab.slug]
    there = client.get(elsewhere.get_absolute_url()).content.decode()
    assert "lesson-labs" not in there
