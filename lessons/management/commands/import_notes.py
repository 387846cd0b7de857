"""Bring notes into a course: repair a wrong decoding, say so, and touch nothing else. With --to,
any Markdown becomes a course of its own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lessons.first_course import FirstCourse, NotesFile, first_course, prepare
from lessons.importer import DecodingError, Verdict, import_notes
from lessons.models import Course
from lessons.outline import OutlineError, outline, slugify
from lessons.source import read_course

ENDINGS = {".md", ".markdown", ".mdown", ".txt"}
LONGEST_NAME = Course._meta.get_field("slug").max_length


class Command(BaseCommand):
    help = (
        "Make a course of any Markdown, files or folders (--to), or write one file as the notes of "
        "a course (--course), repairing UTF-8 that was read as Mac Roman."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("paths", type=Path, nargs="+", metavar="PATH")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--course", help="the folder in NOTES_DIR whose notes.md is written")
        where.add_argument("--to", type=Path, help="a new folder for notes.md and course.toml")
        parser.add_argument(
            "--decoding",
            choices=["utf-8", "mac-roman"],
            default="",
            help="your word where the characters do not decide: right as it is, or read as Mac "
            "Roman",
        )

    def handle(self, *args: object, paths: list[Path], **options: Any) -> None:
        self.decoding = options["decoding"]
        if options["to"]:
            self.make_course(paths, options["to"])
        elif len(paths) > 1:
            raise CommandError("--course takes one file; --to makes a course of several.")
        else:
            self.write(settings.NOTES_DIR / options["course"] / "notes.md", self.read(paths[0]))

    def read(self, file: Path) -> str:
        try:
            imported = import_notes(file.read_bytes(), decoding=self.decoding)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except DecodingError as error:
            raise CommandError(f"{file}, {error}") from error
        if imported.verdict is Verdict.DAMAGED:
            self.stdout.write(
                f"{file.name} is UTF-8 that was read as Mac Roman: {imported.repaired} characters "
                "repaired."
            )
        else:
            self.stdout.write(f"{file.name} is not damaged: taken as it is.")
        return imported.text

    def write(self, target: Path, text: str) -> None:
        data = text.encode("utf-8")
        if target.exists() and target.read_bytes() == data:
            self.stdout.write(f"{target} is the same already: nothing to do.")
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        lines, headings = text.count("\n"), len(outline(text))
        self.stdout.write(
            f"{target}: {len(text):,} characters, {lines:,} lines, {headings} headings."
        )

    # --- A course of its own ------------------------------------------------------------------

    def make_course(self, paths: list[Path], folder: Path) -> None:
        check_folder(folder)
        course = first_course([self.notes_file(file, within) for file, within in found(paths)])
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("notes.md", course.notes), ("course.toml", course.toml)):
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        read_course(folder)  # it is a course
        self.tell(course, folder)

    def notes_file(self, file: Path, within: Path) -> NotesFile:
        place = file.parent.relative_to(within.parent).as_posix() if within != file else ""
        notes = NotesFile(file.stem, self.read(file), folder=place)
        try:
            prepare(notes)
        except OutlineError as error:
            raise CommandError(f"{file}, {error}; mend it and import again.") from error
        return notes

    def tell(self, course: FirstCourse, folder: Path) -> None:
        headings = sum(len(lesson.sections) for lesson in course.lessons)
        self.stdout.write(
            f"{folder}: “{course.title}”, {len(course.modules)} modules, {len(course.lessons)} "
            f"lessons, {headings} headings, each in exactly one lesson."
        )
        if course.pictures:
            names = ", ".join(course.pictures[:5])
            self.stdout.write(
                f"{len(course.pictures)} pictures lie beside the notes and are not brought along "
                f"(pages show their words): {names}"
            )
        self.stdout.write("Next: arrange course.toml, then")
        if folder.resolve().parent == Path(settings.NOTES_DIR):
            self.stdout.write(f"  manage.py check_notes {folder.name}")
        else:
            self.stdout.write(f"  move the folder into {settings.NOTES_DIR}")
        self.stdout.write("  manage.py sync_content           what it would change")
        self.stdout.write("  manage.py sync_content --apply   or /authoring/ in the browser")


def check_folder(folder: Path) -> None:
    """Nothing is ever written over."""
    name = folder.resolve().name
    if name != slugify(name) or len(name) > (LONGEST_NAME or 0):
        raise CommandError(
            f"{folder}: the folder’s name is the address of the course: call it "
            f"{slugify(name)[:LONGEST_NAME] or 'my-course'!r}."
        )
    for there in ("notes.md", "course.toml"):
        if (folder / there).exists():
            raise CommandError(f"{folder / there} is there already; nothing was written.")


def found(paths: list[Path]) -> list[tuple[Path, Path]]:
    """Each file, and the path that it was found by."""
    files = [(file, path) for path in paths for file in files_in(path)]
    if not files:
        raise CommandError(f"No Markdown there: looked for {', '.join(sorted(ENDINGS))}.")
    return files


def files_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = (one for one in sorted(path.rglob("*")) if one.suffix.lower() in ENDINGS)
    return [one for one in inside if one.is_file() and not hidden(one.relative_to(path))]


def hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
