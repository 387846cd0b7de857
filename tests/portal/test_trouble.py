from __future__ import annotations

import secrets

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError

from portal.accounts.models import User
from portal.accounts.sessions import SessionStore
from portal.trouble import is_full
from tests import disk
from tests.rows import signed_in


@pytest.mark.django_db(transaction=True)
def test_a_session_that_cannot_be_saved_is_our_fault_and_not_an_ended_one(lea: User) -> None:
    key = signed_in(lea).session.session_key
    session = SessionStore(key)
    session["text"] = secrets.token_hex(50_000)
    disk.fill()
    try:
        with pytest.raises(OperationalError) as raised:
            session.save()
    finally:
        disk.free()
    assert is_full(raised.value)


def test_a_session_that_was_ended_meanwhile_is_still_an_ended_one(lea: User) -> None:
    session = SessionStore(signed_in(lea).session.session_key)
    session["a"] = 1
    SessionStore(session.session_key).delete()
    with pytest.raises(UpdateError):
        session.save()


def test_a_locked_database_is_not_full() -> None:
    assert not is_full(OperationalError("database is locked"))
