"""A cache that may be away: a page must not fail because the cache does."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def soft(name: str, when_away: Any) -> Callable[..., Any]:
    """The method `name` of RedisCache, answering `when_away` while Redis cannot be reached."""
    method = getattr(RedisCache, name)

    @functools.wraps(method)
    def call(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("cache is away: %s", error)
            return kwargs.get("default", when_away)

    return call


class SoftRedisCache(RedisCache):
    """Rate limits and cached fragments live here, nothing that must survive."""

    add = soft("add", True)
    get = soft("get", None)
    set = soft("set", None)
    touch = soft("touch", False)
    delete = soft("delete", False)
    get_many = soft("get_many", {})
    has_key = soft("has_key", False)
    incr = soft("incr", 1)
    set_many = soft("set_many", [])
    delete_many = soft("delete_many", None)
