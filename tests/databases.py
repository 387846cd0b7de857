"""A PostgreSQL server that is there already, and databases of one's own on it."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator

import psycopg
import pytest

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
EMPTY = "template1"


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def connected(server_url: str = POSTGRES) -> psycopg.Connection:
    try:
        return psycopg.connect(server_url, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        missing(f"no PostgreSQL at {server_url}: {error}")
        raise


def address_of(name: str, server_url: str = POSTGRES) -> str:
    return f"{server_url.rsplit('/', 1)[0]}/{name}"


@contextlib.contextmanager
def own_database(server_url: str = POSTGRES, *, like: str = EMPTY) -> Iterator[str]:
    """A database of its own on the server, a copy of another one, dropped afterwards."""
    name = f"portal_{secrets.token_hex(4)}"
    with connected(server_url) as server:
        server.execute(f'create database "{name}" template "{like}"')
        try:
            yield address_of(name, server_url)
        finally:
            server.execute(f'drop database "{name}" with (force)')
