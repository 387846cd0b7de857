"""A small course with questions, as files."""

from __future__ import annotations

from pathlib import Path

COURSE = """
schema = 1
title = "Storage"
[[modules]]
slug = "all"
title = "All"
[[modules.lessons]]
slug = "buckets"
title = "Buckets"
sections = ["what-it-is", "names"]
[[modules.lessons]]
slug = "objects"
title = "Objects"
sections = ["keys"]
"""
NOTES = "# What it is\n\nA box.\n\n# Names\n\nOne in the world.\n\n# Keys\n\nA path.\n"


def question(slug: str, section: str, level: int = 2, right: str = "a < b `c`") -> str:
    return f"""
[[questions]]
section = "{section}"
slug = "{slug}"
kind = "single"
level = {level}
values = {{ n = [2, 3] }}
text = "How many of <<n>> in `<<n>>.txt` are **right**?"
options = [
    {{ text = "{right}", reason = "It is <<n>>.", right = true }},
    {{ text = "none", reason = "There are <<n>>." }},
    {{ text = "all", reason = "Too many." }},
]
"""


def write_storage(notes: Path) -> Path:
    folder = notes / "storage"
    (folder / "questions").mkdir(parents=True)
    (folder / "course.toml").write_text(COURSE)
    (folder / "notes.md").write_text(NOTES)
    write(notes, "buckets", question("one", "what-it-is"), question("two", "names"))
    return notes


def write(notes: Path, lesson: str, *questions: str) -> None:
    (notes / "storage" / "questions" / f"{lesson}.toml").write_text("".join(questions))
