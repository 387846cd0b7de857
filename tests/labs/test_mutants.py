"""What `check_labs --mutants` says of a lab whose solution was broken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from labs.grading.mutants import Mutant
from labs.mutants import break_solution
from labs.source import read_lab
from tests.labs.folders import LabFolder
from tests.labs.kinds import Words

SAME = "please allow read\n"


def broken_words(self: Words, text: str) -> Iterator[Mutant]:
    yield Mutant("without allow", "read\n")
    yield Mutant("politely", SAME)
    yield Mutant("unreadable", "allow read!\n")


@pytest.fixture(autouse=True)
def words_can_be_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Words, "mutants", broken_words, raising=False)


def doubts(lab_folder: LabFolder, explanations: str | None = None) -> list[str]:
    folder = lab_folder()
    if explanations is not None:
        (folder / "mutants.toml").write_text(explanations)
    return list(break_solution(read_lab(folder)).doubts())


def test_a_survivor_is_shown_with_its_text(lab_folder: LabFolder) -> None:
    [doubt] = doubts(lab_folder)
    assert doubt.startswith(
        "“politely” scores 100 %: let the lab ask for it, or say in mutants.toml"
    )
    assert doubt.endswith(SAME)


@pytest.mark.parametrize("name", ["politely", "polite*", "*"])
def test_a_survivor_may_be_explained(lab_folder: LabFolder, name: str) -> None:
    said = doubts(lab_folder, f'[right]\n"{name}" = "Manners do not matter."\n')
    assert [one for one in said if one.startswith("“")] == []
    assert (said == []) is (name != "*")


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("without allow", "mutants.toml: “without allow” scores less: nothing to explain"),
        ("unreadable", "mutants.toml: “unreadable” scores less: nothing to explain"),
        ("rudely", "mutants.toml: there is no mutant “rudely”"),
    ],
)
def test_an_explanation_must_be_needed(lab_folder: LabFolder, name: str, doubt: str) -> None:
    explanations = f'[right]\npolitely = "So."\n"{name}" = "So."\n'
    assert doubts(lab_folder, explanations) == [doubt]


def test_the_command_counts_them_and_keeps_to_its_time(
    lab_folder: LabFolder, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = lab_folder()
    settings.CATALOG_DIR = folder.parent
    with pytest.raises(CommandError, match="1 of 1 labs are not fair yet"):
        call_command("check_labs", "--mutants")
    assert "say-it (3 mutants, 1 at 100 %, 0 of them proved equal, " in capsys.readouterr().out
    (folder / "mutants.toml").write_text('[right]\npolitely = "Manners do not matter."\n')
    call_command("check_labs", "--mutants", "--seconds", "60")
    with pytest.raises(CommandError, match=r"it took 0 s; 0 are allowed"):
        call_command("check_labs", "--mutants", "--seconds", "0.000001")
