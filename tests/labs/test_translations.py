"""A lab's folder with a translation beside it: what is read of it, and what is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command

from labs.grading.errors import SpecError
from labs.grading.kind import Worded
from labs.grading.kinds import KINDS
from labs.originals import read_original, texts_at, toml_in, words_in
from labs.rules import rules_of
from labs.source import LabSource, TranslatedLab, put_in, read_lab
from labs.translations import read_with_translations
from tests.labs.german import GERMAN, ORIGINAL, edited, write_german, write_original
from tests.labs.kinds import Words
from tests.labs.shipped import shipped_labs_with_translations

CATALOG = Path(project.CATALOG_DIR)


def german(folder: Path) -> TranslatedLab:
    [found] = read_with_translations(folder).translations
    return found


def test_a_translation_is_read_with_its_values_put_in(tmp_path: Path) -> None:
    found = german(write_german(tmp_path))
    assert (found.language, found.title, found.summary) == ("de", "Sag es", "Sag zwei Wörter.")
    assert found.objectives == ("Sprechen.",)
    assert (found.is_behind, found.left_out) == (False, ())
    first, second = found.variants
    assert first.brief == "Sag allow und **read** zu Hause."
    assert second.brief == "Sag allow und **write** im Ausland."
    assert (second.explanation, second.hints) == ("Darum.", ("Sag write.",))
    assert second.words == {
        "It says allow": "Es sagt allow",
        "Nothing is allowed by itself.": "Von selbst ist nichts erlaubt.",
        "It says write": "Es sagt write",
        "Who wants to write has to say so.": "Wer write will, muss es sagen.",
    }


def told_by_word(
    folder: Path, *, original: str, german: str, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The lab with a table of texts in each row of `told`."""
    monkeypatch.setattr(Words, "TEXTS", {"told": ("name", "not")})
    why = 'why = "Nothing is allowed by itself."\n'
    lab = edited(ORIGINAL, (why, f"[spec.told.not]\n{original}\n"))
    lab = edited(lab, ('why = "Who wants to <<verb>> has to say so."\n', ""))
    said = edited(
        GERMAN, ('why = "Von selbst ist nichts erlaubt."\n', f"[spec.told.not]\n{german}\n")
    )
    said = edited(said, ('why = "Wer <<verb>> will, muss es sagen."\n', ""))
    return write_german(folder, lab_toml=lab, lab_de_toml=said)


def test_a_text_may_be_a_table_of_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = told_by_word(
        tmp_path,
        original='deny = "Nobody <<verb>>s."\nread = "No."',
        german='deny = "Niemand <<verb>>t."',
        monkeypatch=monkeypatch,
    )
    assert german(folder).variants[1].words == {
        "It says allow": "Es sagt allow",
        "Nobody writes.": "Niemand writet.",
        "It says write": "Es sagt write",
    }


def test_a_row_without_its_first_text_goes_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Words, "TEXTS", {"told": ("more", "name", "why")})
    folder = write_german(
        tmp_path,
        lab_toml=edited(
            ORIGINAL, ('name = "It says allow"', 'name = "It says allow"\nmore = "It"')
        ),
        lab_de_toml=edited(GERMAN, ('of = "It says allow"', 'of = "It"')),
    )
    assert german(folder).variants[1].words["It says write"] == "Es sagt write"


@pytest.mark.parametrize(
    ("german_table", "message"),
    [
        ('sing = "Nein."', "lab.de.toml: spec.told[1].not: the original has none"),
        ('deny = "Niemand <<wort>>t."', "lab.de.toml: spec.told[1].not: <<wort>> has no value"),
        ("deny = 1", "lab.de.toml: spec.told[1].not.deny: is not text"),
    ],
)
def test_a_slip_in_a_table_of_texts_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, german_table: str, message: str
) -> None:
    folder = told_by_word(
        tmp_path, original='deny = "Nobody."', german=german_table, monkeypatch=monkeypatch
    )
    with pytest.raises(SpecError) as error:
        read_with_translations(folder)
    assert str(error.value).startswith(f"say-it: {message}")


def test_what_nobody_translated_is_left_to_the_original(tmp_path: Path) -> None:
    toml = GERMAN[: GERMAN.index("objectives")]
    found = german(write_german(tmp_path, lab_de_toml=toml, explanation_de_md=None))
    assert (found.title, found.objectives, found.is_behind) == ("Sag es", (), False)
    first = found.variants[0]
    assert first.brief == "Sag allow und **read** at home."
    assert (first.explanation, first.hints, first.words) == ("", (), {})


def test_nothing_is_judged_by_a_translation(tmp_path: Path) -> None:
    """Not even another version of the lab is made of it: no verdict is given anew."""
    before = read_lab(write_original(tmp_path))
    translated = read_with_translations(write_german(tmp_path))
    assert replace(translated, translations=()) == before
    assert translated.content_hash == before.content_hash
    assert rules_of("words", translated.variants) == rules_of("words", before.variants)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('title = "Sag es"\n', ""), "lab.de.toml: title: is missing"),
        (('summary = "Sag zwei Wörter."\n', ""), "lab.de.toml: summary: is missing"),
        (('of = "OF"\n', ""), "lab.de.toml: of: is missing"),
        (("title =", "tilte ="), "lab.de.toml: title: is missing"),
        (("objectives =", "solution_after = 1\nobjectives ="), "lab.de.toml: solution_after: unkn"),
        (
            ('["Sprechen."]', '["Sprechen.", "Hören."]'),
            "lab.de.toml: objectives: there are 2; the original has 1, in its order",
        ),
        (
            ("[[hints]]", '[[hints]]\ntext = "Mehr."\n[[hints]]'),
            "lab.de.toml: hints: there are 2; the original has 1, in its order",
        ),
        (('"Sag <<verb>>."', '"Sag <<wort>>."'), "lab.de.toml: hints: <<wort>> has no value"),
        (
            ('of = "It says allow"', 'of = "It says deny"'),
            "lab.de.toml: spec.told[1].of: no name of the original is “It says deny”",
        ),
        (
            ('name = "Es sagt allow"', 'name = "Es sagt allow"\nword = "deny"'),
            "lab.de.toml: spec.told[1].word: unknown key; known are name, of, why",
        ),
        (
            ('name = "Es sagt allow"', 'name = "Es sagt <<wort>>"'),
            "lab.de.toml: spec.told[1].name: <<wort>> has no value",
        ),
        (("[[spec.told]]", "[spec]\nwanted = []\n[[spec.told]]"), "lab.de.toml: spec.wanted: unkn"),
        (
            ('place = "zu Hause"', 'place = "zu Hause"\nverb = "lesen"'),
            "lab.de.toml: variants[1].verb: answers are judged by it",
        ),
        (
            ('place = "zu Hause"', 'ort = "zu Hause"'),
            "lab.de.toml: variants[1].ort: the original has no such value",
        ),
        (
            ('[[variants]]\nplace = "im Ausland"\n', ""),
            "lab.de.toml: variants: there are 1; the original has 2, in its order",
        ),
    ],
)
def test_a_slip_is_named_with_file_and_key(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    folder = write_german(tmp_path, lab_de_toml=edited(GERMAN, change))
    with pytest.raises(SpecError) as error:
        read_with_translations(folder)
    assert str(error.value).startswith(f"say-it: {message}")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("brief.de.md", "Sag <<wort>>.", "brief.de.md: <<wort>> has no value in [[variants]]"),
        ("lab.de.toml", "of = ", "lab.de.toml: Invalid value"),
        ("lab.de.toml", None, "lab.de.toml is missing: it says which words were translated"),
        ("brief.fr.md", "Dis-le.", "brief.fr.md: there is no such language here; there is de"),
        ("lab.en.toml", "of = ''", "lab.en.toml: there is no such language here; there is de"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, text: str | None, message: str
) -> None:
    folder = write_german(tmp_path)
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text)
    with pytest.raises(SpecError) as error:
        read_with_translations(folder)
    assert str(error.value).startswith(f"say-it: {message}")


def test_a_translation_behind_its_original_is_known(tmp_path: Path) -> None:
    folder = write_german(tmp_path)
    write_original(tmp_path, brief_md="Say it aloud, <<place>>.")
    found = german(folder)
    assert (found.is_behind, found.left_out) == (True, ())
    assert found.variants[0].brief == "Sag allow und **read** zu Hause."


def test_no_author_is_stopped_by_a_translation(tmp_path: Path) -> None:
    """Of what the original has no longer, the rest stays translated."""
    folder = write_german(tmp_path)
    more = edited(
        ORIGINAL,
        ('name = "It says allow"', 'name = "It allows"'),
        ("[[hints]]", '[[hints]]\ntext = "Speak."\n[[hints]]'),
        ('place = "at home"', ""),
        ('place = "abroad"', ""),
    )
    write_original(tmp_path, lab_toml=more, brief_md="Say <<verb>>.")
    found = german(folder)
    assert found.is_behind
    assert found.left_out == (
        "brief.de.md: <<place>> has no value in [[variants]]",
        "lab.de.toml: hints: there are 1; the original has 2, in its order",
        "lab.de.toml: spec.told[1].of: no name of the original is “It says allow”",
        "lab.de.toml: variants[1].place: the original has no such value",
    )
    first = found.variants[0]
    assert (first.brief, first.hints, first.explanation) == ("", (), "Darum.")
    assert first.words["It says read"] == "Es sagt read"
    assert "It allows" not in first.words


def test_the_command_says_what_is_to_be_done(
    tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CATALOG_DIR = settings.NOTES_DIR = tmp_path
    folder = write_german(tmp_path)
    call_command("check_labs")
    assert len(capsys.readouterr().out.splitlines()) == 2
    renamed = edited(ORIGINAL, ('name = "It says allow"', 'name = "It allows"'))
    write_original(tmp_path, lab_toml=renamed)
    call_command("check_labs")
    _lab, behind, left_out, last = capsys.readouterr().out.splitlines()
    assert behind.strip() == f'de: behind the original (then of = "{words_in(folder)}")'
    assert left_out.strip() == (
        "de: English until then: lab.de.toml: spec.told[1].of: "
        "no name of the original is “It says allow”"
    )
    assert last == "1 labs, all proved"


# --- The catalogue --------------------------------------------------------------------------------


LABS = {lab.slug: lab for lab in shipped_labs_with_translations()}
TRANSLATED = [lab for lab in LABS.values() if lab.translations]


def test_three_labs_are_german() -> None:
    assert {"read-one-bucket", "deny-wins", "let-the-web-in"} <= {one.slug for one in TRANSLATED}


@pytest.mark.parametrize("lab", TRANSLATED, ids=lambda lab: lab.slug)
def test_what_is_translated_is_whole_and_up_to_date(lab: LabSource) -> None:
    [found] = lab.translations
    assert (found.is_behind, found.left_out) == (False, ())
    assert len(found.objectives) == len(lab.objectives)
    original = read_original(CATALOG / lab.slug, lab)
    texts = {
        text
        for name, rows in original.rows.items()
        for row in rows
        for key in original.texts[name]
        for text in texts_at(row, key).values()
    }
    for variant, values in zip(found.variants, original.values, strict=True):
        assert variant.brief
        assert variant.explanation
        assert len(variant.hints) == len(original.hints)
        assert set(variant.words) == {put_in(text, values, "") for text in texts - {""}}


@pytest.mark.parametrize("lab", LABS.values(), ids=lambda lab: lab.slug)
def test_every_reason_of_a_lab_can_be_translated(lab: LabSource) -> None:
    """A kind says which texts its [spec] holds; a list that it forgot stays English for ever."""
    kind = KINDS[lab.kind]
    assert isinstance(kind, Worded)
    spec = toml_in(CATALOG / lab.slug, "lab.toml").mapping("spec")
    lists = {name for name, rows in spec.items() if isinstance(rows, list)}
    with_why = {name for name in lists if any("why" in row for row in spec[name])}
    assert {name for name in with_why if "why" in kind.TEXTS.get(name, ())} == with_why
