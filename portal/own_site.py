"""Where this portal is, by what it was told and not by what a request says: a `Host` may have any
port, and a dot at its end."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings


def own_site() -> str:
    """Without a slash at its end. Of the trusted origins, one is also ours: it knows the port."""
    hosts = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if "*" not in host]
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if urlsplit(origin).hostname in hosts:
            return str(origin).rstrip("/")
    if not settings.DEPLOYED:
        return f"http://localhost:{settings.PORT}"
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{hosts[0]}" if hosts else f"{scheme}://localhost"
