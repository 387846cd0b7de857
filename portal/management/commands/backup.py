"""`manage.py backup FILE`: database and media in one file, while everything runs."""

from __future__ import annotations

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.backups import BackupError, write_backup


class Command(BaseCommand):
    help = "Write database and media to one new file, such as portal-2026-11-26.tar.gz."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="- is the standard output")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            if str(file) == "-":
                self.pour_out()
                return
            write_backup(file.resolve())
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = file.stat().st_size
        self.stdout.write(f"{file}: {size:,} bytes. Keep it where this machine cannot lose it.")

    def pour_out(self) -> None:
        """Whole before the first byte leaves: half a backup would look like one."""
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.DATA_DIR) as work:
            whole = Path(work) / "portal.tar.gz"
            write_backup(whole)
            with whole.open("rb") as content:
                shutil.copyfileobj(content, sys.stdout.buffer)
