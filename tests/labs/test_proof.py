from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from labs.proof import prove
from labs.source import read_lab
from tests.labs.folders import LAB_TOML, LabFolder, with_line


def doubts(folder: Path) -> list[str]:
    return [str(doubt) for doubt in prove(read_lab(folder))]


def test_a_fair_lab_is_proved(lab_folder: LabFolder) -> None:
    assert doubts(lab_folder()) == []


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        (
            {"solution_txt": "allow"},
            "variant 1, solution: failed words.missing: The word read is said.",
        ),
        (
            {"solution_txt": "allow!"},
            "variant 1, solution: cannot be checked: line 1, column 6: An exclamation mark",
        ),
        (
            {"solution_txt": "allow <<verb>> " + "and " * 20},
            "variant 1, solution: advice words.long: Use fewer words.",
        ),
        ({"starter_txt": "allow <<verb>>"}, "variant 1, starter: passes"),
        (
            {"wrong__silent.txt": "allow <<verb>>"},
            "variant 1, wrong/silent.txt: scores 100 %, though it is wrong",
        ),
        ({"wrong__silent.txt": "allow!"}, "variant 1, wrong/silent.txt: cannot be checked: line 1"),
        (
            {"lab_toml": with_line('["words.missing"]', '["words.long"]')},
            "variant 1, wrong/silent.txt: does not raise words.long (it raises words.missing)",
        ),
        (
            {"lab_toml": with_line('["words.missing"]', '["words.odd"]')},
            "variant 1, wrong/silent.txt: the kind has no code words.odd",
        ),
        (
            {"lab_toml": with_line('["words.missing"]', "[]")},
            "variant 1, wrong/silent.txt: no code is named that it must raise",
        ),
        (
            {
                "lab_toml": with_line('"silent.txt" = ["words.missing"]\n', ""),
                "wrong__silent.txt": None,
            },
            "variant 1, wrong/: there is no wrong answer",
        ),
        (
            {"right__twice.txt": None},
            "variant 1, right/: has 2 right answers that look different from the solution; 3 are",
        ),
        (
            {"right__twice.txt": "<<verb>>"},
            "variant 1, right/twice.txt: is right and scores 50 %: words.missing: The word",
        ),
        (
            {"lab_toml": with_line('wanted = ["allow", "<<verb>>"]', "wanted = []")},
            "variant 1, solution: nothing is",
        ),
    ],
)
def test_what_speaks_against_a_lab_is_said(
    lab_folder: LabFolder, changes: dict[str, str], doubt: str
) -> None:
    assert doubts(lab_folder(**changes))[0].startswith(doubt)


def test_every_variant_is_proved(lab_folder: LabFolder) -> None:
    said = doubts(lab_folder(solution_txt="allow read"))
    assert said == ["variant 2, solution: failed words.missing: The word write is said."]


def test_the_command_says_what_it_proved(
    lab_folder: LabFolder, tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CATALOG_DIR = tmp_path
    settings.NOTES_DIR = tmp_path  # no course to compare with
    lab_folder()
    call_command("check_labs")
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("ok        say-it (words: 2 variants, 1 wrong answers, 4 points, ")
    assert last == "1 labs, all proved"


def test_the_command_fails_when_one_lab_is_unfair(
    lab_folder: LabFolder, tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CATALOG_DIR = settings.NOTES_DIR = tmp_path
    lab_folder("fair")
    lab_folder("unfair", starter_txt="allow <<verb>>")
    with pytest.raises(CommandError, match="1 of 2 labs are not fair yet") as error:
        call_command("check_labs")
    assert error.value.returncode == 1
    assert "variant 1, starter: passes" in capsys.readouterr().out


def test_the_command_names_a_lab_that_cannot_be_read(
    lab_folder: LabFolder, tmp_path: Path, settings: object
) -> None:
    settings.CATALOG_DIR = tmp_path
    lab_folder(lab_toml=LAB_TOML + "odd = 1\n")
    with pytest.raises(CommandError, match=r"say-it: lab\.toml: "):
        call_command("check_labs", "say-it")
    with pytest.raises(CommandError, match=r"lab.toml is missing"):
        call_command("check_labs", "no-such-lab")
