"""Pages go on while the cache is away."""

from __future__ import annotations

import socket

import pytest

from portal.cache import SoftRedisCache, breaker
from portal.settings import no_retry


@pytest.fixture(autouse=True)
def _breaker():
    breaker.reset()
    yield
    breaker.reset()


@pytest.fixture
def cache_without_server(tmp_path):
    return SoftRedisCache(f"unix://{tmp_path}/nobody.sock", {})


def test_a_missing_cache_answers_as_an_empty_one(cache_without_server):
    assert cache_without_server.get("key") is None
    assert cache_without_server.get("key", default="fallback") == "fallback"
    assert cache_without_server.get("key", []) == []
    assert cache_without_server.get_many(["a", "b"]) == {}


def test_writing_to_a_missing_cache_is_no_error(cache_without_server):
    cache_without_server.set("key", 1)
    cache_without_server.set_many({"key": 1})
    assert cache_without_server.add("key", 1) is True
    assert cache_without_server.delete("key") is False


def test_a_cache_that_hangs_is_asked_once_and_then_left_alone():
    """Frozen and not dead: connections are taken, and nothing is ever answered."""
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        address = f"redis://127.0.0.1:{frozen.getsockname()[1]}/0"
        options = {"socket_timeout": 0.05, "socket_connect_timeout": 0.05, "retry": no_retry}
        cache = SoftRedisCache(address, {"OPTIONS": options})
        assert [cache.get(f"key-{number}") for number in range(50)] == [None] * 50
        frozen.setblocking(False)
        frozen.accept()[0].close()
        with pytest.raises(BlockingIOError):
            frozen.accept()
