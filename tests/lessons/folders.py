"""Course folders written as one would tell them."""

from __future__ import annotations

from pathlib import Path

from lessons.sync import plan_courses

NOTES = """# Storage
## **Buckets** 🪣
A bucket holds objects. Its name is known to the whole world.
## Policies
A policy says who may do what. It is a JSON document with statements.
# Network
## Inbound rules
What may come in, by protocol, port and source address.
## Outbound rules
What may go out. Everything may, until you say otherwise.
"""

COURSE = """
schema = 1
title = "Small"
summary = "A small course."

[[modules]]
slug = "storing"
title = "Storing"

[[modules.lessons]]
slug = "buckets"
title = "Buckets and policies"
sections = ["storage", "buckets", "policies"]

[[modules]]
slug = "connecting"
title = "Connecting"

[[modules.lessons]]
slug = "rules"
title = "Rules"
sections = ["network", "inbound-rules", "outbound-rules"]
"""


def write_course(
    notes_dir: Path, *, notes: str = NOTES, course: str = COURSE, slug: str = "small", **files: str
) -> Path:
    """`files` are further ones; `annotations` becomes annotations.toml."""
    folder = notes_dir / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "notes.md").write_text(notes, encoding="utf-8")
    (folder / "course.toml").write_text(course, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def edited(text: str, *changes: tuple[str, str]) -> str:
    """`text` with each (old, new) replaced; an old part that is not there is a mistake in the
    test."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def rename_and_move_policies(notes_dir: Path) -> None:
    """The heading is another one, at the end of the other lesson."""
    write_course(
        notes_dir,
        notes=edited(NOTES, ("## Policies", "## Who may do what")),
        course=edited(
            COURSE,
            (', "policies"', ""),
            ('"outbound-rules"', '"outbound-rules", "who-may-do-what"'),
        ),
    )
    apply(notes_dir)


def apply(notes_dir: Path) -> None:
    for plan in plan_courses(notes_dir):
        plan.apply()
