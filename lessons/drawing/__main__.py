"""`python -m lessons.drawing`: write every drawing into the course's figures/."""

from __future__ import annotations

from pathlib import Path

from lessons.drawing import files

FOLDER = Path(__file__).resolve().parent.parent / "notes" / "aws" / "figures"

for name, text in files():
    (FOLDER / name).write_text(text, encoding="utf-8")
