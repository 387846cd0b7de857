"""Pages go on while the cache is away."""

from __future__ import annotations

import pytest

from portal.cache import SoftRedisCache


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
