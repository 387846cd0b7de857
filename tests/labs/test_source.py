from __future__ import annotations

from pathlib import Path

import pytest

from labs.grading.errors import SpecError
from labs.source import LabSource, read_catalog, read_lab
from tests.labs.folders import LAB_TOML, LabFolder, with_line


def test_a_folder_is_read(lab_folder: LabFolder) -> None:
    lab = read_lab(lab_folder())
    assert (lab.slug, lab.kind, lab.difficulty, lab.sections) == (
        "say-it",
        "words",
        2,
        ("policy-structure",),
    )
    assert lab.wrong == {"silent.txt": ("words.missing",)}
    assert len(lab.content_hash) == 64


def test_values_are_put_in_everywhere(lab_folder: LabFolder) -> None:
    first, second = read_lab(lab_folder()).variants
    assert (first.brief, first.solution, first.hints) == (
        "Say allow and **read**.",
        "allow read",
        ("Say read.",),
    )
    assert (second.number, second.table) == (1, {"wanted": ["allow", "write"]})
    assert second.files == {"solution.txt": "allow write"}
    assert second.wrong == {"silent.txt": "allow"}


def test_a_lab_without_variants_has_one(lab_folder: LabFolder) -> None:
    toml = LAB_TOML[: LAB_TOML.index("[[variants]]")].replace("<<verb>>", "read")
    right = dict.fromkeys(("right__turned.txt", "right__twice.txt", "right__with-more.txt"))
    folder = lab_folder(lab_toml=toml, brief_md="Say it.", solution_txt="allow read", **right)
    assert [variant.solution for variant in read_lab(folder).variants] == ["allow read"]


def test_every_change_of_a_file_changes_the_hash(lab_folder: LabFolder) -> None:
    before = read_lab(lab_folder()).content_hash
    assert read_lab(lab_folder(explanation_md="Therefore.")).content_hash != before


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"lab_toml": with_line("minutes = 15", "minutes = 0")},
            "say-it: lab.toml: minutes: is 0, not 1 to 600",
        ),
        (
            {"lab_toml": with_line("minutes = 15", 'minutes = "x"')},
            "say-it: lab.toml: minutes: is not a whole number",
        ),
        (
            {"lab_toml": with_line("minutes = 15", "solution_after = 21")},
            "say-it: lab.toml: solution_after: is 21, not 0 to 20",
        ),
        (
            {"lab_toml": with_line('title = "Say it"\n', "")},
            "say-it: lab.toml: title: is missing",
        ),
        (
            {"lab_toml": with_line("schema = 1", "schema = 2")},
            "say-it: lab.toml: schema: this portal reads schema 1",
        ),
        (
            {"lab_toml": with_line('"words"', '"word"')},
            "say-it: lab.toml: kind: is “word”, not one of ",
        ),
        (
            {"lab_toml": with_line("minutes = 15", "hours = 15")},
            "say-it: lab.toml: hours: unknown key; known are ",
        ),
        (
            {"lab_toml": with_line("wanted =", "wnated =")},
            "say-it: lab.toml: unknown key 'wnated' in [spec]",
        ),
        (
            {"lab_toml": with_line('verb = "write"', 'noun = "write"')},
            "say-it: lab.toml: [[variants]] number 2: noun is",
        ),
        (
            {"lab_toml": with_line('verb = "write"', "verb = 1.5")},
            "say-it: lab.toml: [[variants]] number 2: values are",
        ),
        (
            {"lab_toml": with_line("[[hints]]\n", "[[hints]]\ncost = 5\n")},
            "say-it: lab.toml: hints[1].cost: unknown key",
        ),
        ({"lab_toml": "schema = "}, "say-it: lab.toml: Invalid value (at end of document)"),
        ({"brief_md": "Say <<noun>>."}, "say-it: brief.md: <<noun>> has no value in [[variants]]"),
        ({"brief_md": None}, "say-it: brief.md is missing"),
        (
            {"solution_txt": None},
            "say-it: solution.json, .yaml, .sh or .txt: exactly one is needed, 0 are there",
        ),
        (
            {"starter_json": "{}"},
            "say-it: starter.json, .yaml, .sh or .txt: exactly one is needed, 2 are there",
        ),
        (
            {"wrong__silent.txt": None},
            "say-it: lab.toml: [wrong] silent.txt: there is no file wrong/silent.txt",
        ),
        (
            {"wrong__other.txt": "x"},
            "say-it: wrong/other.txt is not mentioned in [wrong] of lab.toml",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_key(
    lab_folder: LabFolder, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(SpecError) as error:
        read_lab(lab_folder(**changes))
    assert str(error.value).startswith(message)


def test_a_shells_here_document_is_no_placeholder(lab_folder: LabFolder) -> None:
    lab = read_lab(lab_folder(explanation_md="cat <<EOF\n<<: *merge\n<<Name>>"))
    assert lab.variants[0].explanation == "cat <<EOF\n<<: *merge\n<<Name>>"


def test_the_catalog_is_read_in_order(lab_folder: LabFolder, tmp_path: Path) -> None:
    lab_folder("b")
    lab_folder("a")
    assert [lab.slug for lab in read_catalog(tmp_path)] == ["a", "b"]


def test_a_folder_without_lab_toml_is_not_overlooked(lab_folder: LabFolder, tmp_path: Path) -> None:
    lab_folder("a", lab_toml=None)
    with pytest.raises(SpecError, match=r"a/lab\.toml is missing"):
        read_catalog(tmp_path)


def test_no_catalog_is_an_empty_one(tmp_path: Path) -> None:
    assert read_catalog(tmp_path / "nowhere") == []


def test_a_source_cannot_be_changed(lab_folder: LabFolder) -> None:
    lab: LabSource = read_lab(lab_folder())
    with pytest.raises(AttributeError):
        lab.title = "Other"
