"""A wrong value in the environment stops the start with a sentence that names it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.env import env_bool, env_hidden, env_int, env_list, env_secret

DEPLOYMENT = {
    "ALLOWED_HOSTS": "portal.example.org",
    "SECRET_KEY": "k3y-" + "aB3$" * 15,
    "EMAIL_HOST": "mail.example.org",
    "EMAIL_FROM": "portal@example.org",
    "BEHIND_PROXY": "1",
}


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("False", False)]
)
def test_yes_and_no_have_several_spellings(monkeypatch, text, value):
    monkeypatch.setenv("SWITCH", text)
    assert env_bool("SWITCH", not value) is value


def test_an_empty_value_means_the_default(monkeypatch):
    monkeypatch.setenv("SWITCH", " ")
    assert (env_bool("SWITCH", True), env_int("SWITCH", 7), env_list("SWITCH")) == (True, 7, [])


def test_a_word_that_is_neither_yes_nor_no_is_refused(monkeypatch):
    monkeypatch.setenv("SWITCH", "maybe")
    with pytest.raises(ImproperlyConfigured, match="SWITCH='maybe' is neither yes nor no"):
        env_bool("SWITCH", True)


@pytest.mark.parametrize("text", ["ten", "-1", "1.5", "١٢"])
def test_what_is_no_whole_number_is_refused(monkeypatch, text):
    monkeypatch.setenv("COUNT", text)
    with pytest.raises(ImproperlyConfigured, match="is not a whole number"):
        env_int("COUNT", 1)


def test_a_list_is_split_at_commas(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.example, b.example,,")
    assert env_list("HOSTS") == ["a.example", "b.example"]


def test_a_short_secret_is_refused_with_a_way_to_make_one(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="token_urlsafe"):
        env_secret("SECRET_KEY", at_least=50)


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text(" s3cret $\n")
    monkeypatch.setenv("SECRET_FILE", str(tmp_path / "secret"))
    assert env_hidden("SECRET") == " s3cret $"
    monkeypatch.setenv("SECRET", "another")
    with pytest.raises(ImproperlyConfigured, match="SECRET and SECRET_FILE are both set"):
        env_hidden("SECRET")


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DJANGO_SETTINGS_MODULE", *DEPLOYMENT}
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"ALLOWED_HOSTS": "portal.example.org"},
            "SECRET_KEY must be set to at least 50 random characters",
        ),
        ({"DATABASE_URL": "mongodb://x/y"}, "DATABASE_URL cannot be read"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL='localhost:6379' must start with redis://"),
        (
            {"EMAIL_VERIFICATION": "later"},
            "EMAIL_VERIFICATION='later': use none, optional, mandatory",
        ),
        ({"REDIS_URL": "redis://redis:port/0"}, "REDIS_URL='redis://redis:port/0' cannot be read"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL='loud': use DEBUG, INFO"),
        ({"TIME_ZONE": "Mars/Base"}, "TIME_ZONE='Mars/Base': use a name such as Europe/Berlin"),
        ({"CHECK_TRIES": "0"}, "CHECK_TRIES=0 is too small: use 1 or more"),
        ({"DATA_DIR": "/dev/null/var"}, "DATA_DIR=/dev/null/var cannot be made (Not a directory)"),
        (
            {"CSRF_TRUSTED_ORIGINS": "portal.example.org"},
            "no origin: write https://portal.example.org",
        ),
        (DEPLOYMENT | {"ALLOWED_HOSTS": "https://portal.example.org/"}, "is no host name"),
        (DEPLOYMENT | {"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS='*' is no host name"),
        ({"METRICS_ADDRESS": "9100"}, "METRICS_ADDRESS='9100' is no address: write 127.0.0.1:9100"),
        ({"METRICS_ADDRESS": "localhost:0"}, "is no address: write 127.0.0.1:9100"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT='xml': use json, line"),
        ({"EMAIL_PASSWORD_FILE": "/nowhere"}, "EMAIL_PASSWORD_FILE=/nowhere cannot be read"),
        (DEPLOYMENT | {"DEBUG": "1"}, "DEBUG=1 shows secrets to visitors"),
        (DEPLOYMENT | {"EMAIL_HOST": ""}, "EMAIL_HOST must name the mail server"),
        (
            DEPLOYMENT | {"EMAIL_HOST": "none", "EMAIL_VERIFICATION": "mandatory"},
            "EMAIL_VERIFICATION='mandatory': use none",
        ),
    ],
)
def test_a_wrong_value_fails_at_start_with_a_sentence(environment, sentence, tmp_path):
    answer = manage("check", **{"DATA_DIR": str(tmp_path)} | environment)
    assert (answer.returncode, sentence in answer.stderr) == (1, True), answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_deployment_has_nothing_to_complain_about(tmp_path):
    answer = manage(
        "check", "--deploy", "--fail-level", "WARNING",
        DATA_DIR=str(tmp_path), DATABASE_URL="postgres://u:p@db/portal",
        REDIS_URL="redis://redis:6379/0", **DEPLOYMENT,
    )  # fmt: skip
    assert (answer.returncode, answer.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    ), answer.stderr


def test_each_data_folder_gets_a_secret_of_its_own_that_nobody_else_reads(tmp_path):
    keys = []
    for folder in ("one", "two", "one"):
        manage("check", DATA_DIR=str(tmp_path / folder))
        keys.append((tmp_path / folder / "secret_key").read_text())
    assert keys[0] == keys[2] != keys[1]
    assert (tmp_path / "one" / "secret_key").stat().st_mode & 0o777 == 0o600


POOLED = "postgres://u@pgbouncer/portal"


def tell(expression: str, **environment: str) -> str:
    words = f"from django.conf import settings; print({expression})"
    return manage("shell", "--verbosity=0", "--command", words, **environment).stdout.strip()


def test_behind_a_pooler_nothing_outlives_a_transaction(tmp_path):
    """No connection, no cursor and no prepared statement."""
    names = "('CONN_MAX_AGE', 'DISABLE_SERVER_SIDE_CURSORS', 'OPTIONS')"
    told = f"[settings.DATABASES['default'][name] for name in {names}]"
    given = {"DATA_DIR": str(tmp_path), "DATABASE_URL": POOLED}
    assert tell(told, **given) == "[60, False, {'prepare_threshold': 5}]"
    assert tell(told, **given, DATABASE_POOLED="1") == "[0, True, {}]"


def test_what_the_key_before_signed_stays_good_while_it_is_a_fallback(tmp_path):
    given = {"DATA_DIR": str(tmp_path)}
    old, new = "old-" + "aB3$" * 15, "new-" + "cD5!" * 15
    signed = tell(
        "__import__('django.core.signing').core.signing.dumps(7)", **given, SECRET_KEY=old
    )
    read = f"__import__('django.core.signing').core.signing.loads({signed!r})"
    assert tell(read, **given, SECRET_KEY=new) == ""
    assert tell(read, **given, SECRET_KEY=new, SECRET_KEY_FALLBACKS=old) == "7"
