"""`manage.py restore FILE`: what `backup` wrote, put back."""

from __future__ import annotations

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.backups import BackupError, read_backup


class Command(BaseCommand):
    help = "Put back database and media from a file that `manage.py backup` wrote."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="- is the standard input")
        parser.add_argument(
            "--replace", action="store_true", help="what is in the database now is lost"
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        read = read_standard_input if str(file) == "-" else read_backup
        try:
            found = read(file.resolve(), replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored what was there on {found['made_at']}. Now run `manage.py migrate`, and "
            "start web and worker."
        )


def read_standard_input(_file: Path, *, replace: bool) -> Mapping[str, Any]:
    """A container need not see the file, nor may its user read it."""
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.DATA_DIR) as work:
        whole = Path(work) / "portal.tar.gz"
        with whole.open("wb") as content:
            shutil.copyfileobj(sys.stdin.buffer, content)
        return read_backup(whole, replace=replace)
