"""A cache that may be away: a page must not fail because the cache does."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

from labs.circuit_breaker import CircuitBreaker

# A Redis that hangs would cost every page a time-out for each of its questions.
breaker = CircuitBreaker("cache")
AWAY: Any = object()  # what `get` answers inside while Redis cannot be reached


def soft(name: str, when_away: Callable[[], Any]) -> Callable[..., Any]:
    """The method `name` of RedisCache, answering `when_away()` while Redis cannot be reached."""
    method = getattr(RedisCache, name)

    @functools.wraps(method)
    def call(self: RedisCache, *args: object, **kwargs: object) -> object:
        if breaker.is_open:
            return when_away()
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            breaker.trip(error)
            return when_away()

    return call


def nothing() -> None:
    return None


class OneClient(RedisCacheClient):
    """Django makes a client of redis-py for each question, which takes longer than to ask it. One
    client serves all threads: its connections are in the pool."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.clients: dict[bool, Any] = {}  # one that reads, one that writes

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self.clients:
            self.clients[write] = super().get_client(key, write=write)
        return self.clients[write]


class SoftRedisCache(RedisCache):
    """Rate limits and cached fragments live here, nothing that must survive."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient

    _get = soft("get", lambda: AWAY)
    add = soft("add", lambda: True)
    set = soft("set", nothing)
    touch = soft("touch", lambda: False)
    delete = soft("delete", lambda: False)
    get_many = soft("get_many", dict)
    has_key = soft("has_key", lambda: False)
    incr = soft("incr", lambda: 1)
    set_many = soft("set_many", list)
    delete_many = soft("delete_many", nothing)

    def get(self, key: object, default: Any = None, version: int | None = None) -> object:
        """`default` also while Redis is away, however it was passed."""
        value = self._get(key, default, version)
        return default if value is AWAY else value
