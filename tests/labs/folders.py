"""A lab's folder of the kind `words`, whole and right; tests change one thing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

LabFolder = Callable[..., Path]

LAB_TOML = """\
schema = 1
kind = "words"
course = "aws"
title = "Say it"
summary = "Say two words."
difficulty = 2
minutes = 15
sections = ["policy-structure"]
objectives = ["Speak."]

[spec]
wanted = ["allow", "<<verb>>"]

[[hints]]
text = "Say <<verb>>."

[wrong]
"silent.txt" = ["words.missing"]

[[variants]]
verb = "read"
[[variants]]
verb = "write"
"""
FILES = {
    "lab.toml": LAB_TOML,
    "brief.md": "Say allow and **<<verb>>**.",
    "explanation.md": "Because.",
    "starter.txt": "say",
    "solution.txt": "allow <<verb>>",
    "wrong/silent.txt": "allow",
    "right/turned.txt": "<<verb>> allow",
    "right/twice.txt": "allow <<verb>> allow",
    "right/with-more.txt": "please allow <<verb>>",
}


def write_folder(parent: Path, slug: str = "say-it", **changes: str | None) -> Path:
    """`brief_md="…"` and `wrong__silent.txt=None` change a file or leave it out."""
    folder = parent / slug
    for inner in ("wrong", "right"):
        (folder / inner).mkdir(parents=True, exist_ok=True)
    names = {key.replace("__", "/").replace("_", "."): text for key, text in changes.items()}
    for name, text in (FILES | names).items():
        if text is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_text(text)
    return folder


def with_line(old: str, new: str) -> str:
    assert old in LAB_TOML
    return LAB_TOML.replace(old, new)
