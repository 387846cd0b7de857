"""Where the broker is: REDIS_URL, or the embedded server that `manage.py run` keeps on a private socket."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes on Linux, 103 on macOS


def embedded_socket(data_dir: Path) -> Path:
    """The embedded server's socket: in the data folder, or, where that path is too long, in a private temporary one."""
    path = data_dir / "valkey" / "b.sock"
    if len(str(path).encode()) < LONGEST_SOCKET_PATH:
        return path
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"portal-{digest}" / "b.sock"


def check_redis_url(url: str) -> str:
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"REDIS_URL={url!r} must start with redis://, rediss:// or unix://.")
    return url


def celery_url(redis_url: str) -> str:
    """Celery spells a Unix socket in its own way."""
    return redis_url.replace("unix://", "redis+socket://", 1)
