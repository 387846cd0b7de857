"""Bring a notes file into a course: repair a wrong decoding, say so, and touch nothing else."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lessons.importer import DecodingError, Verdict, import_notes
from lessons.outline import outline


class Command(BaseCommand):
    help = (
        "Write FILE as lessons/notes/COURSE/notes.md, repairing UTF-8 that was read as Mac Roman."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--course", required=True, help="the folder in lessons/notes")
        parser.add_argument(
            "--decoding",
            choices=["utf-8", "mac-roman"],
            default="",
            help="your word where the characters do not decide: right as it is, or read as Mac "
            "Roman",
        )

    def handle(
        self, *args: object, file: Path, course: str, decoding: str, **options: object
    ) -> None:
        target = settings.NOTES_DIR / course / "notes.md"
        try:
            imported = import_notes(file.read_bytes(), decoding=decoding)
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
        self.write(target, imported.text)

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
