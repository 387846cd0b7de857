"""`manage.py backup FILE`: database and media in one file, while everything runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.backups import BackupError, write_backup


class Command(BaseCommand):
    help = "Write database and media to one new file, such as portal-2026-11-26.tar.gz."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            write_backup(file.resolve())
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = file.stat().st_size
        self.stdout.write(f"{file}: {size:,} bytes. Keep it where this machine cannot lose it.")
