"""Repairing UTF-8 that was read as Mac Roman, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.importer import DecodingError, Verdict, import_notes
from lessons.outline import outline

DAMAGED = Path("tests/fixtures/notes/aws-notes-damaged.txt")
NOTES = Path("lessons/notes/aws/notes.md")


def damage(text: str) -> str:
    return text.encode("utf-8").decode("mac_roman")


def test_the_real_notes_are_repaired_exactly():
    damaged = DAMAGED.read_bytes()
    imported = import_notes(damaged)
    assert imported.verdict is Verdict.DAMAGED
    assert imported.text == damaged.decode("utf-8").encode("mac_roman").decode("utf-8")
    assert imported.text.encode() == NOTES.read_bytes()


def test_the_real_notes_have_the_counted_size():
    text = import_notes(DAMAGED.read_bytes()).text
    counts = len(text), text.count("\n"), len(outline(text)), text.count("<img")
    assert counts == (56_295, 1_161, 131, 41)


def test_no_damage_is_left():
    text = NOTES.read_text(encoding="utf-8")
    assert [piece for piece in ("‚Ä", "√", "\uf8ff", "¬", "â€", "�") if piece in text] == []


def test_repaired_notes_are_left_alone():
    once = import_notes(NOTES.read_bytes())
    assert (once.verdict, once.repaired) == (Verdict.INTACT, 0)
    assert once.text.encode() == NOTES.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "Plain words.",
        "",
        "Don’t “quote” – or do… 🌍",
        "école, Zürich, ñandú",
        "“Über” alles, “Äpfel” – and others",
        "naïve “é” and —é",
        "\ufeffA mark at the start, CRLF\r\nand a tab\t",
        "日本語のノート",
        "Привет, мир",
        "√2 ≈ 1.41",
    ],
)
def test_a_text_that_is_right_is_untouched_byte_for_byte(text):
    imported = import_notes(text.encode())
    assert (imported.verdict, imported.text) == (Verdict.INTACT, text)


@pytest.mark.parametrize(
    "text", ["Don’t", "one 🌍 two", "café", "§ 5", "日本語 – “x”", "Привет, „мир“…"]
)
def test_a_damaged_text_is_repaired(text):
    imported = import_notes(damage(text).encode())
    assert (imported.verdict, imported.text) == (Verdict.DAMAGED, text)


def test_a_mixed_text_is_refused_with_line_and_column():
    text = f"# Title\n{damage('Don’t')} stop\nZürich is right\n"
    with pytest.raises(DecodingError) as caught:
        import_notes(text.encode())
    assert (caught.value.line, caught.value.column) == (3, 2)
    assert "line 2, column 4" in str(caught.value)


def test_a_text_of_one_doubtful_place_is_refused_until_the_author_decides():
    text = "—é"  # right as it is, or the Cyrillic letter ю read as Mac Roman
    with pytest.raises(DecodingError, match=r"line 1, column 1: .*--decoding"):
        import_notes(text.encode())
    assert import_notes(text.encode(), decoding="utf-8").text == text
    assert import_notes(text.encode(), decoding="mac-roman").text == "ю"


def test_the_authors_word_does_not_make_the_impossible_possible():
    with pytest.raises(DecodingError, match="line 2, column 3: '日' cannot come from Mac Roman"):
        import_notes("one\ntw日".encode(), decoding="mac-roman")
    with pytest.raises(DecodingError, match="line 2, column 3: 'ü' is no part"):
        import_notes("one\ntwü".encode(), decoding="mac-roman")


def test_bytes_that_are_no_utf_8_are_refused_with_line_and_column():
    with pytest.raises(DecodingError, match="line 2, column 4: byte 0xe9 is not UTF-8"):
        import_notes(b"one\ncaf\xe9\n")


def test_importing_twice_changes_nothing(tmp_path, settings, capsys):
    settings.NOTES_DIR = tmp_path
    for _ in range(2):
        call_command("import_notes", str(DAMAGED), course="aws")
    said = capsys.readouterr().out.splitlines()
    assert [line.replace(str(tmp_path), "") for line in said] == [
        "aws-notes-damaged.txt is UTF-8 that was read as Mac Roman: 129 characters repaired.",
        "/aws/notes.md: 56,295 characters, 1,161 lines, 131 headings.",
        "aws-notes-damaged.txt is UTF-8 that was read as Mac Roman: 129 characters repaired.",
        "/aws/notes.md is the same already: nothing to do.",
    ]
    assert (tmp_path / "aws" / "notes.md").read_bytes() == NOTES.read_bytes()


def test_the_command_says_which_file_cannot_be_read(tmp_path, settings):
    settings.NOTES_DIR = tmp_path
    with pytest.raises(CommandError, match=r"nowhere\.txt: No such file"):
        call_command("import_notes", str(tmp_path / "nowhere.txt"), course="aws")
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    with pytest.raises(CommandError, match=r"bad\.txt, line 1, column 1"):
        call_command("import_notes", str(tmp_path / "bad.txt"), course="aws")
