"""What the doctor says."""

from __future__ import annotations

import smtplib
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from labs.grading.kinds import KINDS
from labs.models import State, Worker
from labs.sync import plan_labs
from lessons.models import Course
from portal.accounts.models import User
from portal.doctor import examine
from tests.labs.folders import write_folder
from tests.labs.kinds import words
from tests.rows import make_lab, make_submission


@pytest.fixture(autouse=True)
def _broker(monkeypatch, db):
    monkeypatch.setattr("portal.doctor.is_answering", lambda url: True)


@pytest.fixture(autouse=True)
def catalog(monkeypatch, tmp_path) -> Path:
    """The labs' files; the course has none here."""
    monkeypatch.setattr("portal.doctor.sources", lambda: [(plan_labs, tmp_path)])
    return tmp_path


def said() -> dict[str, str]:
    """Words → cure."""
    return {one.words: one.cure for one in examine()}


def cure_of(sentence: str) -> str:
    found = {text: cure for text, cure in said().items() if sentence in text}
    assert found, (sentence, said())
    return " ".join(found.values())


def test_a_portal_that_runs_is_well(course: Course, capsys):
    Worker.objects.create(name="portal@here")
    call_command("doctor")
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "All is well."
    assert {line[:4] for line in lines[:-1]} == {"ok  "}


def test_what_is_wrong_ends_with_an_error_for_scripts(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    out = capsys.readouterr().out
    assert "!!  There is no course.\n    Run `manage.py sync_content --apply`." in out
    assert "!!  No worker was ever seen" in out


def test_a_broker_that_is_away(monkeypatch):
    monkeypatch.setattr("portal.doctor.is_answering", lambda url: False)
    assert "Nothing is lost" in cure_of("The broker does not answer")


def test_missing_migrations_are_said_and_nothing_else_is_asked_of_the_database():
    MigrationRecorder.Migration.objects.filter(app="labs").delete()
    assert cure_of("Migrations that are missing") == "Run `manage.py migrate`."
    assert not any("worker" in words for words in said())


def test_a_worker_that_died_and_what_waits_for_it(lea: User, course: Course):
    ago = timezone.now() - timedelta(minutes=5)
    Worker.objects.create(name="portal@here", seen_at=ago)
    make_submission(lea, make_lab(course, "say-it"), created_at=ago)
    assert "Start the worker anew" in cure_of("A worker was seen 30")
    assert cure_of("The oldest answer waits for 30")


def test_answers_that_could_not_be_checked(lea: User, course: Course):
    lab = make_lab(course, "say-it")
    make_submission(lea, lab, state=State.FAULTED, fault="boom")
    make_submission(lea, lab, state=State.FAULTED, unreadable={"message": "?"})
    assert "queue them again" in cure_of("Answers that could not be checked: 1.")


def test_a_full_disk(monkeypatch):
    class Usage:
        free = 1000

    monkeypatch.setattr("portal.doctor.shutil.disk_usage", lambda path: Usage)
    assert cure_of("0.0 GB are free").startswith("Make room")


def test_a_mail_server_that_refuses(monkeypatch, settings):
    class Refusing:
        def __enter__(self):
            raise smtplib.SMTPAuthenticationError(535, b"who are you")

        def __exit__(self, *error: object) -> None: ...

    settings.SENDS_MAIL, settings.EMAIL_HOST = True, "mail.example"
    monkeypatch.setattr("portal.doctor.get_connection", Refusing)
    assert "EMAIL_PASSWORD" in cure_of("The mail server mail.example does not take mail")


def test_a_deployment_is_told_what_its_checks_say(settings):
    settings.DEPLOYED = True
    assert "Set REDIS_URL" in cure_of("The broker is a socket on this machine")


def test_a_lab_that_was_changed_and_not_synced(course: Course, catalog: Path, monkeypatch):
    monkeypatch.setitem(KINDS, "words", words)
    assert cure_of("Content is there: 1 course") == ""
    write_folder(catalog)
    assert "then add --apply" in cure_of("Content has changed since it was synced: 1 lines")


def test_a_lab_whose_files_are_wrong(course: Course, catalog: Path):
    write_folder(catalog, lab_toml="schema = 1\n")
    assert "Mend them" in cure_of("The content's files are wrong: say-it: ")


@pytest.mark.parametrize(("seconds", "said"), [(5, "5 seconds before"), (-7, "7 seconds behind")])
def test_a_clock_that_is_not_the_databases(monkeypatch, seconds: int, said: str):
    monkeypatch.setattr("portal.doctor.seconds_ahead_of_the_database", lambda: float(seconds))
    assert "same time server" in cure_of(f"This clock is {said} the database's.")


def test_a_clock_of_a_worker_that_lives_in_the_future(course: Course):
    Worker.objects.create(name="portal@there", seen_at=timezone.now() + timedelta(seconds=30))
    assert "same time server" in cure_of("A worker's clock is 30 seconds before this one.")


def test_clocks_that_agree():
    assert cure_of("The clocks agree.") == ""


def test_a_database_that_is_away(monkeypatch):
    def away(*_args: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("portal.doctor.MigrationExecutor", away)
    assert "mend DATABASE_URL" in cure_of("The database does not answer: connection refused")
    assert not any("worker" in words for words in said())


def test_a_mail_server_that_answers(monkeypatch, settings):
    settings.SENDS_MAIL, settings.EMAIL_HOST = True, "mail.example"
    monkeypatch.setattr("portal.doctor.get_connection", nullcontext)
    assert cure_of("The mail server mail.example answers.") == ""
