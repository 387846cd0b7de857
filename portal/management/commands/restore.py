"""`manage.py restore FILE`: what `backup` wrote, put back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.backups import BackupError, read_backup


class Command(BaseCommand):
    help = "Put back database and media from a file that `manage.py backup` wrote."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="what is in the database now is lost"
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            found = read_backup(file.resolve(), replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored what was there on {found['made_at']}. Now run `manage.py migrate`, and "
            "start web and worker."
        )
