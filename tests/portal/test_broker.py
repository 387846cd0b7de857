"""Where the broker is, and how an embedded one is started."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.broker import (
    celery_url,
    check_redis_url,
    embedded_socket,
    is_answering,
    server_binary,
    server_command,
)


def test_the_socket_lies_in_the_data_folder():
    assert embedded_socket(Path("/srv/portal/var")) == Path("/srv/portal/var/valkey/b.sock")


def test_a_deep_data_folder_gets_a_short_socket_of_its_own():
    deep, deeper = Path("/" + "deep/" * 30), Path("/" + "deep/" * 31)
    assert len(str(embedded_socket(deep))) < 100
    assert embedded_socket(deep) == embedded_socket(deep) != embedded_socket(deeper)


def test_celery_has_its_own_spelling_of_a_socket():
    assert celery_url("unix:///srv/b.sock") == "redis+socket:///srv/b.sock"
    assert celery_url("redis://redis:6379/0") == "redis://redis:6379/0"


def test_a_url_of_another_broker_is_refused():
    with pytest.raises(ImproperlyConfigured, match="must start with redis://"):
        check_redis_url("amqp://localhost")


def test_nobody_answers_on_a_socket_that_is_not_there(tmp_path):
    assert is_answering(f"unix://{tmp_path}/b.sock") is False


def test_the_embedded_server_is_private_and_keeps_its_data(tmp_path):
    command = server_command("valkey-server", tmp_path / "b.sock")
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert (options["--port"], options["--unixsocketperm"], options["--appendonly"]) == (
        "0",
        "700",
        "yes",
    )


def test_a_server_binary_came_with_the_packages():
    assert Path(server_binary()).exists()
