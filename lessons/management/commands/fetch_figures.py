"""Bring the author's screenshots here, and put them into the pages."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lessons.picture_files import PictureError
from lessons.pictures import addresses, fetch, hosts_of, key_of, names_of
from lessons.source import CourseSource, read_course
from lessons.sync import course_folders, plan_course
from lessons.toml_table import SourceError


class Command(BaseCommand):
    help = "Fetch the pictures that the notes link to; what is here already is not asked for again."

    def handle(self, *args: object, **options: object) -> None:
        try:
            sources = [read_course(folder) for folder in course_folders(settings.NOTES_DIR)]
        except SourceError as error:
            raise CommandError(str(error)) from error
        failed = sum(self.fetch_course(source) for source in sources)
        if failed:
            raise CommandError(f"{failed} not fetched; their pages go on showing a link.")

    def fetch_course(self, source: CourseSource) -> int:
        """How many could not be fetched."""
        wanted = list(dict.fromkeys(addresses(source)))
        missing = [one for one in wanted if key_of(one) not in names_of(source.slug)]
        failed = sum(not self.fetch_one(one, source.slug, hosts_of(wanted)) for one in missing)
        self.stdout.write(
            f"{source.slug}: {len(wanted)} pictures, {len(missing) - failed} fetched, "
            f"{len(wanted) - len(missing)} were here."
        )
        self.show(source)
        return failed

    def fetch_one(self, address: str, course: str, hosts: set[str]) -> bool:
        try:
            fetch(address, course=course, hosts=hosts)
        except PictureError as error:
            self.stderr.write(f"{address} {error}")
            return False
        return True

    def show(self, source: CourseSource) -> None:
        """New pictures make the pages stale; other changes that cost progress are left alone."""
        plan = plan_course(source)
        if plan.is_empty:
            return
        if plan.is_safe:
            plan.apply()
            self.stdout.write(f"{source.slug}: the pages show what is here.")
        else:
            self.stdout.write(f"{source.slug}: `manage.py sync_content` says what else changed.")
