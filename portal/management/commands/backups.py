"""`manage.py backups`: one file now, in BACKUP_DIR; `--forever` one each BACKUP_HOURS."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from portal.backup_schedule import hours_until_the_next, kept, make_one
from portal.backups import BackupError

NEXT_TRY = 600  # seconds


class Command(BaseCommand):
    help = "Back up into BACKUP_DIR, and keep the newest BACKUPS_KEPT files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--forever", action="store_true", help="one each BACKUP_HOURS, no end")
        how.add_argument("--list", action="store_true", help="which there are, the newest first")

    def handle(self, *args: Any, **options: Any) -> None:
        while options["forever"]:
            time.sleep(hours_until_the_next() * 3600)
            if not self.back_up():
                time.sleep(NEXT_TRY)
        if options["list"]:
            self.tell()
        elif not self.back_up():
            raise CommandError("No backup was made.")

    def tell(self) -> None:
        for file in kept():
            self.stdout.write(f"{file}  {file.stat().st_size:,} bytes")

    def back_up(self) -> bool:
        """What fails is said and tried again: the database may only be away for a moment."""
        try:
            self.stdout.write(f"{make_one()} is written.")
        except (BackupError, OSError) as error:
            self.stderr.write(f"No backup was made: {error}")
            return False
        finally:
            connections.close_all()
        return True
