"""What is wrong with this portal, in sentences, and what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from labs.grading.errors import SpecError
from labs.heartbeat import (
    faulted_answers,
    seconds_of_the_oldest_answer,
    seconds_since_a_worker,
)
from lessons.models import Course
from lessons.toml_table import SourceError
from portal.accounts.factors import unreadable_secrets
from portal.backup_schedule import hours_since_the_last
from portal.broker import is_answering
from portal.letters.models import Letter
from portal.management.commands.sync_content import sources
from portal.operations.clocks import seconds_ahead_of_the_database, seconds_of_a_worker_ahead

LEAST_FREE = 1_000_000_000  # bytes
PATIENCE = 60  # seconds
MOST_SKEW = 2  # seconds between two clocks


@dataclass(frozen=True, slots=True)
class Finding:
    """`cure` is empty where all is well."""

    words: str
    cure: str = ""


def examine() -> Iterator[Finding]:
    """The database first: without it nothing else can be asked."""
    database = look_at_database()
    yield database
    yield look_at_broker()
    yield look_at_disk()
    yield look_at_mail()
    yield look_at_backups()
    yield from look_at_deployment()
    if not database.cure:
        yield from (look() for look in ROWS)


def look_at_database() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        return Finding(f"The database does not answer: {error}", "Start it, or mend DATABASE_URL.")
    if missing:
        return Finding(f"Migrations that are missing: {missing}.", "Run `manage.py migrate`.")
    return Finding(f"The database ({connection.vendor}) answers, and all migrations are there.")


def look_at_broker() -> Finding:
    if is_answering(settings.REDIS_URL):
        return Finding("The broker answers.")
    return Finding(
        "The broker does not answer. Answers are taken in and wait.",
        "Start Redis, or mend REDIS_URL. Nothing is lost: the sweeper sends what waits.",
    )


def look_at_disk() -> Finding:
    free = shutil.disk_usage(settings.DATA_DIR).free
    words = f"{free / 1e9:.1f} GB are free in {settings.DATA_DIR}."
    return Finding(words, "Make room: below 1 GB a database may stop." if free < LEAST_FREE else "")


def look_at_mail() -> Finding:
    if not settings.SENDS_MAIL:
        return Finding("No mail is sent, as EMAIL_HOST says.")
    try:
        with get_connection():
            return Finding(f"The mail server {settings.EMAIL_HOST} answers.")
    except (SMTPException, OSError) as error:
        return Finding(
            f"The mail server {settings.EMAIL_HOST} does not take mail: {error}",
            "Look at EMAIL_HOST, EMAIL_PORT, EMAIL_USER, EMAIL_PASSWORD and EMAIL_TLS.",
        )


def look_at_backups() -> Finding:
    if not settings.BACKUP_DIR:
        return Finding("Backups are made elsewhere, or not at all: BACKUP_DIR is empty.")
    hours = hours_since_the_last()
    if hours is None:
        return Finding(
            f"There is no backup in {settings.BACKUP_DIR}.",
            "Run `manage.py backups`, and keep `manage.py backups --forever` running.",
        )
    words = f"The last backup is {hours:.0f} hours old."
    late = hours > 2 * settings.BACKUP_HOURS
    return Finding(words, "Look at the log of `manage.py backups --forever`." if late else "")


def look_at_deployment() -> Iterator[Finding]:
    """What Django and our own checks say; on a laptop most of it is as it should be."""
    if settings.DEPLOYED:
        for message in checks.run_checks(include_deployment_checks=True):
            yield Finding(message.msg, message.hint or f"See {message.id}.")


def look_at_content() -> Finding:
    courses = Course.objects.live().count()
    if not courses:
        return Finding("There is no course.", "Run `manage.py sync_content --apply`.")
    try:
        changes = sum(len(plan.lines()) for plan_all, path in sources() for plan in plan_all(path))
    except (SourceError, SpecError) as error:
        return Finding(f"The content's files are wrong: {error}", "Mend them: they say where.")
    if changes:
        return Finding(
            f"Content has changed since it was synced: {changes} lines of a plan.",
            "Read the plan of `manage.py sync_content`, then add --apply.",
        )
    return Finding(f"Content is there: {courses} {'course' if courses == 1 else 'courses'}.")


def look_at_clocks() -> Finding:
    cure = "Let both machines ask the same time server (chrony, systemd-timesyncd)."
    ahead, of_a_worker = seconds_ahead_of_the_database(), seconds_of_a_worker_ahead()
    if abs(ahead) > MOST_SKEW:
        way = "before" if ahead > 0 else "behind"
        return Finding(f"This clock is {abs(ahead):.0f} seconds {way} the database's.", cure)
    if of_a_worker > MOST_SKEW:
        return Finding(f"A worker's clock is {of_a_worker:.0f} seconds before this one.", cure)
    return Finding("The clocks agree.")


def look_at_worker() -> Finding:
    seconds = seconds_since_a_worker()
    if seconds is None:
        return Finding("No worker was ever seen: answers wait.", "Start the worker.")
    words = f"A worker was seen {seconds} seconds ago."
    return Finding(words, "Start the worker anew: answers wait." if seconds > PATIENCE else "")


def look_at_waiting() -> Finding:
    seconds = seconds_of_the_oldest_answer()
    if seconds is None:
        return Finding("No answer waits.")
    words = f"The oldest answer waits for {seconds} seconds."
    return Finding(words, "Look at the worker's log; more workers?" if seconds > PATIENCE else "")


def look_at_faults() -> Finding:
    faulted = faulted_answers()
    if not faulted:
        return Finding("Every answer that came in was checked.")
    return Finding(
        f"Answers that could not be checked: {faulted}. Nobody lost an attempt.",
        "Read why in /admin/ (Submissions, state faulted), and queue them again there.",
    )


def look_at_letters() -> Finding:
    lost = Letter.objects.given_up().count()
    if not lost:
        return Finding("No mail was given up.")
    return Finding(
        f"Mails that could not be sent: {lost}.",
        "Mend the mail server, then `manage.py send_letters` tries them again.",
    )


def look_at_second_factors() -> Finding:
    lost = unreadable_secrets()
    if not lost:
        return Finding("Every second factor can be read.")
    return Finding(
        f"Second factors that cannot be read: {lost}. They were made with another SECRET_KEY.",
        "Put that one into SECRET_KEY_FALLBACKS, or `manage.py reset_second_factor ADDRESS`.",
    )


ROWS: list[Callable[[], Finding]] = [
    look_at_content,
    look_at_worker,
    look_at_waiting,
    look_at_faults,
    look_at_letters,
    look_at_clocks,
    look_at_second_factors,
]
