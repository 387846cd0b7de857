"""The lab of `folders.py` with texts in its [spec], and all of it in German."""

from __future__ import annotations

from pathlib import Path

from labs.originals import words_in
from tests.labs.folders import LAB_TOML, write_folder

ORIGINAL = LAB_TOML.replace(
    "[[hints]]",
    """[[spec.told]]
word = "allow"
name = "It says allow"
why = "Nothing is allowed by itself."

[[spec.told]]
word = "<<verb>>"
name = "It says <<verb>>"
why = "Who wants to <<verb>> has to say so."

[[hints]]""",
    1,
).replace('verb = "read"', 'verb = "read"\nplace = "at home"', 1)
ORIGINAL = ORIGINAL.replace('verb = "write"', 'verb = "write"\nplace = "abroad"', 1)
BRIEF = "Say allow and **<<verb>>** <<place>>."
GERMAN = """\
of = "OF"
title = "Sag es"
summary = "Sag zwei Wörter."
objectives = ["Sprechen."]

[[spec.told]]
of = "It says allow"
name = "Es sagt allow"
why = "Von selbst ist nichts erlaubt."

[[spec.told]]
of = "It says <<verb>>"
name = "Es sagt <<verb>>"
why = "Wer <<verb>> will, muss es sagen."

[[hints]]
text = "Sag <<verb>>."

[[variants]]
place = "zu Hause"

[[variants]]
place = "im Ausland"
"""
TEXTS = {
    "lab.de.toml": GERMAN,
    "brief.de.md": "Sag allow und **<<verb>>** <<place>>.",
    "explanation.de.md": "Darum.",
}


def write_original(parent: Path, **changes: str | None) -> Path:
    return write_folder(parent, **{"lab_toml": ORIGINAL, "brief_md": BRIEF} | changes)


def write_german(parent: Path, **changes: str | None) -> Path:
    """`lab_de_toml="…"` and `brief_de_md=None` change a file of the translation or leave it out;
    other names are the original's, which goes on before it is translated."""
    names = {name.replace(".", "_"): text for name, text in TEXTS.items()}
    own = {name: text for name, text in changes.items() if name not in names}
    folder = write_original(parent, **own)
    for name, text in TEXTS.items():
        put(folder / name, changes.get(name.replace(".", "_"), text))
    return folder


def put(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    if "OF" in text:
        text = text.replace("OF", words_in(path.parent))
    path.write_text(text, encoding="utf-8")


def edited(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text
